import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from hubs.demo import national
from hubs.demo.counted import Counted
from hubs.demo.load import Demo
from hubs.demo.other_staff import GROUPS, make_other_staff
from retention.imports.cells import ROLES
from tests.retention.reference.test_england import printed


@pytest.fixture(scope="module")
def staff(made: Demo, made_on: dt.date) -> list[Counted]:
    return make_other_staff(made.places, [], made.months, made_on)


@pytest.mark.parametrize(("group", "people"), [("dpc", 208), ("admin", 911)])
def test_as_many_for_each_gp_as_in_england(
    staff: list[Counted], made: Demo, group: str, people: int
) -> None:
    for month in (made.months[0], made.months[-1]):
        here = [one for one in staff if one.group == group and one.works_on(month)]
        assert len(here) == pytest.approx(people, rel=0.08)


def test_roles_are_those_of_the_file() -> None:
    for group, roles in GROUPS.items():
        assert set(roles) <= set(ROLES[group])


def test_posts_change_hands_and_nobody_is_followed(staff: list[Counted], made: Demo) -> None:
    left = [one for one in staff if one.ends_on]
    assert 0.2 < len(left) / (len(staff) - len(left)) < 0.36
    assert all(made.months[0] <= one.ends_on for one in left if one.ends_on)


def test_some_ages_are_not_known(staff: list[Counted], made_on: dt.date) -> None:
    bands = Counter(one.band_on(made_on) for one in staff)
    assert 0 < bands["unknown"] / len(staff) < 0.08
    assert bands["55to59"] > bands["25to29"]


LABELS = {
    "hca": "Healthcare Assistants",
    "dispenser": "Dispensers",
    "pharma": "Pharmacists",
    "phleb": "Phlebotomists",
    "paramed": "Paramedics",
    "physician_assoc": "Physician Associates",
    "nurse_assoc": "Nursing Associates",
    "pharmt": "Pharmacy Technicians",
    "gpa": "General Practice Assistants",
    "splw": "Social Prescribing Link Workers",
    "physio": "Physiotherapists",
    "recept": "Receptionists",
    "manager": "Managers",
    "med_secretary": "Medical Secretaries",
    "estates_anc": "Estates and Ancillary",
    "teleph": "Telephonists",
    "manage_ptnr": "Management Partners",
}


@pytest.mark.real_data
@pytest.mark.parametrize(("measure", "sheet"), [(0, "1b"), (1, "1a")])
def test_people_and_hours_are_as_published(real_data: Path, measure: int, sheet: str) -> None:
    blocks = printed(real_data / "gpw-bulletin-2025-10.xlsx", sheet)
    for roles in GROUPS.values():
        for role in set(roles) & set(LABELS):
            # Of both sexes; each alone follows further down.
            published = float(blocks[LABELS[role]][0][1])
            assert roles[role][measure] == pytest.approx(published, abs=0.06), role


@pytest.mark.real_data
def test_people_in_all_and_women_are_as_published(real_data: Path) -> None:
    blocks = printed(real_data / "gpw-bulletin-2025-10.xlsx", "1b")
    words = {"dpc": "Direct Patient Care", "admin": "Admin/Non-Clinical"}
    for group, label in words.items():
        everyone, women, men = (
            float(blocks[f"{who} {label}"][0][1]) for who in ("All", "Female", "Male")
        )
        assert national.OTHER_STAFF[group] == everyone
        assert national.OTHER_FEMALE_SHARE[group] == women / (women + men)
