import pytest

from retention.models import PublishedProfile
from retention.models.published_count import StaffGroup
from retention.presenters.other_staff import (
    HEADERS,
    NO_OTHER_STAFF,
    OtherStaff,
    in_fte,
    other_staff_section,
)
from retention.queries.other_staff import StaffOutlook
from tests.retention.presenters.test_outlook import outlook


def row(people: int, *, has_outlook: bool = True, known: bool = True) -> StaffOutlook:
    heads = {"50to54": people - 1, "60to64": 1} if known else {}
    profile = PublishedProfile(staff_group="nurses", headcount=heads, fte=people * 0.5)
    return StaffOutlook(
        StaffGroup.NURSES, profile, outlook(staff_group="nurses") if has_outlook else None, True
    )


def cells(section: OtherStaff) -> list[str]:
    assert section.table
    (found,) = section.table.rows
    return found


def test_a_group_with_an_outlook_is_told_in_fte() -> None:
    section = other_staff_section([row(8)], may_see_outlook=True)
    # 54.6 sessions (33.5 to 75.6) are 6.07 FTE.
    lost = "6.1 (3.7 to 8.4)"
    assert cells(section) == ["Nurses", "8", "4.0", "13%", lost, lost]
    assert "June 2025" in section.notes[0]
    assert "GP-England-2026.2" in section.notes[0]
    assert "assumed" in section.notes[1]


def test_each_horizon_has_its_losses_and_chances() -> None:
    [group] = other_staff_section([row(8)], may_see_outlook=True).groups
    made = outlook(staff_group="nurses")
    assert [line[0] for line in group.losses.rows] == [
        f"{years}\N{NO-BREAK SPACE}year" + "s" * (years > 1) for years in made.horizons
    ]
    assert group.losses.rows[0][1:3] == ["6.1", "3.7 to 8.4"]
    level = made.horizons[1].chances[0][0]
    assert group.chances.rows[0][0] == f"{in_fte(level):.1f} FTE"
    assert len(group.chances.headers) == 1 + len(made.horizons)


def test_too_few_people_have_neither_share_nor_outlook() -> None:
    section = other_staff_section([row(4, has_outlook=False)], may_see_outlook=True)
    few = "Fewer than 5 people"
    assert cells(section) == ["Nurses", "4", "2.0", few, few, few]
    assert section.notes == []
    assert section.groups == []


def test_without_hours_there_is_no_outlook() -> None:
    section = other_staff_section([row(9, has_outlook=False)], may_see_outlook=True)
    assert cells(section)[-2:] == ["No outlook", "No outlook"]


def test_not_known_is_never_zero() -> None:
    found = cells(
        other_staff_section([row(0, has_outlook=False, known=False)], may_see_outlook=True)
    )
    assert found == ["Nurses", *["Not known"] * 5]


def test_nobody_is_said_and_has_no_share() -> None:
    heads = {"50to54": 0, "60to64": 0}
    profile = PublishedProfile(staff_group="dpc", headcount=heads, fte=0.0)
    none = StaffOutlook(StaffGroup.DIRECT_PATIENT_CARE, profile, None, True)
    section = other_staff_section([none], may_see_outlook=True)
    assert cells(section) == ["Direct patient care", "0", "0.0", "Nobody", "Nobody", "Nobody"]


def test_who_may_see_no_outlook_sees_what_is_published() -> None:
    section = other_staff_section([row(8, has_outlook=False)], may_see_outlook=False)
    assert section.table
    assert section.table.headers == HEADERS[:4]
    assert cells(section) == ["Nurses", "8", "4.0", "13%"]


def test_no_groups_make_no_section() -> None:
    assert other_staff_section([], may_see_outlook=True) == NO_OTHER_STAFF


def test_nine_sessions_are_one_fte() -> None:
    assert in_fte(13.5) == pytest.approx(1.5)
