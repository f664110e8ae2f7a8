"""The profiles of many places as one array of numbers, so that a month adds up in one go."""

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from models.arrays import Floats
from retention.actions.json_text import NumberTexts
from retention.imports.age_profile import SESSIONS_PER_FTE, AgeProfiles
from retention.imports.cells import AGE_BANDS, Sex, StaffGroup

Keys = npt.NDArray[np.int64]

WHOLE_NUMBERS = ("people", "trainees", "patients", "practices", "practices_not_known")
FTE_NUMBERS = ("fte", "trainee_fte", "all_fte")
NUMBERS = (*WHOLE_NUMBERS, *FTE_NUMBERS)
BANDED = ("headcount", "sessions", "female", "male")
SEX_BLOCKS: tuple[Sex, ...] = ("female", "male")
# A column of PublishedProfile each, in the order of `rows`.
FIELDS = (
    "organisation",
    "month",
    "staff_group",
    "headcount",
    "sessions",
    "by_sex",
    "by_role",
    *NUMBERS,
)
# Half a second of work a week: finer would only be noise of the arithmetic, and cost disk.
SESSION_PLACES, FTE_PLACES = 4, 6
# Stands for NaN while texts are made, since NaN finds no text made before.
NOT_KNOWN = -1.0
NOTHING = "{}"


@dataclass(frozen=True)
class ProfileTable:
    """One staff group and month: a row of numbers for each place, NaN where not known.

    `values` has shape (places, columns): the bands of each of BANDED, then NUMBERS, then the heads
    and the FTE of each of `roles`.
    """

    staff_group: StaffGroup
    organisations: Keys
    roles: tuple[str, ...]
    values: Floats

    @property
    def _bands(self) -> int:
        return len(AGE_BANDS[self.staff_group])

    def added_up(self, members: Mapping[int, Collection[int]]) -> "ProfileTable":
        """Return the sums over each place's practices, for places with a practice in the table.

        A sum of nothing known is not known; a sum of some is of those.
        """
        members = dict(sorted(members.items()))
        places = np.repeat(list(members), [len(m) for m in members.values()]).astype(np.int64)
        practices = np.fromiter((pk for m in members.values() for pk in m), dtype=np.int64)
        # A practice may be in several places, and a member may have no profile this month.
        order = np.argsort(self.organisations)
        place_in_order = np.searchsorted(self.organisations, practices, sorter=order)
        rows = order[np.minimum(place_in_order, len(order) - 1)] if len(order) else order
        found = self.organisations[rows] == practices if len(order) else np.zeros(0, dtype=bool)
        if not found.any():
            return ProfileTable(self.staff_group, places[:0], self.roles, self.values[:0])
        # Places come sorted, so each is one run of rows, which reduceat adds up without a loop.
        keys, starts = np.unique(places[found], return_index=True)
        return ProfileTable(
            self.staff_group, keys, self.roles, _sums(self.values[rows[found]], starts)
        )

    def rows(self, month: dt.date) -> Iterable[tuple[Any, ...]]:
        """Return each place's values in the order of FIELDS, as the database takes them."""
        texts, on = NumberTexts(), month.isoformat()
        texts[NOT_KNOWN] = "null"
        width = self._bands
        headcount, sessions, *sexes = (
            _arrays(np.round(self.values[:, start : start + width], SESSION_PLACES), texts)
            for start in range(0, width * len(BANDED), width)
        )
        return zip(
            self.organisations.tolist(),
            itertools.repeat(on),
            itertools.repeat(self.staff_group),
            headcount,
            sessions,
            map(_by_sex, *sexes),
            self._role_texts(texts),
            *self._numbers(),
            # itertools.repeat has no end, so the rest cannot be strict.
            strict=False,
        )

    def _numbers(self) -> list[list[float | None]]:
        """Return a column for each of NUMBERS."""
        start = self._bands * len(BANDED)
        columns = np.round(self.values[:, start : start + len(NUMBERS)], FTE_PLACES).T.tolist()
        # Whole numbers must be int, and NaN, the one number that is not itself, is NULL.
        return [
            [None if n != n else int(n) for n in column]
            if name in WHOLE_NUMBERS
            else [None if n != n else n for n in column]
            for name, column in zip(NUMBERS, columns, strict=True)
        ]

    def _role_texts(self, texts: NumberTexts) -> list[str]:
        """Return for each place the roles that have somebody, or somebody not known, in one."""
        count = len(self.roles)
        start = self._bands * len(BANDED) + len(NUMBERS)
        heads = self.values[:, start : start + count]
        fte = np.round(self.values[:, start + count :], FTE_PLACES)
        has = np.nonzero((heads > 0) | (fte > 0))
        people, time = (
            map(texts.__getitem__, np.nan_to_num(block[has], nan=NOT_KNOWN).tolist())
            for block in (heads, fte)
        )
        names = map(self.roles.__getitem__, has[1].tolist())
        pairs = [f'"{n}":[{p},{t}]' for n, p, t in zip(names, people, time, strict=True)]
        ends = np.cumsum(np.bincount(has[0], minlength=len(self.values))).tolist()
        return [f"{{{','.join(pairs[a:b])}}}" for a, b in itertools.pairwise([0, *ends])]


def _arrays(block: Floats, texts: NumberTexts) -> list[str]:
    """Return each row as a JSON array; a row of which nothing is known as NOTHING."""
    known = np.isfinite(block)
    has_any: list[bool] = np.asarray(known.any(axis=1)).tolist()
    cells = np.where(known, block, NOT_KNOWN).tolist()
    return [
        f"[{','.join(map(texts.__getitem__, row))}]" if is_known else NOTHING
        for row, is_known in zip(cells, has_any, strict=True)
    ]


def _sums(values: Floats, starts: npt.NDArray[np.int64]) -> Floats:
    """Add up runs of rows that begin at `starts`; NaN where a run has nothing known."""
    # NaN would spread to the sum of a place of which the rest is known.
    known = np.isfinite(values)
    sums = np.add.reduceat(np.where(known, values, 0.0), starts, axis=0)
    sums[~np.logical_or.reduceat(known, starts, axis=0)] = np.nan
    return sums


def _by_sex(*texts: str) -> str:
    found = [
        f'"{sex}":{text}' for sex, text in zip(SEX_BLOCKS, texts, strict=True) if text != NOTHING
    ]
    return f"{{{','.join(found)}}}"


def of_practices(
    profiles: AgeProfiles, organisations: Sequence[int], patients: Mapping[int, float]
) -> ProfileTable:
    """Return the table of practices; one whose figures are not known keeps its other numbers."""
    known = profiles.known
    bands = [
        profiles.heads["total"],
        profiles.fte_by_band * SESSIONS_PER_FTE,
        *(profiles.heads[sex] for sex in SEX_BLOCKS),
    ]
    numbers = {
        "people": np.where(known, profiles.headcount, np.nan),
        "trainees": profiles.trainees,
        "patients": np.array([patients.get(pk, np.nan) for pk in organisations]),
        "practices": np.ones(len(known)),
        "practices_not_known": np.where(known, 0.0, 1.0),
        "fte": np.where(known, profiles.fte, np.nan),
        "trainee_fte": profiles.trainee_fte,
        "all_fte": profiles.fte_in_all,
    }
    return ProfileTable(
        staff_group=profiles.staff_group,
        organisations=np.array(organisations, dtype=np.int64),
        roles=profiles.roles,
        values=np.hstack(
            [
                *(np.where(known[:, None], block, np.nan) for block in bands),
                *(numbers[name][:, None] for name in NUMBERS),
                profiles.role_heads,
                profiles.role_fte,
            ]
        ),
    )


def stacked(tables: Sequence[ProfileTable]) -> ProfileTable:
    """Return tables of one staff group below each other, with the roles of all of them."""
    roles = tuple(sorted({role for table in tables for role in table.roles}))
    return ProfileTable(
        staff_group=tables[0].staff_group,
        organisations=np.concatenate([table.organisations for table in tables]),
        roles=roles,
        values=np.vstack([_with_roles(table, roles) for table in tables]),
    )


def _with_roles(table: ProfileTable, roles: tuple[str, ...]) -> Floats:
    if table.roles == roles:
        return table.values
    count, start = len(table.roles), table.values.shape[1] - 2 * len(table.roles)
    blocks = [table.values[:, :start]]
    for first in (start, start + count):
        block = np.full((len(table.values), len(roles)), np.nan)
        for place, role in enumerate(table.roles):
            block[:, roles.index(role)] = table.values[:, first + place]
        blocks.append(block)
    return np.hstack(blocks)


# A stored profile: organisation, headcount, sessions, by_sex, by_role, then NUMBERS.
STORED = ("organisation", "headcount", "sessions", "by_sex", "by_role", *NUMBERS)


def of_stored(group: StaffGroup, rows: Sequence[tuple[Any, ...]]) -> ProfileTable:
    """Return the table of profiles as read from the database, each in the order of STORED."""
    roles = tuple(sorted({role for row in rows for role in row[4]}))
    bands = AGE_BANDS[group]
    blank: Mapping[str, float | None] = {}
    values = [
        [
            *(
                block.get(band)
                for block in (row[1], row[2], *(row[3].get(sex, blank) for sex in SEX_BLOCKS))
                for band in bands
            ),
            *row[5:],
            *(row[4].get(role, (None, None))[measure] for measure in (0, 1) for role in roles),
        ]
        for row in rows
    ]
    width = len(bands) * len(BANDED) + len(NUMBERS) + 2 * len(roles)
    return ProfileTable(
        staff_group=group,
        organisations=np.array([row[0] for row in rows], dtype=np.int64),
        roles=roles,
        values=np.array(values, dtype=np.float64).reshape(len(rows), width),
    )
