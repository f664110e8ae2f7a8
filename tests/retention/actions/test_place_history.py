"""The history of places: the same whatever is loaded first, and never older over newer."""

import datetime as dt
from itertools import permutations
from pathlib import Path

import pytest
from django.db import transaction

from accounts.actor import Actor
from organisations.clock import today
from organisations.models import Link, Organisation
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from organisations.queries.places import icbs_of, network_of, practices_of
from organisations.timeline import Period, joined
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.models import PublishedRelease
from tests.factories.organisations import HubFactory, IcbFactory, LinkFactory, SubIcbFactory
from tests.retention.imports.published_files import (
    csv_bytes,
    dates_bytes,
    deprivation_rows,
    history_bytes,
    level_rows,
    map_rows,
    member_cells,
    network_cells,
)

pytestmark = pytest.mark.django_db
BY = Actor.command("test")
JULY_2026 = dt.date(2026, 7, 1)
AREA, IN_ICB = LinkKind.PRACTICE_SUB_ICB, LinkKind.SUB_ICB_ICB
CLOSED = {12: "20230228", 13: "C", 17: "20230228"}


def load(source: bytes | Path, hub: Organisation | None = None) -> FileReport:
    (report,) = import_file(by=BY, source=source, name="file", hub=hub)
    assert report.created + report.changed + report.unchanged + len(report.rejected) == report.rows
    return report


def the_map() -> bytes:
    """Z90001 in U90001; Z90002 closed; Z90003 has moved to U90003; Z90004 left out of networks."""
    apart = {"PCN_CODE": "U", "PCN_NAME": "Unallocated"}
    moved = {"PCN_CODE": "U90003", "PCN_NAME": "PCN U90003"}
    rows = map_rows({"PCN_NAME": "PCN U90001"}, {}, moved, apart)
    return csv_bytes([rows[0], *rows[2:]])


def the_networks() -> bytes:
    return history_bytes(
        [network_cells("U90001"), network_cells("U90002", "20190701", "20220331")],
        [
            member_cells("Z90001", "U90002", "20190701", "20220331"),
            member_cells("Z90001", "U90001", "20220401"),
            member_cells("Z90002", "U90001", "20190701", "20230228"),
            member_cells("Z90003", "U90001", "20190701"),
            member_cells("Z90004", "U90001", "20241001"),
            member_cells("Z90005", "U90001", "20200101"),
        ],
    )


def the_dates() -> bytes:
    return dates_bytes({}, CLOSED, {}, {11: "20231101"})


def history() -> dict[tuple[str, str], list[Period]]:
    """Return every timeline of the record."""
    found: dict[tuple[str, str], list[Period]] = {}
    for link in Link.objects.select_related("child", "parent").exclude(kind=LinkKind.ICB_HUB):
        period = Period(link.parent.code, link.starts_on, link.ends_on)
        found.setdefault((link.child.code, link.kind), []).append(period)
    return {key: joined(periods) for key, periods in found.items()}


def days() -> dict[str, tuple[dt.date | None, dt.date | None]]:
    return {o.code: (o.starts_on, o.ends_on) for o in Organisation.objects.all()}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_record_is_the_same_whatever_is_loaded_first(order: tuple[int, ...]) -> None:
    files = (the_map(), the_networks(), the_dates())
    for number in order:
        assert load(files[number]).rejected == []
    found = history()
    network, area = LinkKind.PRACTICE_NETWORK, LinkKind.PRACTICE_SUB_ICB
    april, july = dt.date(2020, 4, 1), dt.date(2019, 7, 1)
    assert found["Z90001", network] == [
        Period("U90002", july, dt.date(2022, 4, 1)),
        Period("U90001", dt.date(2022, 4, 1)),
    ]
    assert found["Z90002", network] == [Period("U90001", july, dt.date(2023, 3, 1))]
    assert found["Z90002", area] == [Period("99Z", april, dt.date(2023, 3, 1))]
    assert found["Z90003", network] == [
        Period("U90001", july, JULY_2026),
        Period("U90003", JULY_2026),
    ]
    assert found["Z90004", network] == [Period("U90001", dt.date(2024, 10, 1), JULY_2026)]
    # In the networks' list of 2024 and on no map since: gone by the map of its neighbours.
    assert found["Z90005", network] == [Period("U90001", dt.date(2020, 1, 1), JULY_2026)]
    assert found["Z90005", area] == [Period("99Z", dt.date(2024, 10, 1), JULY_2026)]
    # ICBs change on 1 April; before it the sub-ICB lay in the ICB of the older list.
    assert found["99Z", LinkKind.SUB_ICB_ICB] == [
        Period("QZY", dt.date(2023, 11, 1), dt.date(2026, 4, 1)),
        Period("QZZ", dt.date(2026, 4, 1)),
    ]
    assert days()["Z90002"] == (dt.date(1974, 4, 1), dt.date(2023, 3, 1))
    assert days()["U90002"] == (july, dt.date(2022, 4, 1))
    assert days()["U90001"] == (july, None)


@pytest.mark.parametrize("files", [(the_map, the_networks), (the_networks, the_map, the_dates)])
def test_the_same_list_again_changes_nothing(files: tuple[object, ...]) -> None:
    for make in files:
        load(make())  # type: ignore[operator]  # the parameters are functions
    before, releases = list(Link.objects.values()), PublishedRelease.objects.count()
    report = load(the_networks())
    assert (report.created, report.changed) == (0, 0)
    assert list(Link.objects.values()) == before
    assert PublishedRelease.objects.count() == releases


def test_queries_tell_the_past_and_the_present() -> None:
    for data in (the_map(), the_networks(), the_dates()):
        load(data)
    practice = Organisation.objects.get(code="Z90001")
    then, now = network_of(practice, dt.date(2021, 1, 1)), network_of(practice, JULY_2026)
    assert then is not None
    assert now is not None
    assert (then.code, now.code) == ("U90002", "U90001")
    assert [icb.code for icb in icbs_of(practice, dt.date(2025, 6, 1))] == ["QZY"]
    assert [icb.code for icb in icbs_of(practice, JULY_2026)] == ["QZZ"]
    old, new = (Organisation.objects.get(code=code) for code in ("QZY", "QZZ"))
    assert practices_of(old, dt.date(2025, 6, 1)).count() == 4
    assert practices_of(old, JULY_2026).count() == 0
    assert practices_of(new, JULY_2026).count() == 3


def test_an_older_edition_changes_nothing_and_says_so() -> None:
    load(the_networks())
    load(the_dates())
    before = history()
    older = history_bytes([network_cells("U90009")], [member_cells("Z90001", "U90009", "20190701")])
    for data, newer in (
        (older, "October 2024"),
        (dates_bytes({11: "20200501", 12: "20200601"}), "November 2023"),
    ):
        report = load(data)
        assert report.unchanged == report.rows
        assert newer in report.warnings[-1]
    assert history() == before
    assert not Organisation.objects.filter(code="U90009").exists()


def test_a_day_to_come_makes_no_edition_that_shuts_out_those_until_then() -> None:
    coming = f"{today() + dt.timedelta(days=800):%Y%m%d}"
    load(dates_bytes({12: coming}))
    load(history_bytes([network_cells("U90001", coming)], []))
    this_month = today().replace(day=1)
    assert set(PublishedRelease.objects.values_list("month", flat=True)) == {this_month}
    new = f"{today():%Y%m%d}"
    again = load(dates_bytes({12: ""}, {11: new, 16: new}))
    assert (again.created, again.warnings) == (1, [])


def test_a_map_of_a_month_to_come_is_refused_and_the_next_one_loads() -> None:
    load(the_map())
    coming = f"{today() + dt.timedelta(days=40):%d%b%Y}"
    for dry_run in (True, False):
        (report,) = import_file(
            by=BY,
            source=csv_bytes(map_rows({"EXTRACT_DATE": coming})),
            name="map",
            dry_run=dry_run,
        )
        assert "has not begun" in report.rejected[0].reason
    assert list(PublishedRelease.objects.values_list("month", flat=True)) == [JULY_2026]


def test_an_older_map_does_not_overwrite_a_newer_list() -> None:
    load(the_networks())
    before = history()["Z90001", LinkKind.PRACTICE_NETWORK]
    other = {"EXTRACT_DATE": "01Jan2024", "PCN_CODE": "U90003"}
    assert load(csv_bytes(map_rows(other))).rejected == []
    assert history()["Z90001", LinkKind.PRACTICE_NETWORK] == before
    # The map is the only source of the ICB, and left nobody out who joined since.
    assert history()["99Z", LinkKind.SUB_ICB_ICB] == [Period("QZZ", dt.date(2024, 1, 1))]
    assert history()["Z90004", LinkKind.PRACTICE_NETWORK][-1].ends_on is None
    assert Organisation.objects.get(code="Z90001").name == "SURGERY Z90001"


def test_a_practice_that_a_newer_map_lists_is_open_after_all() -> None:
    for files in ((the_dates(), csv_bytes(map_rows({}, {}))),):
        for data in files:
            load(data)
    assert days()["Z90002"] == (dt.date(1974, 4, 1), None)
    report = load(dates_bytes({}, {**CLOSED, 11: "19740402"}, {11: "20231101"}))
    assert "open on a newer map, which stands: 1 practice (Z90002)" in report.warnings[0]
    assert days()["Z90002"] == (dt.date(1974, 4, 2), None)


def test_a_sub_icb_changes_its_icb_on_the_first_of_april_between_two_maps() -> None:
    load(csv_bytes(map_rows({"EXTRACT_DATE": "01Jan2026", "ICB_CODE": "QZY", "ICB_NAME": "Old"})))
    load(csv_bytes(map_rows({})))
    assert history()["99Z", LinkKind.SUB_ICB_ICB] == [
        Period("QZY", dt.date(2026, 1, 1), dt.date(2026, 4, 1)),
        Period("QZZ", dt.date(2026, 4, 1)),
    ]
    load(csv_bytes(map_rows({"EXTRACT_DATE": "01Sep2026", "ICB_CODE": "QZX", "ICB_NAME": "New"})))
    assert history()["99Z", LinkKind.SUB_ICB_ICB][-1] == Period("QZX", dt.date(2026, 9, 1))


def test_a_place_that_closed_in_an_earlier_life_opens_again() -> None:
    """A corrected list dates a network after the end that an earlier one printed."""
    earlier = [network_cells("U90001", "20190701", "20200331"), network_cells("U90002")]
    load(history_bytes(earlier, [member_cells("Z90001", "U90002", "20190701")]))
    later = [network_cells("U90001", "20220701"), network_cells("U90002")]
    report = load(history_bytes(later, [member_cells("Z90001", "U90001", "20220701")]))
    assert report.rejected == []
    network = Organisation.objects.get(code="U90001")
    assert (network.starts_on, network.ends_on) == (dt.date(2022, 7, 1), None)


def test_a_short_period_inside_another_takes_nobody_out_of_their_network() -> None:
    networks = [network_cells("U90001"), network_cells("U90002")]
    members = [
        member_cells("Z90001", "U90001", "20190701"),
        member_cells("Z90001", "U90002", "20200401", "20200402"),
    ]
    load(history_bytes(networks, members))
    of_practice = history()["Z90001", LinkKind.PRACTICE_NETWORK]
    assert of_practice == [Period("U90001", dt.date(2019, 7, 1))]


@pytest.mark.parametrize(
    "source",
    [
        csv_bytes(map_rows({"SUB_ICB_LOCATION_CODE": "QZZ"})),
        csv_bytes(level_rows({"prac_code": "U90001"})),
        csv_bytes(level_rows({"prac_code": "Z90009", "sub_icb_code": "QZZ"})),
        csv_bytes(deprivation_rows({"PRACTICE_CODE": "U90001"})),
        dates_bytes({1: "U90001"}),
        dates_bytes({1: "Z90009", 15: "QZZ"}),
        history_bytes([network_cells("U90001")], [member_cells("U90001", "U90001", "20190701")]),
    ],
    ids=["map", "level", "level area", "deprivation", "dates", "dates area", "networks"],
)
def test_a_code_of_another_kind_of_place_is_refused(source: bytes) -> None:
    """A column in another's place would rename places, or hang figures on the wrong ones."""
    load(csv_bytes(map_rows({})))
    before = set(Organisation.objects.values_list("code", "kind", "name")), Link.objects.count()
    report = load(source)
    assert "two columns are changed" in report.rejected[0].reason
    after = set(Organisation.objects.values_list("code", "kind", "name")), Link.objects.count()
    assert after == before


def test_a_hub_cannot_close_or_move_the_practices_of_another() -> None:
    load(the_map())
    LinkFactory(
        kind=LinkKind.ICB_HUB, child=Organisation.objects.get(code="QZZ"), parent=HubFactory()
    )
    mine = HubFactory()
    LinkFactory(kind=LinkKind.ICB_HUB, child=IcbFactory(), parent=mine)
    before, dates = history(), days()
    later = {11: "20260801", 12: "20260901", 16: "20260801", 17: "20260901"}
    report = load(dates_bytes(later), hub=mine)
    assert "in the area of another training hub: Z90001" in report.rejected[0].reason
    moving = history_bytes(
        [network_cells("U90009")], [member_cells("Z90001", "U90009", "20260901")]
    )
    assert "in the area of another training hub" in load(moving, hub=mine).rejected[0].reason
    # Nor from a day to come, which would be as good a way.
    next_month = f"{today() + dt.timedelta(days=30):%Y%m%d}"
    ahead = load(dates_bytes({11: next_month, 17: next_month}), hub=mine)
    assert "in the area of another training hub: Z90001" in ahead.rejected[0].reason
    leaving = history_bytes(
        [network_cells("U90001"), network_cells("U90009", "20261001")],
        [member_cells("Z90001", "U90001", "20220401", next_month)],
    )
    assert "in the area of another training hub" in load(leaving, hub=mine).rejected[0].reason
    # A network is closed by its own line, and a practice opened again by another first day.
    closing = history_bytes([network_cells("U90001", "20190701", "20260930")], [])
    assert "another training hub: U90001" in load(closing, hub=mine).rejected[0].reason
    opening = load(dates_bytes({11: next_month}), hub=mine)
    assert "another training hub: Z90001" in opening.rejected[0].reason
    assert history() == before
    assert days() == dates
    # Whoever runs the service may.
    assert load(moving).rejected == []


def test_a_place_of_another_kind_keeps_its_own_links() -> None:
    sub_icb = SubIcbFactory(code="99Z", name="Known already")
    load(the_networks())
    assert Organisation.objects.get(code="99Z").name == sub_icb.name
    assert Organisation.objects.get(code="Z90005").kind == Kind.PRACTICE


@pytest.mark.no_cover
def test_the_real_lists_and_map_make_one_record_in_either_order(real_data: Path) -> None:
    lists = ["ods-epcn-2024.xlsx", "ods-epraccur-2023.csv"]
    of_map = "gp-reg-pat-prac-map-2026-07.zip"
    found = []
    for order in ([of_map, *lists], [*reversed(lists), of_map]):
        with transaction.atomic():
            for name in order:
                assert load(real_data / name).rejected == []
            now = Link.objects.as_at(JULY_2026)
            # As the map prints: 6,139 practices, 52 of them in no network.
            assert now.filter(kind=LinkKind.PRACTICE_NETWORK).count() == 6139 - 52
            # Five of an area that no map has any more were open when the lists were made.
            assert now.filter(kind=LinkKind.PRACTICE_SUB_ICB).count() == 6139 + 5
            found.append((history(), days()))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    links, dates = found[0]
    closed = [code for code, (_, ended) in dates.items() if ended and (code, AREA) in links]
    assert len(closed) > 1500
    moved = [key for key, periods in links.items() if key[1] == IN_ICB and len(periods) > 1]
    assert {links[key][0].ends_on for key in moved} == {dt.date(2026, 4, 1)}
