"""Made-up hubs whose truth is known: does the model find it, and do its intervals hold it?

The true hazards are the standard table, moved by coefficients that are ours to choose. They say
nothing about GPs: they ask whether a hub of a given size can learn what is there to learn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from models.arrays import Floats
from models.bands import GP_BANDS
from models.evaluation.metrics import ipa
from models.evaluation.results import plain
from models.forecast import forecast
from models.hazard import LEFT_OTHERWISE, RETIRED, STAYED, OffsetHazard
from models.hazard_features import AVERAGE_SESSIONS, Design, design
from models.lattice import SHARES
from models.log_odds import expit, logit
from models.pension_rules import GP_RULES
from models.person_years import PersonYears, person_years
from models.rate_spread import STATED_SPREAD, multiplier_sigma
from models.standard_table import standard_table

METHOD = "simulated-2026.2"
YEAR = 2026
OLDER = 50
HUB = 5_000
SIZES = (50, 100, 250, 500, 1_000, 2_000, HUB)
ROLES = ("salaried",)
# Of 100 GPs, how many are in each five years of age from 30: near England's.
_AGE_SHARES = (15, 17, 17, 15, 14, 12, 6, 4)
_FIRST_AGE = 30
# Coefficients of the truth: (retire, leave otherwise). All others are 0.
TRUTH: Mapping[str, tuple[float, float]] = {
    "constant": (0.25, -0.15),
    "female": (0.20, 0.10),
    "sessions": (-0.30, -0.15),
    "sessions_change": (-0.60, -0.30),
    "role:salaried": (-0.25, 0.30),
    "nhs_1995_section:first_year": (0.50, 0.0),
}
# How strongly the truth differs from the table: as above, by half, and not at all.
STRENGTHS = (1.0, 0.5, 0.0)
SEED = 42
_TEST_ROWS = 100_000

one_thread = threadpool_limits.wrap(limits=1)


@dataclass(frozen=True)
class Size:
    """What a hub with so many person-years gains, over `hubs` simulated ones.

    strength: how far the truth lies from the table; at 0 the table is right, and a gain below 0
    is the price of looking.
    IPA of leaving in a year among people of 50 and over: the mean of the model, of the table, and
    of the true hazards on the same people; gain is the model's over the table's.
    """

    strength: float
    person_years: int
    hubs: int
    model: float
    table: float
    truth: float
    gain: float
    gain_standard_error: float

    @property
    def share_of_truth(self) -> float:
        """The model's IPA as a share of what the true hazards get."""
        return self.model / self.truth


@dataclass(frozen=True)
class Coverage:
    """How often 80 % intervals held what happened, over `outcomes` simulated losses.

    by_pit: share of randomised PIT values from 0.1 to 0.9, which is 80 % if the distribution is
    right. by_interval: share inside the interval as shown. Sessions come in lumps, so this is
    more than 80 %; the interval is not narrowed for it.
    """

    outcomes: int
    by_pit: float
    by_interval: float


@dataclass(frozen=True)
class Recovery:
    """A coefficient as it was put in, and as it was found, with its standard error."""

    truth: float
    found: float
    standard_error: float


@dataclass(frozen=True)
class SimulatedEvaluation:
    """All that was asked of simulated hubs."""

    method: str
    recovery_person_years: int
    recovery: Mapping[str, Recovery]
    sizes: tuple[Size, ...]
    coverage: Mapping[str, Coverage]
    beats_the_table_from: Mapping[float, int | None]

    def as_json(self) -> dict[str, object]:
        """JSON-able."""
        found: dict[str, object] = plain(self)
        found["sizes"] = [{**plain(s), "share_of_truth": s.share_of_truth} for s in self.sizes]
        return found


def evaluate(*, hubs: int = 30, outcomes: int = 4_000, rows: int = 200_000) -> SimulatedEvaluation:
    """Run all of it. hubs: for each size; outcomes: of each place; rows: for the recovery."""
    sizes = tuple(learning(size, hubs, strength) for strength in STRENGTHS for size in SIZES)
    return SimulatedEvaluation(
        method=METHOD,
        recovery_person_years=rows,
        recovery=recovery(rows),
        sizes=sizes,
        coverage={name: coverage(place, outcomes) for name, place in places().items()},
        beats_the_table_from={
            strength: beats_from([size for size in sizes if size.strength == strength])
            for strength in STRENGTHS
        },
    )


def hub(rows: int, seed: int, strength: float = 1.0) -> PersonYears:
    """So many person-years of one year, with events drawn from the true hazards."""
    rng = np.random.default_rng(seed)
    shares = np.array(_AGE_SHARES) / sum(_AGE_SHARES)
    ages = _FIRST_AGE + 5 * rng.choice(len(shares), rows, p=shares) + rng.integers(0, 5, rows)
    change = np.where(rng.uniform(size=rows) < 0.3, -rng.integers(1, 4, rows), 0)
    people = person_years(
        person=np.arange(rows),
        year=np.full(rows, YEAR),
        age=ages,
        # Nobody has been there since before they were 28.
        tenure=np.minimum(rng.integers(1, 30, rows), ages - 27),
        event=np.zeros(rows),
        female=rng.integers(0, 2, rows),
        sessions=np.clip(rng.normal(AVERAGE_SESSIONS, 1.8, rows).round(), 1, 10),
        sessions_change=change,
        role=np.where(rng.uniform(size=rows) < 0.5, "salaried", "partner"),
    )
    retire, otherwise = true_hazards(people, strength).T
    # One draw decides between both causes, since they compete.
    draw = rng.uniform(size=rows)
    events = np.select(
        [draw < retire, draw < retire + otherwise], [RETIRED, LEFT_OTHERWISE], STAYED
    )
    return person_years(**{**vars(people), "event": events})


def true_hazards(people: PersonYears, strength: float = 1.0) -> Floats:
    """The chances that made the events, shape (rows, 2)."""
    made = features(people)
    truth = strength * np.array([TRUTH.get(name, (0.0, 0.0)) for name in made.names])
    chances = expit(logit(standard_table().hazards(people.age)) + made.values @ truth)
    held: Floats = chances / np.maximum(1.0, chances.sum(axis=-1, keepdims=True))
    return held


def features(people: PersonYears) -> Design:
    """What the model is given: everything that the product's model looks at."""
    return design(people, GP_RULES, ROLES)


def fit(people: PersonYears, ridge: float = OffsetHazard().ridge) -> OffsetHazard:
    """The model as a hub would fit it."""
    return OffsetHazard(ridge=ridge).fit(features(people).values, people.event, age=people.age)


# One thread: on a shared machine many small products wait for each other otherwise.
@one_thread  # type: ignore[untyped-decorator]  # threadpoolctl ships no types
def learning(size: int, hubs: int, strength: float = 1.0) -> Size:
    """What hubs of a size learn about people of 50 and over, scored on people of none of them."""
    # Many, and of no fitted hub, so that a gain is the model's and not the test's.
    test = hub(_TEST_ROWS, SEED, strength)
    test = test.take(test.age >= OLDER)
    left = (test.event > 0).astype(np.float64)
    values = features(test).values
    scores = [
        ipa(model.predict_hazard(values, test.age).sum(axis=-1), left)
        for model in (fit(hub(size, SEED + size + number + 1, strength)) for number in range(hubs))
    ]
    table = ipa(standard_table().hazards(test.age).sum(axis=-1), left)
    gains = np.array(scores) - table
    return Size(
        strength=strength,
        person_years=size,
        hubs=hubs,
        model=float(np.mean(scores)),
        table=table,
        truth=ipa(true_hazards(test, strength).sum(axis=-1), left),
        gain=float(gains.mean()),
        gain_standard_error=float(gains.std(ddof=1) / np.sqrt(hubs)),
    )


def beats_from(sizes: Sequence[Size]) -> int | None:
    """The smallest size from which every gain is above twice its standard error."""
    beaten = None
    for size in sorted(sizes, key=lambda size: -size.person_years):
        if size.gain <= 2 * size.gain_standard_error:
            break
        beaten = size.person_years
    return beaten


@one_thread  # type: ignore[untyped-decorator]  # threadpoolctl ships no types
def recovery(rows: int) -> dict[str, Recovery]:
    """The coefficients of the truth, found from many rows under a ridge that hardly holds."""
    people = hub(rows, SEED + 1)
    made = features(people)
    model = fit(people, ridge=1.0)
    chances = model.predict_hazard(made.values, people.age)
    found = {}
    for cause, label in enumerate(("retire", "leave_otherwise")):
        weight = chances[:, cause] * (1 - chances[:, cause])
        information = (made.values.T * weight) @ made.values
        errors = np.sqrt(np.diag(np.linalg.inv(information + np.eye(len(information)))))
        for name, truths in TRUTH.items():
            place = made.names.index(name)
            found[f"{label}:{name}"] = Recovery(
                truths[cause], float(model.coef_[cause, place]), float(errors[place])
            )
    return found


@dataclass(frozen=True)
class Place:
    """A place to forecast: people (practices, bands) and sessions a head (practices,)."""

    people: Floats
    sessions: Floats


def places() -> dict[str, Place]:
    """A practice, a network and a hub's area, with England-like ages."""
    rng = np.random.default_rng(SEED)
    shares = np.array([4, 11, 17, 17, 15, 14, 12, 6, 3, 1], dtype=np.float64)[-len(GP_BANDS) :]
    shares /= shares.sum()

    def place(practices: int, heads: int) -> Place:
        return Place(
            rng.multinomial(heads, shares, practices).astype(np.float64),
            rng.uniform(5, 7.5, practices).round(1),
        )

    return {"practice": place(1, 8), "network": place(5, 6), "area": place(40, 8)}


def coverage(place: Place, outcomes: int, years: Sequence[int] = (1, 5)) -> Coverage:
    """How often the forecast's 80 % intervals hold losses drawn from the true process."""
    rng = np.random.default_rng(SEED)
    forecasts = forecast(place.people, place.sessions, years=years)
    inside_pit, inside_interval = [], []
    for horizon in years:
        losses = _losses(place, horizon, outcomes, rng)
        found = forecasts[horizon].leaving
        for loss in losses:
            below = 1 - found.distribution.at_least(float(loss))
            upto = 1 - found.distribution.at_least(float(loss) + 1e-6)
            # Spread over the lump at random: of a right distribution it is then even from 0 to 1.
            pit = below + rng.uniform() * (upto - below)
            inside_pit.append(SHARES[0] <= pit <= SHARES[1])
            inside_interval.append(found.low80 - 1e-6 <= loss <= found.high80 + 1e-6)
    return Coverage(
        outcomes=len(inside_pit),
        by_pit=float(np.mean(inside_pit)),
        by_interval=float(np.mean(inside_interval)),
    )


def _losses(place: Place, years: int, outcomes: int, rng: np.random.Generator) -> Floats:
    """Sessions lost in so many futures: (outcomes,). Each has its own level of the rates.

    Everyone has an age of their band, and leaves or stays year by year; nothing of the forecast's
    own arithmetic is used.
    """
    table = standard_table()
    sigma = float(multiplier_sigma(np.array(STATED_SPREAD.leaving)))
    # The mean of a lognormal lies half a variance over its middle.
    level = rng.normal(-(sigma**2) / 2, sigma, (outcomes, 1))
    walk = np.cumsum(rng.normal(0.0, STATED_SPREAD.drift, (outcomes, years)), axis=1)
    multiplier = np.exp(level + walk)
    total = np.zeros(outcomes)
    for practice, sessions in zip(place.people, place.sessions, strict=True):
        for heads, band in zip(practice.astype(int), GP_BANDS, strict=True):
            ages, weights = table.band_weights(band)
            age = rng.choice(ages, (outcomes, heads), p=weights)
            stay = np.ones((outcomes, heads))
            for step in range(years):
                # Someone older than the table is as its last age.
                yearly = table.hazards(age + step).sum(axis=-1)
                stay *= (1 - yearly) ** multiplier[:, [step]]
            total += sessions * (rng.uniform(size=stay.shape) > stay).sum(axis=-1)
    return total
