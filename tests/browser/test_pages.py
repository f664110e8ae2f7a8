"""The pages that the story does not pass, as somebody of the demo who may open them."""

import pytest
from pytest_django.live_server_helper import LiveServer

from hubs.models import Scheme
from hubs.models.scheme import SchemeState
from organisations.models import Organisation
from organisations.models.organisation import Kind
from tests.browser.conftest import NewVisitor
from tests.browser.people import HUB, given_signed_in, user

PRACTICE = "Y99001"
PAGES: dict[str, list[tuple[str, ...]]] = {
    "senior_gp": [
        ("account_change_password",),
        ("account_email",),
        ("mfa_index",),
        ("mfa_activate_totp",),
        ("usersessions_list",),
        ("erase",),
        ("hub-join", HUB),
        ("me-details",),
        ("me-post-add",),
        ("objection",),
        ("method",),
        ("evaluation",),
        ("my-data",),
        ("places",),
        ("plan",),
        ("privacy",),
        ("roles",),
        ("tokens",),
    ],
    "partner": [("practice-sharing", PRACTICE)],
    "practice_manager": [
        ("post-add", PRACTICE),
        ("practice-access", PRACTICE),
        ("practice-invite", PRACTICE),
    ],
    "network_lead": [
        ("place-private", "U00001"),
        ("place-private-board", "U00001"),
    ],
    "retention_lead": [
        ("place-private", "U00008"),
        ("hub-mentees", HUB),
        ("hub-mentors", HUB),
        ("plans-shared", HUB),
        ("scheme-new", HUB),
    ],
    "administrator": [
        ("agreement-add", HUB),
        ("agreements", HUB),
        ("hub", HUB),
        ("hub-invite", HUB),
        ("hub-people", HUB),
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("who", PAGES)
def test_pages_keep_to_the_baseline(demo: LiveServer, new_visitor: NewVisitor, who: str) -> None:
    visitor = given_signed_in(new_visitor(), who)
    for name, *args in PAGES[who]:
        visitor.opens(name, *args)
        visitor.then_the_page_is_accessible()


@pytest.mark.slow
def test_pages_of_records_keep_to_the_baseline(demo: LiveServer, new_visitor: NewVisitor) -> None:
    lead = given_signed_in(new_visitor(), "retention_lead")
    area = Organisation.objects.get(kind=Kind.ICB)
    draft = Scheme.objects.get(state=SchemeState.DRAFT)
    lead.opens("area", area.code)
    lead.then_the_pictures_load(3)
    lead.then_the_page_is_accessible()
    lead.opens("scheme-edit", draft.public_id)
    lead.then_the_page_is_accessible()
    administrator = given_signed_in(new_visitor(), "administrator")
    administrator.opens("hub-grant", HUB, user("network_lead").public_id)
    administrator.then_the_page_is_accessible()


@pytest.mark.slow
def test_an_address_that_is_not_ours_is_told_in_our_words(
    demo: LiveServer, new_visitor: NewVisitor
) -> None:
    visitor = given_signed_in(new_visitor(), "senior_gp")
    with visitor.is_refused():
        visitor.opens("practice-people", PRACTICE)
    visitor.is_on("not found")
    visitor.then_the_page_is_accessible()
