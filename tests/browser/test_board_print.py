"""The page for a board on paper: one side of A4, whatever its names."""

import datetime as dt
import re

import pytest
from pytest_django.live_server_helper import LiveServer

from organisations.clock import today
from organisations.models import Organisation, OrganisationName
from organisations.models.organisation import Kind
from tests.browser.conftest import NewVisitor
from tests.browser.people import given_signed_in

_A_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
LONG = "ST BARTHOLOMEW-ON-THE-HILL AND WEST MIDSHIRE VALLEYS PRIMARY CARE NETWORK (FORMERLY NORTH)"


def pages_of(pdf: bytes) -> int:
    """Count the pages that Chromium wrote into a PDF."""
    return len(_A_PAGE.findall(pdf))


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Kind.PRACTICE, Kind.NETWORK, Kind.ICB, Kind.TRAINING_HUB])
def test_board_page_fits_one_side_of_a4(
    demo: LiveServer, new_visitor: NewVisitor, kind: Kind
) -> None:
    Organisation.objects.filter(kind__in=[kind, Kind.TRAINING_HUB]).update(name=LONG * 2)
    OrganisationName.objects.all().delete()
    place = Organisation.objects.filter(kind=kind).order_by("code")[0]
    lead = given_signed_in(new_visitor(), "retention_lead")
    lead.opens("place-board", place.code)
    # A past day has a line more than today.
    lead.page.goto(f"{lead.page.url}?as_at={today() - dt.timedelta(days=1)}")
    lead.reads("As at ")
    lead.page.wait_for_load_state("networkidle")
    assert pages_of(lead.page.pdf(format="A4")) == 1
    # Guards the count: the same words at twice the size do not fit.
    assert pages_of(lead.page.pdf(format="A4", scale=2)) > 1
