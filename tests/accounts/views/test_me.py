"""What is mine alone."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts import audit
from accounts.actions.tokens import make_token
from accounts.actor import Actor
from accounts.models import ApiToken, AuditEvent, User
from accounts.models.audit_event import Act
from accounts.personal_data import kinds
from accounts.queries.tokens import actor_with
from tests.accounts.conftest import SignIn
from tests.factories.accounts import PASSWORD, UserFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Actor:
    return actor(user=UserFactory(email="me@example.org", name="Robin Me"))


def test_who_looked_tells_who_what_and_how(
    me: Actor, administrator: Actor, sign_in: SignIn
) -> None:
    audit.record(by=administrator, act=Act.GRANTED_ROLE, subject=me.subject_id, why="moved")
    page = sign_in(me).get(reverse("who-looked")).content.decode()
    for words in (str(administrator.user), "Hub administrator", "Granted a role", "on a page"):
        assert words in page


def test_who_looked_is_about_me_alone(me: Actor, administrator: Actor, sign_in: SignIn) -> None:
    audit.record(by=administrator, act=Act.GRANTED_ROLE, subject=UserFactory().subject_id)
    assert "Nobody but you" in sign_in(me).get(reverse("who-looked")).content.decode()


def test_what_i_did_is_mine_to_see_with_plans(me: Actor, sign_in: SignIn) -> None:
    audit.record(by=me, act=Act.SAVED_PLAN, subject=me.subject_id)
    browser, url = sign_in(me), reverse("who-looked")
    assert "Saved a plan" in browser.get(url, {"show": "acts"}).content.decode()
    assert "Saved a plan" not in browser.get(url).content.decode()


def test_nothing_done_says_so(me: Actor, sign_in: SignIn) -> None:
    page = sign_in(me).get(reverse("who-looked"), {"show": "acts"})
    assert "You have done nothing" in page.content.decode()


def test_my_data_lists_every_kind_with_its_time(me: Actor, sign_in: SignIn) -> None:
    page = sign_in(me).get(reverse("my-data"))
    assert page.context["kinds"] == kinds()
    assert "Until you erase it." in page.content.decode()


def test_download_is_a_file_of_mine_that_no_cache_keeps(me: Actor, sign_in: SignIn) -> None:
    response = sign_in(me).post(reverse("my-data-download"))
    assert 'filename="my-data.json"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    held = json.loads(response.content)["data"]
    assert held[0]["held"]["name"] == "Robin Me"
    assert len(held) == len(kinds())


@pytest.fixture
def sure(me: Actor, sign_in: SignIn) -> Client:
    """Return a browser whose user has just given the password again."""
    browser = sign_in(me)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


class TestErasure:
    """Asks for the password again, then for a word."""

    def test_asks_who_signed_in_long_ago_for_the_password(self, me: Actor, sign_in: SignIn) -> None:
        for answer in (sign_in(me).get("/me/data/erase/"), sign_in(me).post("/me/data/erase/")):
            assert "reauthenticate" in answer["Location"]
        assert User.objects.filter(email="me@example.org").exists()

    @pytest.mark.parametrize("word", ["", "erase", "ERASE!", "yes"])
    def test_another_word_erases_nothing(self, sure: Client, word: str) -> None:
        page = sure.post(reverse("erase"), {"word": word})
        assert "There is a problem" in page.content.decode()
        assert User.objects.filter(email="me@example.org").exists()

    def test_erases_signs_out_and_leaves_a_row_that_leads_nowhere(
        self, me: Actor, sure: Client
    ) -> None:
        assert "cannot be undone" in sure.get(reverse("erase")).content.decode()
        response = sure.post(reverse("erase"), {"word": " ERASE "}, follow=True)
        assert "Your data is erased" in response.content.decode()
        assert "_auth_user_id" not in sure.session
        assert not User.objects.filter(email="me@example.org").exists()
        assert AuditEvent.objects.get(act=Act.ERASED).actor == me.subject_id

    def test_other_browsers_are_out_too(self, me: Actor, sure: Client, sign_in: SignIn) -> None:
        other = sign_in(me)
        assert other.get(reverse("my-data")).status_code == 200
        sure.post(reverse("erase"), {"word": "ERASE"})
        assert other.get(reverse("my-data")).status_code == 302


def test_new_token_is_shown_once_and_works(me: Actor, sure: Client) -> None:
    browser, url = sure, reverse("tokens")
    response = browser.post(url, {"name": "Roster", "days": "30"})
    (token,) = response.context["made"]
    assert token in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    found = actor_with(token)
    assert found is not None
    assert found.user == me.user
    page = browser.get(url).content.decode()
    assert token not in page
    assert "Roster" in page


def test_a_screen_left_open_makes_no_token(me: Actor, sign_in: SignIn) -> None:
    browser, url = sign_in(me), reverse("tokens")
    assert browser.get(url).status_code == 200
    answer = browser.post(url, {"name": "Roster", "days": "30"})
    assert "reauthenticate" in answer["Location"]
    assert not ApiToken.objects.exists()
    made = browser.post(answer["Location"], {"password": PASSWORD})
    assert len(made.context["made"]) == 1, "what was typed is not asked for twice"
    assert ApiToken.objects.get().user == me.user


@pytest.mark.parametrize(
    "change", [{"days": "0"}, {"days": "366"}, {"days": "x"}, {"name": ""}, {"role_grant": "1"}]
)
def test_bad_token_is_told(sure: Client, change: dict[str, str]) -> None:
    page = sure.post(reverse("tokens"), {"name": "Roster", "days": "30"} | change)
    assert "There is a problem" in page.content.decode()
    assert not ApiToken.objects.exists()


def test_role_of_somebody_else_cannot_be_posted(administrator: Actor, sure: Client) -> None:
    assert administrator.role is not None
    answers = {"name": "Roster", "days": "30", "role_grant": str(administrator.role.pk)}
    page = sure.post(reverse("tokens"), answers)
    assert "Select a valid choice" in page.content.decode()


def test_ending_a_token(me: Actor, sign_in: SignIn) -> None:
    token, text = make_token(by=me, name="Roster", role_grant=None, days=1)
    browser, url = sign_in(me), reverse("token-end", args=[token.public_id])
    assert "no longer works" in browser.post(url, follow=True).content.decode()
    assert actor_with(text) is None
    assert "ended already" in browser.post(url, follow=True).content.decode()


def test_token_of_somebody_else_is_not_there(sign_in: SignIn, me: Actor) -> None:
    token, text = make_token(by=me, name="Roster", role_grant=None, days=1)
    url = reverse("token-end", args=[token.public_id])
    assert sign_in(actor()).post(url).status_code == 404
    assert actor_with(text) is not None


def test_a_screen_left_open_does_not_move_the_account_to_another_address(
    me: Actor, sign_in: SignIn
) -> None:
    sent = {"email": "thief@example.org", "action_add": ""}
    answer = sign_in(me).post(reverse("account_email"), sent)
    assert "reauthenticate" in answer["Location"]
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()
