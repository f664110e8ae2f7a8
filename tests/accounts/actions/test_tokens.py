"""Making and ending tokens."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import Http404
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actions.tokens import MOST_TOKENS, end_token, make_token
from accounts.actor import Actor
from accounts.models import ApiToken, AuditEvent
from accounts.models.audit_event import Act
from accounts.queries.tokens import actor_with
from tests.factories.accounts import RoleGrantFactory, actor
from tests.factories.organisations import PracticeFactory

pytestmark = pytest.mark.django_db


def token_for(by: Actor, days: int = 30) -> tuple[ApiToken, str]:
    return make_token(by=by, name="Roster", role_grant=by.role, days=days)


def test_text_is_given_once_and_its_digest_kept() -> None:
    token, text = token_for(actor("practice_manager", PracticeFactory()))
    assert text.startswith("rethub_")
    assert len(text) > 40
    stored = [str(value) for value in ApiToken.objects.values_list().get()]
    assert not any(text in value for value in stored)
    assert AuditEvent.objects.get().thing == f"token:{token.public_id}"


def test_two_tokens_differ() -> None:
    by = actor()
    assert token_for(by)[1] != token_for(by)[1]


def test_somebody_elses_role_cannot_be_put_in() -> None:
    with pytest.raises(Http404):
        make_token(by=actor(), name="x", role_grant=RoleGrantFactory(), days=1)


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_lasts_a_year_at_most(days: int) -> None:
    with pytest.raises(ValidationError, match="from 1 to 365 days"):
        token_for(actor(), days)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_needs_a_name(name: str) -> None:
    with pytest.raises(ValidationError, match="name"):
        make_token(by=actor(), name=name, role_grant=None, days=1)


def test_number_of_live_tokens_is_limited() -> None:
    by = actor()
    tokens = [token_for(by)[0] for _ in range(MOST_TOKENS)]
    with pytest.raises(ValidationError, match="End one"):
        token_for(by)
    end_token(by=by, token=tokens[0])
    token_for(by)


def test_ended_token_opens_nothing() -> None:
    by = actor()
    token, text = token_for(by)
    assert actor_with(text) is not None
    end_token(by=by, token=token)
    assert actor_with(text) is None
    assert AuditEvent.objects.filter(act=Act.ENDED_TOKEN).count() == 1
    with pytest.raises(ValidationError, match="already"):
        end_token(by=by, token=token)


def test_only_its_owner_ends_it() -> None:
    token, _ = token_for(actor())
    with pytest.raises(Http404):
        end_token(by=actor(), token=token)


def test_whoever_did_not_make_a_token_hears_that_somebody_did(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    mailoutbox: list[EmailMessage],
) -> None:
    """It opens what a password opens, and goes on doing so when the password is changed."""
    by = actor("practice_manager", PracticeFactory(name="Alder Surgery"))
    with django_capture_on_commit_callbacks(execute=True):
        _, text = token_for(by)
    assert by.user is not None
    (mail,) = mailoutbox
    assert mail.to == [by.user.email]
    assert mail.subject == "A change to your Retention Hub account"
    assert "Tokens for programs" in str(mail.body)
    for untold in (text, "Roster", "Alder", "manager", by.user.name):
        assert untold not in str(mail.body)
