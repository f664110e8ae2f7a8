"""The evaluation on made-up judges; on real ones see tests/real_data."""

import json
from functools import cache

import numpy as np
import pytest

from models.evaluation import hazard
from models.evaluation.hazard import DIED, LEFT, evaluate
from models.evaluation.results import HazardEvaluation
from models.pension_rules import US_JUDGES, years_since_eligible
from models.person_years import Career, PersonYears, from_careers


@cache
def judges(people: int = 500, seed: int = 1) -> PersonYears:
    """People appointed from 1970 on who leave at 40 % a year once their pension is open."""
    rng = np.random.default_rng(seed)
    return from_careers(
        _career(number, int(rng.integers(1970, 2018)), int(rng.integers(40, 60)), rng)
        for number in range(people)
    )


def _career(number: int, start: int, age: int, rng: np.random.Generator) -> Career:
    for year in range(start, 2025):
        reached, service = age + year - start, year - start + 1
        eligible = years_since_eligible(US_JUDGES, year, reached, service) >= 0
        draw, leave = rng.uniform(), 0.4 if eligible else 0.01
        if draw < leave + 0.004:
            event = LEFT if draw < leave else DIED
            return Career(number, start - age, start, year, event, female=float(number % 2))
    return Career(number, start - age, start, 2024, female=float(number % 2))


@cache
def found() -> HazardEvaluation:
    """The evaluation of those people, with few bootstrap samples."""
    return evaluate(judges(), draws=5)


def test_it_finds_the_rule_that_made_the_data() -> None:
    for horizon in found().horizons.values():
        assert horizon.model.scores.ipa > horizon.rivals["age_table"].scores.ipa
        assert horizon.model.scores.ipa > horizon.rivals["boosting"].scores.ipa - 0.02
        assert horizon.model.scores.slope == pytest.approx(1, abs=0.2)
        assert abs(horizon.model.scores.intercept) < 0.3


def test_a_level_that_stands_still_gets_no_drift() -> None:
    assert found().drift["yearly_variance"] < 0.02


def test_five_years_start_where_they_can_end() -> None:
    five = found().horizons[5]
    rows = judges().take(judges().year > 2009)
    assert five.rows == np.sum(rows.year <= 2018)
    assert found().horizons[1].rows == len(rows)


def test_death_scores_as_staying() -> None:
    rows = judges()
    test = rows.take(rows.year > 2009)
    assert found().horizons[1].events == np.sum(test.event == LEFT) < np.sum(test.event > 0)


def test_the_better_boosting_is_the_rival() -> None:
    for horizon in found().horizons.values():
        runs = [s.ipa for name, s in horizon.variants.items() if name.startswith("boosting")]
        assert len(runs) == 2
        assert horizon.rivals["boosting"].scores.ipa == max(runs)


def test_groups_add_up() -> None:
    ratios = found().horizons[1].actual_expected
    assert ratios["women"].actual + ratios["men"].actual == ratios["all"].actual
    bands = [ratios[name] for name in hazard.AGE_BANDS if name in ratios]
    assert sum(band.expected for band in bands) == pytest.approx(ratios["all"].expected)


def test_nothing_after_training_is_learnt_from() -> None:
    rows = judges()
    train = rows.take(rows.year <= hazard.TRAIN_UNTIL)
    one = hazard.fit_model(train)
    assert one.drift.last_year == hazard.TRAIN_UNTIL
    later = rows.take(rows.year > hazard.TRAIN_UNTIL)
    assert np.array_equal(
        one.chance_of_leaving(later, 1), hazard.fit_model(train).chance_of_leaving(later, 1)
    )


def test_chances_over_years_grow_and_stay_below_one() -> None:
    model = hazard.fit_model(judges().take(judges().year <= hazard.TRAIN_UNTIL))
    rows = judges().take(judges().year == 2012)
    one, five = model.chance_of_leaving(rows, 1), model.chance_of_leaving(rows, 5)
    assert np.all((one > 0) & (one < five) & (five < 1))


def test_it_goes_through_json_as_promised() -> None:
    read = json.loads(json.dumps(found().as_json()))
    assert set(read["horizons"]) == {"1", "5"}
    for horizon in read["horizons"].values():
        for name in ("model", "age_table", "boosting"):
            assert {"auc", "brier", "ipa", "intercept", "slope"} < set(horizon[name])
        assert "model" in horizon["60_and_over"]
        assert horizon["calibration"]
    assert read["trained_on"][1] == 2009
    assert read["coefficients"]["us_judges:open"] > 0


def test_a_period_without_leavers_is_refused() -> None:
    rows = judges()
    with pytest.raises(ValueError, match="both up to 2009 and after"):
        evaluate(rows.take(rows.year <= 2009))
