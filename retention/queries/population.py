"""The people behind a place's workforce: patients by age, how deprived, how rural; the sessions.

Open data alone, for everyone signed in. What is missing is counted, never taken for zero.
"""

import datetime as dt
import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db.models import Count, Max, Sum

from models.fifths import fifth_edges, fifth_of
from models.sessions import fte_to_sessions
from models.similar_places import weighted_mean
from organisations.models.link import Link
from organisations.models.organisation import Organisation
from organisations.queries.membership import practices_counted
from retention.models.published_count import PublishedRelease, StaffGroup
from retention.models.published_place import Deprivation, RegisteredPatients
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import month_end
from retention.queries.england import COVERED_FROM
from retention.queries.main_icb import registered_patients
from retention.queries.public_outlook import outlook_key
from retention.queries.rurality import ListRurality, list_rurality
from retention.reference.england_population import DEPRIVATION_EDGES, PATIENTS, PATIENTS_ON

# The file's five-year groups, put together as they matter for the work: first and last position.
AGE_GROUPS: Mapping[str, slice] = {
    "Under 15": slice(0, 3),
    "15 to 44": slice(3, 9),
    "45 to 64": slice(9, 13),
    "65 to 74": slice(13, 15),
    "75 to 84": slice(15, 17),
    "85 and over": slice(17, 20),
}
OLDER = ("65 to 74", "75 to 84", "85 and over")
MOST_DEPRIVED = 5
_KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Patients:
    """Registered patients on the first of a month, by sex in the order of AGE_GROUPS.

    `england` are the shares of England's patients in the same groups, on `england_on`: of the
    loaded practices where they cover England, else as published.
    """

    month: dt.date
    women: tuple[int, ...]
    men: tuple[int, ...]
    practices: int
    not_known: int
    england: tuple[float, ...]
    england_on: dt.date

    @property
    def total(self) -> int:
        """Everyone registered."""
        return sum(self.women) + sum(self.men)


@dataclass(frozen=True)
class ListDeprivation:
    """The score of a practice, or the mean of a place's practices by their patients.

    `fifth` is 1 (least deprived) to 5 (most), among England's practices; `most_deprived` the share
    of the patients whose practice is in the fifth. Both are None for an edition whose fifths are
    neither loaded nor brought along.
    """

    year: int
    score: float
    practices: int
    not_known: int
    fifth: int | None
    most_deprived: float | None


@dataclass(frozen=True)
class Behind:
    """Patients and estimated weekly sessions of the practices whose figures are both known."""

    month: dt.date
    patients: int
    sessions: float
    practices: int
    not_known: int


@dataclass(frozen=True)
class Population:
    """The patients of a place; a part is None where nothing was loaded for its practices."""

    patients: Patients | None
    deprivation: ListDeprivation | None
    rurality: ListRurality | None
    behind: Behind | None


def population(place: Organisation, month: dt.date | None, as_at: dt.date) -> Population:
    """Return the newest figures of a place's practices known on a day; a fixed number of queries.

    month: that of the workforce figures, which the sessions are of. Kept for a day, or until
    another file is loaded or a practice comes or goes.
    """
    key = outlook_key("population", [place], month or as_at, as_at, loaded(), _placed())
    found: Population | None = cache.get(key)
    if found is None:
        found = _made(place, month, as_at)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def loaded() -> int | None:
    """Return what tells one state of the loaded files from the next; one query."""
    newest: int | None = PublishedRelease.objects.aggregate(newest=Max("pk"))["newest"]
    return newest


def _placed() -> tuple[int | None, int]:
    """Return what tells one state of who belongs where from the next; one query.

    A practice that closes or merges loads no file: links end or begin, as at today.
    """
    links = Link.objects.aggregate(newest=Max("pk"), ended=Count("ends_on"))
    return links["newest"], links["ended"]


def _made(place: Organisation, month: dt.date | None, as_at: dt.date) -> Population:
    practices = practices_counted(place, as_at)
    totals, patients = _patients(practices, as_at)
    # The workforce file prints list sizes too, where no file of patients is loaded.
    weights = totals or registered_patients(practices, month)
    return Population(
        patients=patients,
        deprivation=_deprivation(practices, weights, as_at),
        rurality=list_rurality(practices, weights, as_at),
        behind=_behind(practices_counted(place, month_end(month)), month) if month else None,
    )


def _patients(
    practices: Collection[int], as_at: dt.date
) -> tuple[Mapping[int, int], Patients | None]:
    """Return the newest lists known on a day: patients by practice, and all by age."""
    rows = RegisteredPatients.objects.filter(practice__in=practices)
    month = rows.filter(month__lte=as_at).aggregate(newest=Max("month"))["newest"]
    if month is None:
        return {}, None
    lists = list(rows.filter(month=month).values_list("practice", "total", "counts"))
    counts = [by_sex for _, _, by_sex in lists]
    england = _england_loaded(month)
    return (
        {practice: total for practice, total, _ in lists},
        Patients(
            month=month,
            women=grouped(by_sex["female"] for by_sex in counts),
            men=grouped(by_sex["male"] for by_sex in counts),
            practices=len(lists),
            not_known=len(practices) - len(lists),
            england=england or england_published(),
            england_on=month if england else PATIENTS_ON,
        ),
    )


def grouped(counts: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Add up counts by the file's groups, and return the sums by AGE_GROUPS."""
    sums = np.array(list(counts), dtype=np.int64).sum(axis=0)
    return tuple(int(sums[group].sum()) for group in AGE_GROUPS.values())


@functools.cache
def england_published() -> tuple[float, ...]:
    """Return the shares of England's patients by AGE_GROUPS, as the service brings them along."""
    groups = grouped(PATIENTS.values())
    return tuple(group / sum(groups) for group in groups)


def _england_loaded(month: dt.date) -> tuple[float, ...] | None:
    """Return the shares of England's patients by AGE_GROUPS, where its practices are loaded."""
    key = f"patients-england:{month}:{loaded()}"
    found: tuple[float, ...] | None = cache.get(key)
    if found is None:
        rows = RegisteredPatients.objects.filter(month=month)
        # A part of England would be told as England.
        if rows.count() < COVERED_FROM:
            return None
        counts = list(rows.values_list("counts", flat=True))
        groups = grouped(by_sex[sex] for by_sex in counts for sex in ("female", "male"))
        found = tuple(group / sum(groups) for group in groups)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _deprivation(
    practices: Collection[int], weights: Mapping[int, int], as_at: dt.date
) -> ListDeprivation | None:
    rows = Deprivation.objects.filter(practice__in=practices)
    year = rows.filter(year__lte=as_at.year).aggregate(newest=Max("year"))["newest"]
    if year is None:
        return None
    scores = dict(rows.filter(year=year).values_list("practice", "score"))
    # One practice is its own mean, whether or not its list is known.
    weight = [1.0] if len(scores) == 1 else [float(weights.get(one, 0)) for one in scores]
    score = weighted_mean(list(scores.values()), weight)
    if score is None:
        return None
    edges = _edges_in_england(year)
    counted = sum(1 for one in weight if one)
    return ListDeprivation(
        year=year,
        score=score,
        practices=counted,
        not_known=len(practices) - counted,
        fifth=fifth_of(score, edges) if edges else None,
        most_deprived=_most_deprived(scores.values(), weight, edges) if edges else None,
    )


def _most_deprived(
    scores: Iterable[float], weights: Sequence[float], edges: Sequence[float]
) -> float | None:
    in_fifth = [float(fifth_of(score, edges) == MOST_DEPRIVED) for score in scores]
    return weighted_mean(in_fifth, weights)


def _edges_in_england(year: int) -> tuple[float, ...] | None:
    """Return the edges between the fifths of England's practices: loaded, else as published."""
    key = f"deprivation-edges:{year}:{loaded()}"
    edges: tuple[float, ...] | None = cache.get(key)
    if edges is None:
        scores = list(Deprivation.objects.filter(year=year).values_list("score", flat=True))
        if len(scores) < COVERED_FROM:
            return DEPRIVATION_EDGES.get(year)
        edges = fifth_edges(scores)
        cache.set(key, edges, _KEPT_SECONDS)
    return edges


def _behind(practices: Collection[int], month: dt.date) -> Behind | None:
    rows = PublishedProfile.objects.filter(
        organisation__in=practices, month=month, staff_group=StaffGroup.GP
    )
    known = rows.filter(fte__isnull=False, patients__isnull=False)
    found = known.aggregate(patients=Sum("patients"), fte=Sum("fte"), practices=Count("pk"))
    if not found["practices"]:
        return None
    return Behind(
        month=month,
        patients=found["patients"],
        sessions=fte_to_sessions(found["fte"]),
        practices=found["practices"],
        not_known=rows.count() - found["practices"],
    )
