"""The hazard model on real people who really left, against rivals; frozen in docs/decisions/0024.

Trained on the years up to TRAIN_UNTIL, scored on the years from then on. What counts is leaving
for any reason but death; death competes, and scores as staying.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from models.age_table import AgeTable, fit_age_table
from models.arrays import Floats
from models.drift import LevelDrift, estimate_drift
from models.evaluation.bootstrap import estimate, resamples, standard_errors
from models.evaluation.metrics import (
    ActualExpected,
    Scores,
    actual_expected,
    calibration_curve,
    scores,
)
from models.evaluation.results import (
    HazardEvaluation,
    HorizonEvaluation,
    ModelScores,
)
from models.hazard import OffsetHazard, chained_incidence
from models.hazard_features import Design, design
from models.log_odds import expit, logit
from models.pension_rules import US_JUDGES, years_since_eligible
from models.person_years import PersonYears, followed_up, outcome_within, person_years

METHOD = "judges-2026.2"
LEFT, DIED = 1, 2
TRAIN_UNTIL = 2009
HORIZONS = (1, 5)
# The last year from which five years are scored.
LAST_ORIGIN = 2018
# Chosen inside the training years; every variant tried is in docs/decisions/0024.
RIDGE = 0.3
SMOOTHING, RIVAL_SMOOTHING = 1000.0, 5.0
FIRST_AGE, LAST_AGE = 35, 90
SEED = 20100101
BOOTSTRAP_DRAWS = 200
OLDER = 60
AGE_BANDS = {"under 60": (0, 59), "60-64": (60, 64), "65-69": (65, 69), "70 and over": (70, 200)}

_NOBODY = person_years(person=[], year=[], age=[], tenure=[], event=[])

Hazards = Callable[[PersonYears], Floats]
Chances = Callable[[PersonYears, int], Floats]


@dataclass(frozen=True)
class Scored:
    """People at one horizon: whether they left, and the chance that each model gave them."""

    rows: PersonYears
    event: Floats
    chances: Mapping[str, Floats]

    def take(self, rows: NDArray[np.bool_]) -> "Scored":
        """Return some of the rows."""
        chances = {name: chance[rows] for name, chance in self.chances.items()}
        return Scored(self.rows.take(rows), self.event[rows], chances)


def evaluate(people: PersonYears, *, draws: int = BOOTSTRAP_DRAWS) -> HazardEvaluation:
    """Train, score and compare. Raises ValueError where either period holds no event.

    people: all person-years, events 0, LEFT or DIED; draws: bootstrap samples of people.
    """
    # One thread: on a shared machine many small products wait for each other otherwise.
    with threadpool_limits(1):
        return _evaluate(people, draws)


def _evaluate(people: PersonYears, draws: int) -> HazardEvaluation:
    train = people.take(people.year <= TRAIN_UNTIL)
    test = people.take(people.year > TRAIN_UNTIL)
    if not np.any(train.event == LEFT) or not np.any(test.event == LEFT):
        raise ValueError(f"Some must leave both up to {TRAIN_UNTIL} and after it.")
    until = int(test.year.max())
    model = fit_model(train)
    models: dict[str, Chances] = {
        "model": model.chance_of_leaving,
        "age_table": _chain(fit_age_only(train)),
        "boosting_early_stopping": _chain(fit_boosting(train, early_stopping=True)),
        "boosting_to_the_end": _chain(fit_boosting(train, early_stopping=False)),
        "without_drift": _chain(model.hazards),
    }
    return HazardEvaluation(
        method=METHOD,
        trained_on=(int(train.year.min()), TRAIN_UNTIL),
        scored_on=(int(test.year.min()), until),
        train_rows=len(train),
        train_events=int(np.sum(train.event == LEFT)),
        bootstrap_draws=draws,
        horizons={
            years: _horizon(score(models, test, years, until=until), years, draws)
            for years in HORIZONS
        },
        coefficients=model.coefficients(),
        drift=asdict(model.drift),
    )


def score(models: Mapping[str, Chances], test: PersonYears, years: int, *, until: int) -> Scored:
    """Chances of leaving within `years` for every row whose follow-up is complete.

    Beyond one year, rows start in LAST_ORIGIN at the latest.
    """
    complete = followed_up(test, years, until=until)
    if years > 1:
        # Frozen with the method, though later years could be followed up by now.
        complete &= test.year <= LAST_ORIGIN
    rows = test.take(complete)
    left = outcome_within(test, years, cause=LEFT)[complete]
    chances = {name: chance(rows, years) for name, chance in models.items()}
    return Scored(rows, left.astype(np.float64), chances)


def chained(hazards: Hazards, rows: PersonYears, years: int) -> Floats:
    """Chance of LEFT within `years`, shape (rows,): age, tenure and rules advance, no more."""
    yearly = (hazards(rows.advance(step)) for step in range(years))
    chances: Floats = chained_incidence(yearly, [years])[:, 0, LEFT - 1]
    return chances


@dataclass(frozen=True)
class DriftingHazard:
    """The hazard model with the drift of its level where a pension is open."""

    estimator: OffsetHazard
    drift: LevelDrift

    def hazards(self, rows: PersonYears, deviations: float | None = None) -> Floats:
        """Yearly (leave, die), shape (rows, 2); None leaves the drift out."""
        chances = self.estimator.predict_hazard(_features(rows).values, rows.age)
        if deviations is None:
            return chances
        # Before a pension opens too few leave to show how their level drifts.
        shift = self.drift.level + deviations * self.drift.spread(rows.year)
        # Death does not drift with the willingness to go.
        leave = expit(logit(chances[:, LEFT - 1]) + np.where(_pension_open(rows), shift, 0.0))
        moved = np.stack([leave, chances[:, DIED - 1]], axis=-1)
        within: Floats = moved / np.maximum(1.0, moved.sum(axis=-1, keepdims=True))
        return within

    def chance_of_leaving(self, rows: PersonYears, years: int) -> Floats:
        """Chance of LEFT within `years`, the mean over where the level may have drifted."""
        return self.drift.average(
            lambda deviations: chained(lambda later: self.hazards(later, deviations), rows, years)
        )

    def coefficients(self) -> dict[str, float]:
        """The coefficients for leaving, by the name of their feature."""
        names = design(_NOBODY, [US_JUDGES], sessions=False).names
        return dict(zip(names, map(float, self.estimator.coef_[LEFT - 1]), strict=True))


def fit_model(train: PersonYears) -> DriftingHazard:
    """The hazard model: a smooth table by age, and pension rules, tenure and sex beside it."""
    estimator = OffsetHazard(ridge=RIDGE, table=age_table(train, SMOOTHING))
    estimator.fit(_features(train).values, train.event, age=train.age)
    # The drift is learnt where it will be laid on, and nowhere else.
    open_now = train.take(_pension_open(train))
    expected = estimator.predict_hazard(_features(open_now).values, open_now.age)[:, LEFT - 1]
    first = int(open_now.year.min())
    place = open_now.year - first
    drift = estimate_drift(
        np.arange(first, int(open_now.year.max()) + 1),
        np.bincount(place, open_now.event == LEFT),
        np.bincount(place, expected),
        np.bincount(place, expected * (1 - expected)),
    )
    return DriftingHazard(estimator, drift)


def fit_age_only(train: PersonYears) -> Hazards:
    """The rival that knows age alone, smoothed as suits it best."""
    table = age_table(train, RIVAL_SMOOTHING)
    return lambda rows: table.hazards(rows.age)


def fit_boosting(train: PersonYears, *, early_stopping: bool) -> Hazards:
    """The rival that may bend as it likes: boosted trees, the same features and the same chain.

    It also gets age and tenure themselves. One classifier for each cause, as in the model.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    inputs = _boosting_inputs(train)
    fitted = [
        HistGradientBoostingClassifier(early_stopping=early_stopping, random_state=SEED).fit(
            inputs, train.event == cause
        )
        for cause in (LEFT, DIED)
    ]

    def hazards(rows: PersonYears) -> Floats:
        now = _boosting_inputs(rows)
        return np.stack([model.predict_proba(now)[:, 1] for model in fitted], axis=-1)

    return hazards


def age_table(train: PersonYears, smoothing: float) -> AgeTable:
    """A table of (leave, die) by age from these person-years."""
    return fit_age_table(
        train.age,
        train.event,
        causes=2,
        first=FIRST_AGE,
        last=LAST_AGE,
        smoothing=smoothing,
    )


def _chain(hazards: Hazards) -> Chances:
    return lambda rows, years: chained(hazards, rows, years)


def _pension_open(rows: PersonYears) -> NDArray[np.bool_]:
    since = years_since_eligible(US_JUDGES, rows.year, rows.age, rows.tenure)
    opened: NDArray[np.bool_] = since >= 0
    return opened


def _features(rows: PersonYears) -> Design:
    return design(rows, [US_JUDGES], sessions=False)


def _boosting_inputs(rows: PersonYears) -> Floats:
    return np.column_stack([_features(rows).values, rows.age, rows.tenure])


def _horizon(scored: Scored, years: int, draws: int) -> HorizonEvaluation:
    full = {name: scores(chance, scored.event) for name, chance in scored.chances.items()}
    # Chosen on the very years that are scored, in the rival's favour.
    best = max((name for name in full if name.startswith("boosting")), key=lambda n: full[n].ipa)
    shown = {"model": "model", "age_table": "age_table", "boosting": best}
    samples = [
        {
            name: scores(scored.chances[source][drawn], scored.event[drawn])
            for name, source in shown.items()
        }
        for drawn in resamples(scored.rows.person, draws, SEED)
    ]
    errors = {name: standard_errors([sample[name] for sample in samples]) for name in shown}
    # All ages together are easy to rank: the young hardly ever leave.
    older = scored.take(scored.rows.age >= OLDER)
    rated = {name: ModelScores(full[source], errors[name]) for name, source in shown.items()}
    return HorizonEvaluation(
        years=years,
        rows=len(scored.event),
        people=len(np.unique(scored.rows.person)),
        events=int(scored.event.sum()),
        model=rated.pop("model"),
        rivals=rated,
        variants={name: full[name] for name in full if name not in ("model", "age_table")},
        ipa_over_boosting=estimate(
            full["model"].ipa - full[best].ipa,
            [sample["model"].ipa - sample["boosting"].ipa for sample in samples],
        ),
        sixty_and_over=_named_scores(older, shown),
        calibration=tuple(calibration_curve(scored.chances["model"], scored.event)),
        actual_expected=_by_group(scored),
    )


def _named_scores(scored: Scored, shown: Mapping[str, str]) -> dict[str, Scores]:
    return {name: scores(scored.chances[source], scored.event) for name, source in shown.items()}


def _by_group(scored: Scored) -> dict[str, ActualExpected]:
    """Actual over expected of the model, by age band and by sex."""
    rows = scored.rows
    groups = {"all": np.ones(len(rows), dtype=bool)}
    groups |= {
        name: (rows.age >= low) & (rows.age <= high) for name, (low, high) in AGE_BANDS.items()
    }
    # Whose sex is not known is in neither, and in all.
    groups |= {"women": rows.female == 1, "men": rows.female == 0}
    return {
        name: _actual_expected(scored, inside) for name, inside in groups.items() if inside.any()
    }


def _actual_expected(scored: Scored, inside: NDArray[np.bool_]) -> ActualExpected:
    expected = float(scored.chances["model"][inside].sum())
    return actual_expected(int(scored.event[inside].sum()), expected)
