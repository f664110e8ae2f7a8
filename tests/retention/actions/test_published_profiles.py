"""Profiles of every staff group, the same whether made with a load or made again later."""

import datetime as dt
from typing import Any

import pytest

from accounts.actor import Actor
from retention.actions.import_files import import_file
from retention.actions.published_profiles import (
    months_with_profiles,
    rebuild_places,
    rebuild_profiles,
)
from retention.imports.cells import AGE_BANDS, ROLES, cell_name
from retention.models import PublishedProfile
from tests.retention.imports.published_files import csv_bytes, level_rows, map_rows

pytestmark = pytest.mark.django_db
JUNE = dt.date(2025, 6, 1)


def staff(group: Any, old: int, fte: str) -> dict[str, str]:
    """Return the cells of a group in which `old` women of 60 to 64 are everyone there is."""
    cells = {
        cell_name(group, "hc", sex, "all", band): str(old * (band == "60to64" and sex != "male"))
        for sex in ("total", "female", "male")
        for band in AGE_BANDS[group]
    }
    return cells | {f"total_{group}_hc": str(old), f"total_{group}_fte": fte}


def load(*changes: dict[str, str]) -> None:
    data = csv_bytes(level_rows(*changes))
    (report,) = import_file(by=Actor.command("test"), source=data, name="level.csv")
    assert not report.rejected


def everything() -> list[dict[str, Any]]:
    rows = PublishedProfile.objects.order_by("organisation__code", "staff_group").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


@pytest.fixture
def loaded() -> None:
    """Load a map of two practices in one network, and counts of three staff groups of them."""
    import_file(by=Actor.command("test"), source=csv_bytes(map_rows({}, {})), name="map.csv")
    load(
        {
            **staff("dpc", 3, "2.5"),
            **staff("admin", 5, "4"),
            "total_dpc_pharma_hc": "2",
            "total_dpc_pharma_fte": "1.25",
            "total_admin_manager_hc": "0",
            "total_admin_manager_fte": "0",
            "total_gp_ptnr_prov_hc": "3",
            "total_gp_ptnr_prov_fte": "2",
        },
        {
            **staff("dpc", 1, "1"),
            **staff("admin", 0, "NA"),
            "total_dpc_pharma_hc": "1",
            "total_dpc_pharma_fte": "1",
            "total_admin_manager_hc": "NA",
            "total_admin_manager_fte": "NA",
            "total_gp_ptnr_prov_hc": "1",
            "total_gp_ptnr_prov_fte": "0.5",
        },
    )


@pytest.mark.usefixtures("loaded")
def test_every_staff_group_has_its_profile() -> None:
    found = {
        (p.organisation.code, p.staff_group): p
        for p in PublishedProfile.objects.select_related("organisation")
    }
    assert {group for _, group in found} == set(ROLES)
    pharmacy = found["Z90001", "dpc"]
    assert pharmacy.headcount["60to64"] == pharmacy.by_sex["female"]["60to64"] == 3
    assert pharmacy.sessions["60to64"] == 22.5
    assert (pharmacy.by_role, pharmacy.patients) == ({"pharma": [2, 1.25]}, 9_000)
    network = found["U90001", "dpc"]
    assert (network.people, network.fte, network.by_role) == (4, 3.5, {"pharma": [3, 2.25]})
    assert (network.practices, network.practices_not_known) == (2, 0)


@pytest.mark.usefixtures("loaded")
def test_what_one_practice_does_not_know_is_no_zero_in_the_network() -> None:
    network = PublishedProfile.objects.get(organisation__code="U90001", staff_group="admin")
    assert (network.people, network.fte, network.practices_not_known) == (5, 4.0, 1)
    unknown = PublishedProfile.objects.get(organisation__code="Z90002", staff_group="admin")
    assert (unknown.headcount, unknown.by_role, unknown.people) == ({}, {}, None)


@pytest.mark.usefixtures("loaded")
def test_partners_stand_beside_the_bands_of_the_qualified_permanent() -> None:
    network = PublishedProfile.objects.get(organisation__code="U90001", staff_group="gp")
    assert network.by_role == {"ptnr_prov": [4, 2.5]}


@pytest.mark.usefixtures("loaded")
def test_made_again_from_the_stored_counts_they_are_the_same() -> None:
    before = everything()
    rebuild_profiles(JUNE)
    assert everything() == before
    rebuild_places(JUNE)
    assert everything() == before
    assert months_with_profiles() == [JUNE]


@pytest.mark.usefixtures("loaded")
def test_a_correction_reaches_its_places_and_leaves_the_rest() -> None:
    load({"total_dpc_hi_thera_hc": "", **staff("dpc", 2, "2")})
    network = PublishedProfile.objects.get(organisation__code="U90001", staff_group="dpc")
    assert (network.people, network.fte) == (3, 3.0)
    admin = PublishedProfile.objects.get(organisation__code="U90001", staff_group="admin")
    assert admin.people == 5
