"""Adds printed counts up to age profiles: of each practice, and of every place it belongs to."""

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from organisations.models.organisation import Kind
from organisations.queries.membership import practices_by_place
from retention.actions.practice_map import BATCH
from retention.imports.age_profile import (
    PrintedAgeProfile,
    nurses,
    qualified_permanent_gps,
    sessions_by_band,
)
from retention.models.published_count import PublishedCount, StaffGroup
from retention.models.published_profile import PublishedProfile

PROFILES = {StaffGroup.GP: qualified_permanent_gps, StaffGroup.NURSES: nurses}
WHOLE_NUMBERS = ("people", "trainees", "patients", "practices", "practices_not_known")
NUMBERS = (*WHOLE_NUMBERS, "fte", "trainee_fte", "all_fte")
WRITTEN = ("headcount", "sessions", "by_sex", *NUMBERS)


def rebuild_profiles(month: dt.date, practices: Collection[int] | None = None) -> None:
    """Make the profiles of a month again: of `practices` (all if None), then of every place.

    Call inside the transaction that changed the counts, so that no reader sees the two differ.
    """
    counts = PublishedCount.objects.filter(month=month)
    patients = _patients(month)
    for group, read in PROFILES.items():
        of_group = counts.filter(staff_group=group)
        if practices is not None:
            of_group = of_group.filter(practice__in=practices)
        _write(
            _practice_profile(practice, month, group, read(cells), patients.get(practice))
            for practice, cells in of_group.values_list("practice", "cells").iterator()
        )
    rebuild_places(month)


def rebuild_places(month: dt.date) -> None:
    """Add the practices' profiles of a month up for every place that had them at its end."""
    import pandas as pd  # slow to load, and only a load of a file needs it

    last_day = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    members = pd.DataFrame(
        [
            (place, practice)
            for place, practices in practices_by_place(last_day).items()
            for practice in practices
        ],
        columns=["place", "practice"],
    )
    for group in PROFILES:
        profiles = PublishedProfile.objects.filter(month=month, staff_group=group)
        practices = profiles.filter(organisation__kind=Kind.PRACTICE)
        profiles.exclude(organisation__kind=Kind.PRACTICE).delete()
        frame = pd.DataFrame([_flat(profile) for profile in practices.iterator()])
        if frame.empty:
            continue
        # As floats, so that what is not known is NaN in every column.
        joined = members.merge(frame.astype(float), on="practice").drop(columns="practice")
        # A sum of nothing known is not known; a sum of some is of those.
        sums = joined.groupby("place").sum(min_count=1)
        _write(
            _from_flat(int(place), month, group, row)
            for place, row in zip(sums.index, sums.to_dict("records"), strict=True)
        )


def months_with_profiles() -> list[dt.date]:
    """Return the months that have profiles, oldest first."""
    months = PublishedProfile.objects.order_by("month").values_list("month", flat=True).distinct()
    return list(months)


def _patients(month: dt.date) -> dict[int, int]:
    counts = PublishedCount.objects.filter(month=month, staff_group="patients")
    return {
        practice: int(total)
        for practice, total in counts.values_list("practice", "cells__total_patients").iterator()
        if total is not None
    }


def _practice_profile(
    practice: int, month: dt.date, group: str, printed: PrintedAgeProfile, patients: int | None
) -> PublishedProfile:
    heads = printed.headcount_by_band
    known = printed.is_known
    return PublishedProfile(
        organisation_id=practice,
        month=month,
        staff_group=group,
        headcount=dict(heads["total"]) if known else {},
        sessions=sessions_by_band(printed) if known else {},
        by_sex={sex: dict(heads[sex]) for sex in ("female", "male")} if known else {},
        people=printed.headcount if known else None,
        fte=printed.fte if known else None,
        trainees=printed.trainee_headcount,
        trainee_fte=printed.trainee_fte,
        all_fte=printed.fte_in_all,
        patients=patients,
        practices=1,
        practices_not_known=0 if known else 1,
    )


def _flat(profile: PublishedProfile) -> dict[str, Any]:
    """Return a profile as one row of a frame, a column for each band and number."""
    bands = {"headcount": profile.headcount, "sessions": profile.sessions, **profile.by_sex}
    cells = {f"{name} {band}": n for name, by_band in bands.items() for band, n in by_band.items()}
    numbers = {f"number {name}": getattr(profile, name) for name in NUMBERS}
    return {"practice": profile.organisation_id, **cells, **numbers}


def _from_flat(
    place: int, month: dt.date, group: str, row: Mapping[Hashable, float]
) -> PublishedProfile:
    """Return the profile of a place from a row of sums; a column without one is not known."""
    cells: dict[str, dict[str, float]] = {}
    for column, value in row.items():
        name, key = str(column).split(" ", 1)
        if value == value:  # not NaN
            # Heads stay whole numbers, so that a place prints like a practice.
            whole = name in ("headcount", "female", "male") or key in WHOLE_NUMBERS
            cells.setdefault(name, {})[key] = round(value) if whole else value
    return PublishedProfile(
        organisation_id=place,
        month=month,
        staff_group=group,
        headcount=cells.get("headcount", {}),
        sessions=cells.get("sessions", {}),
        by_sex={sex: cells[sex] for sex in ("female", "male") if sex in cells},
        **cells.get("number", {}),
    )


def _write(profiles: Iterable[PublishedProfile]) -> None:
    PublishedProfile.objects.bulk_create(
        profiles,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["organisation", "month", "staff_group"],
        update_fields=list(WRITTEN),
    )
