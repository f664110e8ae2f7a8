import datetime as dt
from collections import defaultdict

import pytest

from hubs.demo.counted import counted_colleague, layout_of
from hubs.demo.former import CHANGES
from hubs.demo.load import Demo
from hubs.demo.places import Places
from hubs.demo.published import NOT_KNOWN, NOT_KNOWN_MONTHS, STAFF, group_values
from hubs.demo.staff import Colleague
from hubs.demo.turnover import month_end
from hubs.demo.weeks import fte
from models.sessions import minutes_to_fte
from retention.actions.practice_level import PrintedCells
from retention.imports.age_profile import age_profile
from retention.imports.cells import AGE_BANDS, Cell, StaffGroup, expected_cells, parse_cell
from retention.models import Post
from retention.models.person import Profession
from retention.models.post import PostRole
from retention.models.session_pattern import WeekInTurn

ON = dt.date(2026, 10, 31)
FULL_TIME = {(day, part): ("clinical", 225) for day in range(5) for part in ("am", "pm")}


def colleague(role: PostRole, age: int = 50, sex: str = "female") -> Colleague:
    """Return a GP, or a nurse, of 37.5 hours a week."""
    return Colleague(
        key="one",
        name="Dr Uma Quillmere",
        profession=Profession.NURSE if role == PostRole.NURSE else Profession.GP,
        sex=sex,
        born=ON - dt.timedelta(days=round((age + 0.5) * 365.25)),
        practice=0,
        role=role,
        starts_on=dt.date(2020, 1, 1),
        weeks=[(dt.date(2020, 1, 1), FULL_TIME)],
    )


def cells_of(group: StaffGroup, colleagues: list[Colleague], places: Places) -> dict[str, Cell]:
    """Return what is printed of one staff group; whom else a file counts is left out before."""
    counted = [counted_colleague(one, places) for one in colleagues]
    values = group_values(group, [one for one in counted if one.group == group], ON)
    return dict(zip(layout_of(group).names, values, strict=True))


def test_a_full_week_is_one_full_time_equivalent() -> None:
    assert fte(FULL_TIME) == pytest.approx(1)


def test_a_partner_counts_once_in_every_population(made: Demo) -> None:
    cells = cells_of("gp", [colleague(PostRole.PARTNER)], made.places)
    for name in (
        "total_gp_hc",
        "female_gp_extg_hc",
        "total_gp_exl_hc_50to54",
        "female_gp_extgl_hc_50to54",
        "total_gp_extgl_fte",
        "total_gp_fte_50to54",
        "total_gp_ptnr_prov_hc",
        "female_gp_ptnr_prov_fte",
    ):
        assert cells[name] == 1, name
    assert cells["male_gp_hc"] == cells["total_gp_extgl_hc_45to49"] == 0


@pytest.mark.parametrize(
    ("role", "counted"),
    [
        (PostRole.TRAINEE, {"total_gp_hc": 1, "total_gp_exl_hc": 1, "total_gp_extg_hc": 0}),
        (PostRole.LOCUM, {"total_gp_hc": 1, "total_gp_exl_hc": 0, "total_gp_extg_hc": 1}),
    ],
)
def test_trainees_and_locums_are_left_out_where_the_name_says_so(
    made: Demo, role: PostRole, counted: dict[str, int]
) -> None:
    cells = cells_of("gp", [colleague(role)], made.places)
    assert {name: cells[name] for name in counted} == counted
    assert cells["total_gp_extgl_hc"] == 0


def test_each_group_counts_its_own(made: Demo) -> None:
    both = [colleague(PostRole.PARTNER), colleague(PostRole.NURSE, 23)]
    cells = cells_of("nurses", both, made.places)
    assert cells["total_nurses_hc"] == cells["total_nurses_hc_under25"] == 1
    assert cells["total_n_prac_nurse_fte"] == 1


def test_cells_are_those_of_the_published_file(made: Demo) -> None:
    names = {name for item in made.printed for name in item.layout.names}
    assert names <= set(expected_cells())
    left_out = [parse_cell(name) for name in set(expected_cells()) - names]
    assert all(cell and cell.qualified_in for cell in left_out)


def test_one_item_for_each_practice_month_and_group(made: Demo) -> None:
    keys = {(item.practice, item.month, item.staff_group) for item in made.printed}
    of_former = sum(change.month for change in CHANGES)
    assert len(keys) == len(made.printed) == (50 * 24 + of_former) * 5


def test_a_practice_that_is_gone_is_in_no_later_file(made: Demo) -> None:
    for change in CHANGES:
        months = {item.month for item in made.printed if item.practice == change.code}
        assert sorted(months) == made.months[: change.month]
        last = [item for item in known(made, "gp") if item.practice == change.code][-1]
        assert age_profile("gp", last.cells).headcount == change.gps


def known(made: Demo, group: str) -> list[PrintedCells]:
    found = [item for item in made.printed if item.staff_group == group]
    return [item for item in found if None not in item.values]


def posts_of(made: Demo, roles: tuple[PostRole, ...], on: dt.date) -> dict[str, list[Post]]:
    """Return the posts of some roles that hold on a date, by practice."""
    found = defaultdict(list)
    for post in made.records.posts:
        if post.role in roles and post.starts_on <= on and (post.ends_on or dt.date.max) > on:
            found[post.organisation.code].append(post)
    return found


def test_counts_are_of_the_people_in_the_record(made: Demo) -> None:
    permanent = (PostRole.PARTNER, PostRole.SALARIED, PostRole.RETAINER)
    minutes: dict[tuple[int, dt.date], int] = defaultdict(int)
    for cell in made.records.cells:
        # The made files print the usual week, which is week A where two take turns.
        if cell.week != WeekInTurn.B:
            minutes[id(cell.pattern.post), cell.pattern.starts_on or dt.date.max] += cell.minutes
    starts = defaultdict(list)
    for post, begun in minutes:
        starts[post].append(begun)
    for month in (made.months[0], made.months[-1]):
        on = month_end(month)
        here = posts_of(made, permanent, on)
        for item in known(made, "gp"):
            if item.month == month:
                profile = age_profile("gp", item.cells)
                time = sum(
                    minutes[id(p), max(day for day in starts[id(p)] if day <= on)]
                    for p in here[item.practice]
                )
                assert profile.headcount == len(here[item.practice])
                assert profile.fte == pytest.approx(minutes_to_fte(time), abs=1e-5)


def test_bands_add_up_to_the_people(made: Demo) -> None:
    for group in STAFF:
        for item in known(made, group):
            if item.month not in (made.months[0], made.months[-1]):
                continue
            profile = age_profile(item.staff_group, item.cells)
            bands = profile.headcount_by_band
            assert sum(n or 0 for n in bands["total"].values()) == profile.headcount
            for band in AGE_BANDS[group]:
                by_sex = (bands["female"][band] or 0) + (bands["male"][band] or 0)
                assert bands["total"][band] == by_sex


def test_trainees_are_printed_apart(made: Demo) -> None:
    latest = [item for item in known(made, "gp") if item.month == made.months[-1]]
    assert sum(age_profile("gp", item.cells).trainee_headcount or 0 for item in latest) >= 30


def test_some_practices_are_not_known_lately(made: Demo) -> None:
    unknown = [item for item in made.printed if set(item.values) == {None}]
    assert len(unknown) == NOT_KNOWN_MONTHS * len(NOT_KNOWN)
    assert {item.month for item in unknown} == set(made.months[-NOT_KNOWN_MONTHS:])
    assert {item.staff_group for item in unknown} == {"gp", "nurses"}


def test_some_practices_are_too_small_for_an_outlook_of_their_own(made: Demo) -> None:
    latest = [item for item in known(made, "gp") if item.month == made.months[-1]]
    assert sum((age_profile("gp", item.cells).headcount or 0) < 5 for item in latest) >= 8


def test_places_change_from_month_to_month(made: Demo) -> None:
    totals = []
    for month in made.months:
        of_month = [item for item in made.printed if item.month == month]
        totals.append(
            sum(
                int(item.cells["total_gp_extgl_hc"] or 0)
                for item in of_month
                if item.staff_group == "gp"
            )
        )
    assert len(set(totals)) > 8
    assert max(totals) - min(totals) < 40
