"""Person-years: one row for each person and each year in which they were there to leave.

An exit belongs to the row of its year. A cut of sessions is not an exit: it shows as fewer
sessions and a change in the rows that follow.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.arrays import Floats

# Whoever is older than this in a post has a record without an end, not a long career.
OLDEST = 110
CHANGE_YEARS = 3
STAYED = 0


@dataclass(frozen=True)
class PersonYears:
    """Rows of person-years, all arrays of shape (rows,).

    age: reached in the year; tenure: 1 in the first year; female: 1.0 or 0.0, NaN unknown;
    event: 0 stayed, or the number of a cause from 1; sessions: weekly, as the year starts;
    sessions_change: since three years before (NaN where either is unknown); role: "" unknown.
    """

    person: NDArray[np.int64]
    year: NDArray[np.int64]
    age: NDArray[np.int64]
    tenure: NDArray[np.int64]
    female: Floats
    event: NDArray[np.int64]
    sessions: Floats
    sessions_change: Floats
    role: NDArray[np.str_]

    def __post_init__(self) -> None:
        """Refuse columns of different lengths."""
        lengths = {len(getattr(self, field.name)) for field in fields(self)}
        if len(lengths) != 1:
            raise ValueError(f"Person-years have columns of different lengths: {sorted(lengths)}.")

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.year)

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Self:
        """Return some of the rows."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def advance(self, years: int) -> Self:
        """Return the same people so many years on: year, age and tenure move, the rest is held.

        What happens to them is not known then: events are those of the starting year.
        """
        return replace(
            self, year=self.year + years, age=self.age + years, tenure=self.tenure + years
        )


def person_years(
    *,
    person: ArrayLike,
    year: ArrayLike,
    age: ArrayLike,
    tenure: ArrayLike,
    event: ArrayLike,
    female: ArrayLike | None = None,
    sessions: ArrayLike | None = None,
    sessions_change: ArrayLike | None = None,
    role: ArrayLike | None = None,
) -> PersonYears:
    """Make person-years from columns; those left out are unknown.

    Raises ValueError for columns of different lengths and for a person twice in one year.
    """
    rows = len(np.asarray(year))
    unknown = np.full(rows, np.nan)
    made = PersonYears(
        person=np.asarray(person, dtype=np.int64),
        year=np.asarray(year, dtype=np.int64),
        age=np.asarray(age, dtype=np.int64),
        tenure=np.asarray(tenure, dtype=np.int64),
        event=np.asarray(event, dtype=np.int64),
        female=unknown if female is None else np.asarray(female, dtype=np.float64),
        sessions=unknown if sessions is None else np.asarray(sessions, dtype=np.float64),
        sessions_change=(
            unknown if sessions_change is None else np.asarray(sessions_change, dtype=np.float64)
        ),
        role=np.full(rows, "") if role is None else np.asarray(role, dtype=np.str_),
    )
    # Two rows of a year would be two chances to leave where there was one.
    if len(np.unique(np.stack([made.person, made.year], axis=-1), axis=0)) != rows:
        raise ValueError("A person has two rows in one year.")
    return made


@dataclass(frozen=True)
class Career:
    """One person's time in a workforce, in calendar years, from which person-years are made.

    `last_year` is the year of the exit, or the last one observed; `event` is then the cause, or 0
    for whoever is still there. `sessions` are weekly sessions by year, as that year starts;
    years between two that are known carry the earlier one.
    """

    person: int
    birth_year: int
    first_year: int
    last_year: int
    event: int = STAYED
    female: float = float("nan")
    role: str = ""
    sessions: tuple[tuple[int, float], ...] = ()


def from_careers(careers: Iterable[Career]) -> PersonYears:
    """Split careers into person-years. Raises ValueError where one ends before it starts."""
    rows = [row for career in careers for row in _rows_of(career)]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 9
    names = (
        *("person", "year", "age", "tenure", "event"),
        *("female", "sessions", "sessions_change", "role"),
    )
    return person_years(**dict(zip(names, columns, strict=True)))


def _rows_of(career: Career) -> list[tuple[object, ...]]:
    if career.last_year < career.first_year:
        raise ValueError(f"The career of person {career.person} ends before it starts.")
    known = sorted(career.sessions)
    rows: list[tuple[object, ...]] = []
    for year in range(career.first_year, career.last_year + 1):
        now, then = _sessions_in(known, year), _sessions_in(known, year - CHANGE_YEARS)
        rows.append(
            (
                career.person,
                year,
                year - career.birth_year,
                year - career.first_year + 1,
                career.event if year == career.last_year else STAYED,
                career.female,
                now,
                now - then,
                career.role,
            )
        )
    return rows


def _sessions_in(known: list[tuple[int, float]], year: int) -> float:
    """Weekly sessions as a year starts: the latest known by then, NaN before the first."""
    # Never one of a later year: a forecast could not have known it.
    before = [sessions for from_year, sessions in known if from_year <= year]
    return before[-1] if before else float("nan")


def outcome_within(rows: PersonYears, years: int, *, cause: int) -> NDArray[np.bool_]:
    """Whether each row's person has this event in its year or the `years` - 1 that follow.

    Shape (rows,). An exit for another cause is no event: it competes. Nothing is said of whether
    the follow-up is complete; see `followed_up`.
    """
    last_year, last_event = _ends(rows)
    # Of the person, not of the row: the year of exit is some row further on.
    within: NDArray[np.bool_] = (last_event == cause) & (last_year < rows.year + years)
    return within


def followed_up(rows: PersonYears, years: int, *, until: int) -> NDArray[np.bool_]:
    """Whether each row's window of `years` ends by `until`, the last year observed: (rows,)."""
    complete: NDArray[np.bool_] = rows.year + years - 1 <= until
    return complete


def _ends(rows: PersonYears) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Last year and the event in it, of the person of each row."""
    # By person, then by year: the last of each run is the person's last year.
    order = np.lexsort([rows.year, rows.person])
    people, first = np.unique(rows.person[order], return_index=True)
    last = order[np.append(first[1:], len(order)) - 1]
    place = np.searchsorted(people, rows.person)
    return rows.year[last][place], rows.event[last][place]
