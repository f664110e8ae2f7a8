"""Simulated hubs: the bars of docs/decisions/0025."""

import json

import numpy as np
import pytest

from models.evaluation import simulated
from models.evaluation.simulated import (
    HUB,
    Size,
    beats_from,
    coverage,
    hub,
    learning,
    places,
    recovery,
    true_hazards,
)


def test_a_hub_of_5000_person_years_gets_nine_tenths_of_what_there_is() -> None:
    size = learning(HUB, hubs=30)
    assert size.share_of_truth >= 0.9
    assert size.gain > 2 * size.gain_standard_error


def test_where_the_table_is_right_looking_costs_little() -> None:
    size = learning(HUB, hubs=8, strength=0.0)
    assert size.truth == pytest.approx(size.table)
    assert -0.01 < size.gain < 0


@pytest.mark.parametrize("name", ["practice", "network", "area"])
def test_intervals_hold_80_of_100_losses(name: str) -> None:
    found = coverage(places()[name], 4_000)
    assert 0.78 <= found.by_pit <= 0.82


def test_lumps_of_sessions_make_a_practices_interval_hold_more() -> None:
    assert coverage(places()["practice"], 1_000).by_interval > 0.85


def test_coefficients_are_recovered() -> None:
    found = recovery(60_000)
    errors = np.array([(r.found - r.truth) / r.standard_error for r in found.values()])
    assert np.sqrt(np.mean(errors**2)) < 1.6
    assert found["retire:sessions_change"].found == pytest.approx(-0.6, abs=0.12)
    assert found["leave_otherwise:role:salaried"].found == pytest.approx(0.3, abs=0.12)


def test_events_follow_the_true_hazards() -> None:
    people = hub(200_000, 8)
    expected = true_hazards(people).sum(axis=0)
    for cause in (0, 1):
        actual = np.sum(people.event == cause + 1)
        assert actual == pytest.approx(expected[cause], abs=4 * np.sqrt(expected[cause]))


def test_a_seed_makes_the_same_hub() -> None:
    assert np.array_equal(hub(500, 4).event, hub(500, 4).event)
    assert not np.array_equal(hub(500, 4).event, hub(500, 5).event)


def size(person_years: int, gain: float) -> Size:
    """A size with this gain, and a standard error of 0.01."""
    return Size(1.0, person_years, 10, 0.1, 0.1 - gain, 0.2, gain, 0.01)


def test_beating_the_table_means_from_there_on() -> None:
    sizes = [size(100, 0.05), size(200, 0.01), size(400, 0.03), size(800, 0.06)]
    assert beats_from(sizes) == 400
    assert beats_from([size(100, 0.05), size(200, 0.0)]) is None


def test_it_goes_through_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated, "SIZES", (100, 500))
    found = simulated.evaluate(hubs=2, outcomes=20, rows=3_000)
    read = json.loads(json.dumps(found.as_json()))
    assert len(read["sizes"]) == 6
    assert read["sizes"][0]["share_of_truth"] == pytest.approx(found.sizes[0].share_of_truth)
    assert set(read["beats_the_table_from"]) == {"1.0", "0.5", "0.0"}
    assert set(read["coverage"]) == {"practice", "network", "area"}
