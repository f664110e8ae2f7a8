"""Outlooks as figures: alike wherever they are worked out."""

import os
import signal

import numpy as np
import pytest

from models.bands import GP_BANDS, NURSE_BANDS
from models.forecast import HORIZONS, forecast, forecast_many
from models.outlook import (
    MODEL_VERSION,
    PlacePeople,
    chance_levels,
    outlooks_of,
    unit_of,
)
from models.standard_table import StandardTable, standard_table


def place(*rows: list[float], heads: tuple[float, ...]) -> PlacePeople:
    people, each = np.array(rows, dtype=np.float64), np.array(heads)
    return PlacePeople(people, each, chance_levels(float(people.sum(axis=1) @ each)))


def six() -> PlacePeople:
    return place([0, 1, 2, 0, 0, 1, 1, 1, 0, 0], heads=(6.3,))


def network(seed: int, practices: int = 4) -> PlacePeople:
    rng = np.random.default_rng(seed)
    people = rng.integers(0, 3, (practices, len(GP_BANDS)))
    return place(*people.tolist(), heads=tuple(rng.choice([5.4, 6.3, 7.2], practices)))


def constant_table(chance: float) -> StandardTable:
    """A table by which everyone retires with one chance a year, and nobody leaves otherwise."""
    known = standard_table()
    return StandardTable(
        version="flat",
        window="",
        sources=(),
        retire=np.full_like(known.retire, chance),
        leave_otherwise=np.zeros_like(known.retire),
        basis=known.basis,
    )


def test_figures_are_those_of_the_forecast() -> None:
    given = six()
    (found,) = outlooks_of([given], years=HORIZONS)
    wanted = forecast(given.people, given.sessions_per_head)
    for years, own in found.items():
        other = wanted[years]
        assert own.expected == pytest.approx(other.expected)
        assert (own.low80, own.high80) == (other.low80, other.high80)
        assert own.headcount_expected == pytest.approx(other.leavers.expected)
        assert (own.headcount_low80, own.headcount_high80) == (
            other.leavers.low80,
            other.leavers.high80,
        )
        assert own.retirement_high80 == other.retirement_high80
        for level, chance in own.chances:
            assert chance == pytest.approx(other.chance_of_losing_at_least(level))


def test_a_flat_table_gives_the_closed_form() -> None:
    """Of n people each stays h years with (1 - q)**h."""
    given = place([0, 0, 0, 5, 0, 0, 0, 0, 0, 0], heads=(6.0,))
    (found,) = outlooks_of([given], years=HORIZONS, table=constant_table(0.1))
    for years, own in found.items():
        leaves = 1 - 0.9**years
        assert own.headcount_expected == pytest.approx(5 * leaves)
        assert own.expected == own.retirement_expected == pytest.approx(30 * leaves)


def test_places_that_are_alike_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(places: list[object], **given: object) -> object:
        asked.append(len(places))
        return forecast_many(places, **given)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr("models.outlook.forecast_many", counted)
    found = outlooks_of([six(), network(1), six()], years=HORIZONS)
    assert asked == [2]
    assert found[0] == found[2] != found[1]


def test_company_and_order_change_no_digit() -> None:
    places = [network(seed, practices) for seed, practices in enumerate((1, 2, 3, 4, 9, 9))]
    together = outlooks_of(places, years=HORIZONS)
    assert together == [outlooks_of([one], years=HORIZONS)[0] for one in places]
    assert together[::-1] == outlooks_of(places[::-1], years=HORIZONS)


def test_processes_change_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.outlook._WORTH_A_PROCESS", 0)
    places = [network(seed) for seed in range(5)]
    assert outlooks_of(places, years=HORIZONS, processes=2) == outlooks_of(places, years=HORIZONS)


def dies(_answer: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it has read what it is given, which is more than a pipe takes at once."""
    monkeypatch.setattr("models.outlook._WORTH_A_PROCESS", 0)
    monkeypatch.setattr("models.outlook._answer", dies)
    with pytest.raises((EOFError, ConnectionResetError)):
        outlooks_of([network(1), network(2, 2_000)], years=(1,), processes=2)


def test_nothing_is_asked_of_nobody() -> None:
    assert outlooks_of([], years=HORIZONS) == []


def test_gps_are_counted_in_sessions_and_others_in_fte() -> None:
    assert [unit_of(group) for group in ("gp", "nurses", "dpc", "admin")] == [1, 9, 9, 9]
    # 10 FTE: chances of 1, 2, 3 and 4 FTE.
    assert chance_levels(90, 9) == (9, 18, 27, 36)


def test_a_version_stands_for_its_figures() -> None:
    """Whoever changes these figures raises MODEL_VERSION, and writes them here anew."""
    own, other = six(), network(7)
    table = constant_table(0.05)
    nurses = [PlacePeople(np.eye(1, len(NURSE_BANDS)) * 40, np.array([4.5]), (45,))]
    found = [*outlooks_of([own, other], years=(5,), table=table)]
    found += outlooks_of(nurses, years=(5,), bands=NURSE_BANDS, table=table)
    figures = [
        (round(h.expected, 6), h.low80, h.high80, h.headcount_high80, h.chances[0])
        for one in found
        for h in one.values()
    ]
    assert MODEL_VERSION == "Outlook-2026.1"
    assert figures == [
        (8.551081, 0.0, 18.9, 3.0, (5, 0.779572688)),
        (63.929507, 39.6, 90.0, 15.0, (20, 0.993493339)),
        (40.719431, 22.5, 58.5, 13.0, (45, 0.420705321)),
    ]
