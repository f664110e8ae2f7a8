"""Stores the demo's published files: each under a release whose name says that it is made up."""

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction

from hubs.demo.patients import DEPRIVATION_YEAR, RURALITY_YEAR, PracticeList, open_on
from hubs.demo.places import Places
from retention.actions.practice_level import PrintedCells, store
from retention.actions.published_profiles import store_profiles
from retention.imports import (
    deprivation,
    network_workforce,
    practice_level,
    practice_rurality,
    registered_patients,
)
from retention.models import (
    Deprivation,
    NetworkWorkforce,
    PracticeRurality,
    PublishedRelease,
    RegisteredPatients,
)
from retention.tasks.outlooks import make_outlooks_task

# Enough to tell a change from: the others are made when somebody asks.
MONTHS_WITH_OUTLOOKS = 2
# Patients by age are stored for the last month, for one a year before, and for the first.
PATIENTS_MONTHS = (-1, -13, 0)


def store_releases(
    places: Places,
    printed: Iterable[PrintedCells],
    lists: Sequence[PracticeList],
    staff: Sequence[NetworkWorkforce],
    today: dt.date,
) -> None:
    """Store all published files; `printed` by month, oldest first. Call inside a transaction."""
    months = []
    for month, rows in itertools.groupby(printed, key=lambda item: item.month):
        of_month = list(rows)
        release = _release(practice_level.FORMAT, month, _practices(of_month), of_month)
        store(of_month, release)
        store_profiles(month, of_month)
        months.append(month)
    for month in months[-MONTHS_WITH_OUTLOOKS:]:
        transaction.on_commit(partial(make_outlooks_task.enqueue, month.isoformat()))
    keys = {place.code: place.pk for place in (*places.practices, *places.former)}
    for number in PATIENTS_MONTHS:
        _store_patients(keys, lists, months[number], today)
    _store_deprivation(keys, lists)
    _store_rurality(keys, lists)
    for month in sorted({each.month for each in staff}):
        of_networks = [each for each in staff if each.month == month]
        release = _release(network_workforce.FORMAT, month, sum(e.posts for e in of_networks))
        for each in of_networks:
            each.release = release
        NetworkWorkforce.objects.bulk_create(of_networks)


def _practices(printed: Iterable[PrintedCells]) -> int:
    return len({item.practice for item in printed})


def _release(
    name: str, month: dt.date, rows: int, printed: Iterable[PrintedCells] = ()
) -> PublishedRelease:
    """Return a saved release; its digest stands in for that of a file."""
    file_name = f"made-up-for-the-demo-{name.replace('_', '-')}-{month:%Y-%m}.csv"
    text = file_name + "".join(item.digest for item in printed)
    return PublishedRelease.objects.create(
        format=name,
        file_name=file_name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        month=month,
        rows=rows,
    )


def _store_patients(
    keys: dict[str, int], lists: Sequence[PracticeList], month: dt.date, today: dt.date
) -> None:
    """Store the patients of a month's first day by age."""
    there = list(open_on(lists, month))
    release = _release(registered_patients.FORMAT, month, len(there))
    counts = [(one, one.by_age_on(month, today)) for one in there]
    RegisteredPatients.objects.bulk_create(
        RegisteredPatients(
            practice_id=keys[one.code],
            month=month,
            total=sum(map(sum, by_age.values())),
            counts=by_age,
            release=release,
        )
        for one, by_age in counts
    )


def _store_deprivation(keys: dict[str, int], lists: Sequence[PracticeList]) -> None:
    release = _release(deprivation.FORMAT, dt.date(DEPRIVATION_YEAR, 1, 1), len(lists))
    Deprivation.objects.bulk_create(
        Deprivation(
            practice_id=keys[one.code], year=DEPRIVATION_YEAR, score=one.score, release=release
        )
        for one in lists
    )


def _store_rurality(keys: dict[str, int], lists: Sequence[PracticeList]) -> None:
    release = _release(practice_rurality.FORMAT, dt.date(RURALITY_YEAR, 3, 1), len(lists))
    PracticeRurality.objects.bulk_create(
        PracticeRurality(
            practice_id=keys[one.code], year=RURALITY_YEAR, rural=one.rural, release=release
        )
        for one in lists
    )
