"""What a hub's lead is told to do next while networks of the area are flagged."""

import datetime as dt

import pytest
from django.test import Client

from hubs.presenters.next_step import hub_place_page
from hubs.queries import conversations
from organisations.clock import today
from organisations.models import Organisation
from retention.presenters.place_summary import NextStep
from retention.queries import england
from retention.queries.place_figures import place_figures
from tests.factories.accounts import actor
from tests.factories.hubs import ConversationRoundFactory, agree_on_conversations
from tests.factories.organisations import (
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
    area_of_one_practice,
)
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Places:
    """A hub whose one network is flagged, in an England that is much younger."""
    monkeypatch.setattr(england, "COVERED_FROM", 1)
    made = area_of_one_practice()
    profile_of(made["practice"], OLD)
    for _ in range(9):
        profile_of(area_of_one_practice()["practice"], SEVEN)
    add_up()
    agree_on_conversations(made["hub"])
    return made


def add_flagged(places: Places, name: str) -> None:
    network, practice = NetworkFactory(name=name), PracticeFactory()
    for kind, parent in (
        ("practice_network", network),
        ("practice_sub_icb", places["sub_icb"]),
    ):
        LinkFactory(kind=kind, child=practice, parent=parent)
    profile_of(practice, OLD)


def step(places: Places, role: str = "hub_retention_lead") -> NextStep:
    by = actor(role, places["hub"])
    return hub_place_page(place_figures(by, places["hub"]), by=by).summary.next_step


def test_one_flagged_network_is_to_be_invited_by_its_letter(places: Places) -> None:
    found = step(places)
    assert f"Invite every clinician of {places['network']}, whatever their age" in found.text
    assert found.url.endswith(f"/conversations/invite/{places['network'].code}/")
    by = actor("hub_retention_lead", places["hub"])
    client = Client()
    client.force_login(by.user)  # type: ignore[arg-type]  # this actor is a user
    assert found.text in client.get(places["hub"].get_absolute_url()).text
    assert client.get(found.url).status_code == 200


def test_several_are_named_in_the_alphabet_and_the_rest_counted(places: Places) -> None:
    Organisation.objects.filter(pk=places["network"].pk).update(name="Beck PCN")
    for name in ("Ash PCN", "Dale PCN", "Carr PCN", "Esk PCN"):
        add_flagged(places, name)
    add_up(JUNE)
    found = step(places)
    assert "every clinician of Ash PCN, Beck PCN, Carr PCN and 2 more, whatever" in found.text
    assert "they are flagged" in found.text
    assert found.url.endswith("/conversations/")


def test_who_was_invited_lately_is_not_invited_again(places: Places) -> None:
    made = ConversationRoundFactory(hub=places["hub"], network=places["network"])
    assert step(places).text.startswith("Check these figures")
    made.starts_on = today() - conversations.BETWEEN_ROUNDS
    made.ends_on = made.starts_on + dt.timedelta(days=60)
    made.save()
    assert step(places).text.startswith("Invite every clinician")


def test_without_an_agreement_the_lead_asks_for_one(places: Places) -> None:
    places["hub"].agreements.all().delete()
    found = step(places)
    assert found.text.startswith("Ask the hub's administrator for the agreement")
    assert "1 network here is flagged" in found.text
    assert found.url.endswith("/conversations/")


def test_only_the_lead_invites_and_only_today(places: Places) -> None:
    for role in ("hub_administrator", "board_viewer"):
        assert step(places, role).text.startswith("Check these figures")
    by = actor("hub_retention_lead", places["hub"])
    then = place_figures(by, places["hub"], today() - dt.timedelta(days=1))
    assert "Invite" not in hub_place_page(then, by=by).summary.next_step.text


def test_without_a_flag_nothing_changes() -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    add_up()
    assert step(places).text.startswith("Check these figures")
