import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations.models import Link, Organisation, OrganisationName
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import SharingFactory, add_practice, area_of_one_practice
from tests.factories.published import (
    OLD,
    SEVEN,
    DeprivationFactory,
    RegisteredPatientsFactory,
    add_up,
    profile_of,
)

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
AT_RISK = "Estimated sessions at risk if nobody joins"


@pytest.fixture
def places() -> Places:
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    profile_of(add_practice(found), OLD)
    add_up()
    return found


def sign_in(client: Client, role: str = "", place: Organisation | None = None) -> None:
    user = UserFactory()
    if role:
        RoleGrantFactory(user=user, role=role, organisation=place)
    client.force_login(user)


def read(client: Client, place: Organisation) -> str:
    response = client.get(place.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_network_lead_reads_the_whole_dashboard(client: Client, places: Places) -> None:
    sign_in(client, "network_lead", places["network"])
    text = read(client, places["network"])
    assert text.count("<h1") == 1
    for part in (AT_RISK, "Flagged: ", "Age profile", "Aged 55 and over", "Its practices"):
        assert part in text
    assert "Not shared with you" in text
    assert "estimated sessions" in text


def test_no_two_buttons_have_one_name(client: Client, places: Places) -> None:
    sign_in(client, "network_lead", places["network"])
    text = read(client, places["network"])
    main = text[text.index("<main") : text.index("</main>")]
    names = [name.strip() for name in re.findall(r"<button[^>]*>([^<]*)<", main)]
    assert "Show this day" in names
    assert len(names) == len(set(names))


def test_everyone_else_reads_what_is_published(client: Client, places: Places) -> None:
    sign_in(client)
    text = read(client, places["network"])
    assert "Age profile" in text
    assert "The outlook of a network is for its own clinicians" in text
    for private in (AT_RISK, "Flagged", "outlook-wide.svg", "Chance of losing"):
        assert private not in text


def test_practices_that_share_show_their_outlook_to_the_lead(
    client: Client, places: Places
) -> None:
    sign_in(client, "network_lead", places["network"])
    assert read(client, places["network"]).count("Not shared with you") == 2
    SharingFactory(practice=places["practice"], recipient=places["network"])
    assert read(client, places["network"]).count("Not shared with you") == 1


def test_network_without_practices(client: Client) -> None:
    network = Organisation.objects.create(kind="network", code="U77777", name="Empty PCN")
    sign_in(client, "network_lead", network)
    text = read(client, network)
    assert "No practice belongs to this network today." in text
    assert "No workforce figures have been loaded for Empty PCN yet." in text
    assert "<img" not in text


def test_names_are_escaped_and_may_be_long(client: Client, places: Places) -> None:
    name = "<script>alert('x')</script> & " + "VERY LONG NAME " * 11
    Organisation.objects.filter(pk=places["network"].pk).update(name=name)
    Organisation.objects.filter(pk=places["practice"].pk).update(name="<b>BOLD</b> SURGERY")
    sign_in(client, "network_lead", places["network"])
    text = read(client, places["network"])
    assert "<script>alert" not in text
    assert "<b>BOLD" not in text
    assert "&lt;b&gt;BOLD&lt;/b&gt; SURGERY" in text


def test_page_waits_for_no_chart(
    client: Client, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> str:
        raise AssertionError("a page drew a chart")

    monkeypatch.setattr("retention.presenters.charts.draw", refuse)
    sign_in(client, "network_lead", places["network"])
    assert "age-narrow.svg" in read(client, places["network"])


@pytest.mark.parametrize("warm", [True, False])
def test_queries_do_not_grow_with_practices(client: Client, places: Places, warm: bool) -> None:
    sign_in(client, "hub_retention_lead", places["hub"])
    read(client, places["network"])

    def queries() -> int:
        cache.clear()
        if warm:
            read(client, places["network"])
        with CaptureQueriesContext(connection) as captured:
            read(client, places["network"])
        return len(captured)

    few = queries()
    for _ in range(5):
        profile_of(add_practice(places), SEVEN)
    add_up()
    assert queries() == few


@pytest.mark.parametrize("code", ["U00000", "x", "%00"])
def test_unknown_network_is_not_found(client: Client, code: str) -> None:
    sign_in(client)
    assert client.get(f"/networks/{code}/").status_code == 404


def test_a_practice_is_no_network(client: Client, places: Places) -> None:
    sign_in(client)
    address = reverse("network", args=[places["practice"].code])
    assert client.get(address).status_code == 404


TURN = dt.date(2025, 8, 1)


def test_as_at_a_day_the_page_has_the_names_practices_and_figures_of_that_day(
    client: Client, places: Places
) -> None:
    """In August a practice left, the network got its name of today, and new figures came."""
    network, left = places["network"], places["practice"]
    Link.objects.filter(child=left, parent=network).update(ends_on=TURN)
    for name, starts_on, ends_on in (
        ("Old Alliance", dt.date(2020, 4, 1), TURN),
        (network.name, TURN, None),
    ):
        OrganisationName.objects.create(
            organisation=network, name=name, starts_on=starts_on, ends_on=ends_on
        )
    august = dt.date(2025, 8, 1)
    profile_of(left, OLD, august)
    add_up(august)
    lead = "hub_retention_lead"
    sign_in(client, lead, places["hub"])
    today = read(client, network)
    assert "31 July 2025" in today  # Its last day, in the history.
    assert "Practices that joined or left" in today
    assert "1 other practice has belonged to it since 1 April 2020 without a break." in today
    assert "Old Alliance" not in today
    response = client.get(network.get_absolute_url(), {"as_at": "2025-07-31"})
    then = response.content.decode()
    assert "Old Alliance</h1>" in then
    assert "As at 31 July 2025" in then
    assert "June 2025" in then
    assert "August 2025" not in then
    assert f"{left.get_absolute_url()}?as_at=2025-07-31" in then
    chart = reverse("network-age-chart", kwargs={"code": network.code, "size": "wide"})
    assert f"{chart}?as_at=2025-07-31" in then
    assert client.get(chart, {"as_at": "2025-07-31"}).status_code == 200
    assert client.get(chart, {"as_at": "2020-01-31"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31/07/2025", "Enter a date, such as 2025-03-31"),
        ("2999-01-01", "date or an earlier one"),
        ("0001-01-01", "Enter a date from 1 January 2005 on"),
        ("\x00", "Enter a date, such as 2025-03-31"),
    ],
)
def test_a_bad_day_is_told_and_the_page_is_of_today(
    client: Client, places: Places, typed: str, message: str
) -> None:
    sign_in(client)
    response = client.get(places["network"].get_absolute_url(), {"as_at": typed})
    text = response.content.decode()
    assert response.status_code == 200
    assert message in text
    assert "There is a problem" in text
    assert "Practices of the network today" in text


def test_whose_outlook_may_be_read_is_as_of_today_on_every_day(
    client: Client, places: Places
) -> None:
    """The lead's practice shared in spring; it does no longer."""
    SharingFactory(
        practice=places["practice"], recipient=places["network"], ends_on=dt.date(2025, 7, 1)
    )
    sign_in(client, "network_lead", places["network"])
    response = client.get(places["practice"].get_absolute_url(), {"as_at": "2025-06-30"})
    assert AT_RISK not in response.content.decode()


def test_patients_stand_beside_the_workforce_for_everyone(client: Client, places: Places) -> None:
    RegisteredPatientsFactory(practice=places["practice"], each=25)
    DeprivationFactory(practice=places["practice"], score=33.519)
    sign_in(client)
    for kind in ("practice", "network", "icb", "country"):
        text = read(client, places[kind])
        assert "1,000 patients were registered" in text
        assert "a score of 33.5 in the 2025 Index of Multiple Deprivation" in text
        assert "patients for each estimated session a week on 30 June 2025" in text
        # What would be left is of the outlook.
        assert "If nobody joined, the expected loss" not in text
        assert "patients-per-session" not in text


def test_patients_after_the_loss_are_for_those_who_see_the_outlook(
    client: Client, places: Places
) -> None:
    sign_in(client, "network_lead", places["network"])
    text = read(client, places["network"])
    assert "If nobody joined, the expected loss" in text
    assert "patients-per-session" in text
    assert "Patients by age are not loaded for this place." in text
    assert "patients-per-session" not in read(client, places["practice"])


def test_a_network_stands_beside_similar_ones_or_says_why_not(
    client: Client, places: Places
) -> None:
    sign_in(client)
    assert "No comparison is made" in read(client, places["network"])
    for _ in range(10):
        other = area_of_one_practice()
        profile_of(other["practice"], SEVEN)
        DeprivationFactory(practice=other["practice"])
    DeprivationFactory(practice=places["practice"])
    add_up()
    text = read(client, places["network"])
    assert "Compared with the 10 networks most like it" in text
    assert "Middle 80% of similar places" in text
    # The expected loss is of the outlook.
    assert "expected to be lost within" not in text
    assert "Beside similar places" not in read(client, places["icb"])
