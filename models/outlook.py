"""The outlook of places as figures: what a forecast says, in the numbers that every door shows.

Thousands of places are worked out at once, by as many processes as are asked for; the figures are
the same whatever else is worked out with them, to the last digit.
"""

import multiprocessing
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread

import numpy as np
from threadpoolctl import threadpool_limits

from models.arrays import Floats, horizon_years
from models.bands import GP_BANDS, AgeBand
from models.forecast import Forecast, Loss, forecast_many
from models.sessions import SESSIONS_PER_FTE
from models.standard_table import StandardTable, standard_table

# Raised with any change of the forecast that moves a figure: tests/models/test_outlook.py holds
# the figures of this version.
MODEL_VERSION = "Outlook-2026.1"
_CHANCE_STEPS = 4
# The last bits of a sum depend on what else is added up with it.
_DIGITS = 9
# Below, starting a process costs more than it saves.
_WORTH_A_PROCESS = 20_000


@dataclass(frozen=True)
class OutlookHorizon:
    """Weekly sessions a place may lose within `years`, if nobody joins.

    An interval is the 10th to the 90th percentile. `headcount` are people who leave. `chances` are
    pairs (N, chance to lose N sessions or more, whatever the reason).
    """

    years: int
    expected: float
    low80: float
    high80: float
    headcount_expected: float
    headcount_low80: float
    headcount_high80: float
    retirement_expected: float
    retirement_low80: float
    retirement_high80: float
    chances: tuple[tuple[int, float], ...]


Horizons = dict[int, OutlookHorizon]


@dataclass(frozen=True)
class PlacePeople:
    """People (practices, bands), sessions a head (practices,), losses whose chance is wanted."""

    people: Floats
    sessions_per_head: Floats
    levels: tuple[int, ...]

    @property
    def key(self) -> tuple[bytes, bytes, tuple[int, ...]]:
        """The same for places that are alike: a network of one practice is that practice."""
        # Bytes, for arrays have no hash; equal to the last bit is what gives equal figures.
        return (self.people.tobytes(), self.sessions_per_head.tobytes(), self.levels)


_Given = tuple[list[PlacePeople], tuple[int, ...], tuple[AgeBand, ...], StandardTable]


def chance_levels(sessions: float, unit: int = 1) -> tuple[int, ...]:
    """Return the losses whose chance is told: round steps of about a tenth of the sessions.

    With a `unit` they are round numbers of so many sessions: SESSIONS_PER_FTE for whole FTE.
    """
    steps = [factor * 10**power for power in range(6) for factor in (1, 2, 5)]
    # 1, 2, 5, 10 ...: levels that a reader can hold in mind.
    step = min(steps, key=lambda step: abs(step - sessions / unit / 10))
    return tuple(step * unit * number for number in range(1, _CHANCE_STEPS + 1))


def unit_of(staff_group: str) -> int:
    """Sessions to a unit in which a staff group is counted: sessions of GPs, FTE of all others."""
    return 1 if staff_group == "gp" else SESSIONS_PER_FTE


def outlooks_of(
    places: Sequence[PlacePeople],
    *,
    years: Iterable[int],
    bands: Sequence[AgeBand] = GP_BANDS,
    table: StandardTable | None = None,
    processes: int = 1,
) -> list[Horizons]:
    """Return the outlook of each place by horizon; arguments as for models.forecast.forecast_many.

    Places that are alike are worked out once. With several `processes`, and enough to do, each
    takes a share of the places; EOFError or ConnectionResetError where one of them died.
    """
    horizons = horizon_years(years)
    in_force = table or standard_table()
    alike: dict[tuple[bytes, bytes, tuple[int, ...]], int] = {}
    at = [alike.setdefault(place.key, len(alike)) for place in places]
    # Reversed, so that of places alike the first one wins.
    first = dict(zip(reversed(at), reversed(places), strict=True))
    different = [first[index] for index in range(len(alike))]
    if processes > 1 and sum(place.people.sum() for place in different) >= _WORTH_A_PROCESS:
        found = _shared_out(different, horizons, bands, in_force, processes)
    else:
        found = _worked_out(different, horizons, bands, in_force)
    return [found[index] for index in at]


def _worked_out(
    places: Sequence[PlacePeople],
    years: tuple[int, ...],
    bands: Sequence[AgeBand],
    table: StandardTable,
) -> list[Horizons]:
    given = [(place.people, place.sessions_per_head) for place in places]
    forecasts = forecast_many(given, years=years, bands=bands, table=table)
    return [
        {year: _horizon(result, place.levels) for year, result in found.items()}
        for place, found in zip(places, forecasts, strict=True)
    ]


def _horizon(result: Forecast, levels: tuple[int, ...]) -> OutlookHorizon:
    def figures(loss: Loss) -> tuple[float, float, float]:
        expected, low, high = (
            round(float(value), _DIGITS) for value in (loss.expected, loss.low80, loss.high80)
        )
        return expected, low, high

    chances = [(level, round(result.chance_of_losing_at_least(level), _DIGITS)) for level in levels]
    return OutlookHorizon(
        result.years,
        *figures(result.leaving),
        *figures(result.leavers),
        *figures(result.retirement),
        tuple(chances),
    )


def _shared_out(
    places: Sequence[PlacePeople],
    years: tuple[int, ...],
    bands: Sequence[AgeBand],
    table: StandardTable,
    processes: int,
) -> list[Horizons]:
    """Work places out in several processes, this one among them.

    A process for each share, and no pool: if this one is killed, the others come to their end.
    """
    # Large places are dealt out first, so that every share takes about as long.
    order = np.argsort([-float(place.people.sum()) for place in places], kind="stable").tolist()
    shares = [order[start::processes] for start in range(processes)]
    started = []
    # A new interpreter: a copy of a server with its connections would share them.
    context = multiprocessing.get_context("spawn")
    for share in shares[1:]:
        ours, theirs = context.Pipe()
        process = context.Process(target=_answer, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        # Not as arguments of the process: if it died before it read them, this one would wait for
        # ever. And beside this one's own share, for the other takes a moment to start.
        given = ([places[index] for index in share], years, tuple(bands), table)
        Thread(target=_hand_over, args=(ours, given), daemon=True).start()
        started.append((process, ours))
    found: dict[int, Horizons] = {}
    with threadpool_limits(1):
        own = _worked_out([places[index] for index in shares[0]], years, bands, table)
    found.update(zip(shares[0], own, strict=True))
    for share, (process, answer) in zip(shares[1:], started, strict=True):
        # EOFError or ConnectionResetError where a process died: nothing is made of a part.
        found.update(zip(share, answer.recv(), strict=True))
        process.join()
    return [found[index] for index in range(len(places))]


def _hand_over(to: Connection, given: _Given) -> None:
    # Whoever waits for the answer finds out that nobody is there.
    with suppress(BrokenPipeError, ConnectionResetError):
        to.send(given)


def _answer(ours: Connection) -> None:
    """Work out what comes through the pipe, and send it back: the other process."""
    given: _Given = ours.recv()
    # As many threads as processes would only wait for each other.
    with threadpool_limits(1):
        ours.send(_worked_out(*given))
