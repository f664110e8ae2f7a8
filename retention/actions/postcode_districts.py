"""Puts postcode districts into the record."""

from collections.abc import Sequence

from retention.actions.import_report import Outcome
from retention.actions.practice_map import BATCH
from retention.imports.postcode_districts import DistrictRow
from retention.models.postcode_district import PostcodeDistrict


def outcomes_of(rows: Sequence[DistrictRow]) -> tuple[list[Outcome], list[DistrictRow]]:
    """Return what each row would do, and the rows that have to be written."""
    known = {
        code: (latitude, longitude)
        for code, latitude, longitude in PostcodeDistrict.objects.values_list(
            "code", "latitude", "longitude"
        )
    }
    outcomes: list[Outcome] = []
    for row in rows:
        if row.code not in known:
            outcomes.append("created")
        else:
            same = known[row.code] == (row.latitude, row.longitude)
            outcomes.append("unchanged" if same else "changed")
    pairs = zip(rows, outcomes, strict=True)
    return outcomes, [row for row, outcome in pairs if outcome != "unchanged"]


def store(rows: Sequence[DistrictRow]) -> None:
    """Write districts, new or corrected; call inside a transaction."""
    # A district that a file leaves out stays: a list may be of one region.
    PostcodeDistrict.objects.bulk_create(
        [PostcodeDistrict(code=r.code, latitude=r.latitude, longitude=r.longitude) for r in rows],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["latitude", "longitude"],
    )
