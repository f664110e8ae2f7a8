"""A network is compared with the ICB of most of its patients, not of most of its practices."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actor import Actor
from organisations.models import Organisation
from organisations.models.link import LinkKind
from organisations.queries.places import children, icbs_of, practices_of
from retention.actions.import_files import import_file
from retention.queries.main_icb import main_icb, registered_patients
from retention.queries.place_figures import place_figures
from tests.factories.accounts import UserFactory, actor
from tests.factories.organisations import (
    IcbFactory,
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
    SubIcbFactory,
    area_of_one_practice,
)
from tests.factories.published import JUNE, PublishedProfileFactory, add_up

pytestmark = pytest.mark.django_db
MAY, JULY = dt.date(2025, 5, 1), dt.date(2025, 7, 1)
DAY = dt.date(2026, 7, 1)
Places = dict[str, Organisation]


def listed(practice: Organisation, patients: int | None, month: dt.date = JUNE) -> None:
    PublishedProfileFactory(organisation=practice, month=month, patients=patients)


def small_practices(network: Organisation, number: int = 2) -> Organisation:
    """Put practices of 3,000 patients each into a network; return their ICB, another one."""
    icb, sub_icb = IcbFactory(code="QZ9", name="Of most practices"), SubIcbFactory()
    LinkFactory(kind=LinkKind.SUB_ICB_ICB, child=sub_icb, parent=icb)
    for _ in range(number):
        practice = PracticeFactory()
        LinkFactory(child=practice, parent=network)
        LinkFactory(kind=LinkKind.PRACTICE_SUB_ICB, child=practice, parent=sub_icb)
        listed(practice, 3_000)
    return icb


@pytest.fixture
def places() -> Places:
    """One practice of 9,000 patients, and in another ICB two of 3,000 each."""
    found = area_of_one_practice()
    found["many"] = small_practices(found["network"])
    listed(found["practice"], 9_000)
    return found


def test_most_patients_go_before_most_practices(places: Places) -> None:
    assert icbs_of(places["network"], DAY)[0] == places["many"]
    assert main_icb(places["network"], DAY, JUNE) == places["icb"]


def test_the_page_and_the_api_compare_with_it(places: Places, client: Client) -> None:
    add_up()
    found = place_figures(actor(), places["network"])
    assert found.above == (places["icb"],)
    assert found.compared[0].name == places["icb"].name
    client.force_login(UserFactory())
    page = client.get(places["network"].get_absolute_url()).content.decode()
    assert places["icb"].name in page
    assert "Of most practices" not in page


def test_the_newest_known_list_up_to_the_month_counts(places: Places) -> None:
    practice = places["practice"]
    listed(practice, 2_000, MAY)
    listed(practice, 100, JULY)
    for month, patients in ((MAY, 2_000), (JUNE, 9_000), (JULY, 100), (None, 100)):
        assert registered_patients([practice.pk], month) == {practice.pk: patients}
    assert main_icb(places["network"], DAY, JUNE) == places["icb"]
    assert main_icb(places["network"], DAY, JULY) == places["many"]


def test_a_month_without_a_list_falls_back_to_the_last_one(places: Places) -> None:
    listed(places["practice"], None, JULY)
    assert registered_patients([places["practice"].pk], JULY) == {places["practice"].pk: 9_000}


def test_without_known_patients_most_practices_decide_then_the_code(places: Places) -> None:
    assert registered_patients([places["practice"].pk], dt.date(2020, 1, 1)) == {}
    assert main_icb(places["network"], DAY, dt.date(2020, 1, 1)) == places["many"]
    network = NetworkFactory()
    for icb in (places["icb"], places["many"]):
        for sub_icb in children(Organisation.objects.filter(pk=icb.pk), LinkKind.SUB_ICB_ICB, DAY):
            practice = PracticeFactory()
            LinkFactory(child=practice, parent=network)
            LinkFactory(kind=LinkKind.PRACTICE_SUB_ICB, child=practice, parent=sub_icb)
    first = min(places["icb"], places["many"], key=lambda icb: icb.code)
    assert main_icb(network, DAY) == first


def test_as_many_patients_in_both_leave_it_to_the_practices(places: Places) -> None:
    listed(places["practice"], 6_000, JULY)
    assert main_icb(places["network"], DAY, JULY) == places["many"]


@pytest.mark.parametrize("kind", ["practice", "icb"])
def test_a_practice_and_an_icb_lie_in_one(places: Places, kind: str) -> None:
    assert main_icb(places[kind], DAY) == places["icb"]


def test_a_place_without_practices_has_none() -> None:
    assert main_icb(NetworkFactory(), DAY) is None


def test_queries_are_as_many_for_any_number_of_practices(places: Places) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            main_icb(places["network"], DAY, JUNE)
        return len(captured)

    few = queries()
    for _ in range(3):
        small_practices(NetworkFactory())
        practice = PracticeFactory()
        LinkFactory(child=practice, parent=places["network"])
        LinkFactory(kind=LinkKind.PRACTICE_SUB_ICB, child=practice, parent=places["sub_icb"])
        listed(practice, 1_000)
    assert queries() == few == 4


def rows_in(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the one CSV file in a zip."""
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as file:
        yield from csv.DictReader(io.TextIOWrapper(file, "utf-8-sig"))


@pytest.mark.real_data
def test_the_one_network_in_two_icbs(real_data: Path) -> None:
    """U41591 has two practices in Cornwall and two in Devon, where more of its patients are."""
    own = [
        row
        for row in rows_in(real_data / "gp-reg-pat-prac-map-2026-07.zip")
        if row["PCN_CODE"] == "U41591"
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, own[0])
    writer.writeheader()
    writer.writerows(own)
    import_file(by=Actor.command("test"), source=text.getvalue().encode(), name="map.csv")
    network = Organisation.objects.get(code="U41591")
    assert {icb.code for icb in icbs_of(network, DAY)} == {"QT6", "QJK"}
    practices = {practice.code: practice for practice in practices_of(network, DAY)}
    for row in rows_in(real_data / "gp-reg-pat-prac-quin-age-2026-07.zip"):
        if row["ORG_CODE"] in practices and row["SEX"] == row["AGE_GROUP_5"] == "ALL":
            listed(practices[row["ORG_CODE"]], int(row["NUMBER_OF_PATIENTS"]))
    patients = registered_patients([practice.pk for practice in practices.values()])
    by_code = {code: patients[practice.pk] for code, practice in practices.items()}
    assert by_code == {"L82008": 10_746, "Y01127": 6_700, "L83012": 3_237, "L83069": 15_110}
    devon = main_icb(network, DAY)
    assert devon is not None
    assert devon.code == "QJK"
    # Were the largest practice's list not known, most patients would be in Cornwall.
    practices["L83069"].published_profiles.update(patients=None)
    cornwall = main_icb(network, DAY)
    assert cornwall is not None
    assert cornwall.code == "QT6"
