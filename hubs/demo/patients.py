"""The people on the demo's lists: how many, how old, and how deprived and rural their places."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hubs.demo import national
from hubs.demo.former import Former
from hubs.demo.places import Places
from hubs.demo.seed import stream
from retention.imports.cells import Cell
from retention.imports.registered_patients import AGES
from retention.reference.england_population import PATIENTS

LISTS_GROW_A_YEAR = 0.007
# How much older (or younger) than England's each network's patients are, how deprived, and how many
# of its practices are rural; the spread of practices within a network. All assumed.
OLDER_BY = (0.55, -0.1, 0.1, 0.25, -0.5, 0.2, -0.2, 0.3)
DEPRIVATION = (31, 14, 10, 21, 43, 18, 27, 12)
RURAL = (0.5, 1.0, 0.2, 0.4, 0.0, 0.0, 0.0, 1.0)
OLDER_SPREAD, DEPRIVATION_SPREAD = 0.12, 5.0
LEAST, MOST = 4.0, 64.0
DEPRIVATION_YEAR = RURALITY_YEAR = 2025
# The bands of the workforce file, as slices of five-year ages.
_BANDS: Mapping[str, slice] = {
    "0to4": slice(0, 1),
    "5to14": slice(1, 3),
    "15to44": slice(3, 9),
    "45to64": slice(9, 13),
    "65to74": slice(13, 15),
    "75to84": slice(15, 17),
    "85plus": slice(17, 20),
}
ByAge = dict[str, list[int]]


@dataclass(frozen=True)
class PracticeList:
    """A practice's patients today (for one that is gone: on its last day) and their ages.

    `weights` are by sex and place in AGES. From `closed_on` on `share` of a list is another's;
    before, it was the other way round.
    """

    code: str
    patients: int
    weights: Mapping[tuple[str, int], float]
    score: float
    rural: bool
    opened_to_others_on: dt.date | None = None
    share: float = 0.0
    closed_on: dt.date | None = None

    def patients_on(self, date: dt.date, today: dt.date) -> int:
        """Return how many were registered on a date: lists grow, and take in others' patients."""
        years = (today - date).days / 365.25
        size: float = self.patients / (1 + LISTS_GROW_A_YEAR) ** years
        if self.opened_to_others_on and date < self.opened_to_others_on:
            size *= 1 - self.share
        return round(size)

    def by_age_on(self, date: dt.date, today: dt.date) -> ByAge:
        """Return the patients of a date by sex, in the order of AGES."""
        shared = national.quota(self.patients_on(date, today), self.weights)
        return {sex: [shared[sex, age] for age in range(len(AGES))] for sex in ("female", "male")}


def make_lists(places: Places, former: Sequence[Former]) -> list[PracticeList]:
    """Return the lists of all practices, those that are gone last."""
    sizes, rng = _list_sizes(places), stream("ages of patients")
    lists: list[PracticeList] = []
    where = stream("rural practices")
    went = {one.change.into: one for one in former}
    for number, practice in enumerate(places.practices):
        network, joined = places.network_of[number], went.get(number)
        lists.append(
            PracticeList(
                code=practice.code,
                patients=sizes[number],
                weights=_weights(OLDER_BY[network] + rng.gauss(0, OLDER_SPREAD)),
                score=_score(DEPRIVATION[network] + rng.gauss(0, DEPRIVATION_SPREAD)),
                rural=where.random() < RURAL[network],
                opened_to_others_on=joined.closed_on if joined else None,
                share=joined.change.share if joined else 0.0,
            )
        )
    for one in former:
        into = lists[one.change.into]
        lists.append(
            PracticeList(
                code=one.place.code,
                patients=round(into.patients * one.change.share),
                weights=into.weights,
                score=_score(into.score + rng.gauss(0, DEPRIVATION_SPREAD)),
                rural=into.rural,
                closed_on=one.closed_on,
            )
        )
    return lists


def open_on(lists: Sequence[PracticeList], date: dt.date) -> Iterator[PracticeList]:
    """Yield the lists of practices that are open on a date."""
    return (one for one in lists if one.closed_on is None or date < one.closed_on)


def patient_cells(by_age: ByAge) -> dict[str, Cell]:
    """Return what the workforce file prints of a list of patients."""
    cells: dict[str, Cell] = {}
    for sex, counts in by_age.items():
        cells |= {f"{sex}_patients_{band}": sum(counts[ages]) for band, ages in _BANDS.items()}
        cells[f"total_{sex}"] = sum(counts)
    everyone = sum(sum(counts) for counts in by_age.values())
    return cells | {"total_patients": everyone, "total_unknown_gender": 0}


def _list_sizes(places: Places) -> list[int]:
    """Return the patients of each practice today: England's for each GP, more or less."""
    rng = stream("patients")
    return [
        round((gps + 0.4) * national.PATIENTS_FOR_A_GP * rng.uniform(0.75, 1.25))
        for gps in places.gps
    ]


def _weights(older_by: float) -> dict[tuple[str, int], float]:
    """Return England's patients by sex and age, tilted: above 0 is older, below 0 younger."""
    return {
        (sex, age): people * math.exp(older_by * (5 * age - 40) / 40)
        for sex, counts in PATIENTS.items()
        for age, people in enumerate(counts)
    }


def _score(mean: float) -> float:
    return round(min(MOST, max(LEAST, mean)), 3)
