import numpy as np
import pytest

from models.evaluation.simulated import ROLES, features, hub
from models.explanation import AGE, LOCAL_PENSION, PENSION, REFERENCE_AGE, explain, pension_words
from models.hazard import OffsetHazard
from models.log_odds import logit
from models.person_years import PersonYears, person_years
from models.standard_table import PENSION_SPIKES, standard_table

LOCAL = OffsetHazard(ridge=5.0)


def person(age: int = 60, **columns: object) -> PersonYears:
    """One person in 2026."""
    given = {"person": [1], "year": [2026], "age": [age], "tenure": [12], "event": [0]}
    known = {"female": [1.0], "sessions": [8.0], "sessions_change": [-2.0], "role": ["salaried"]}
    return person_years(**{**given, **known, **columns})  # type: ignore[arg-type]  # columns by name


@pytest.fixture(scope="module")
def fitted() -> OffsetHazard:
    """A model with local data behind it."""
    people = hub(5_000, 3)
    return LOCAL.fit(features(people).values, people.event, age=people.age)


@pytest.mark.parametrize("age", [30, 45, 57, 60, 63, 65, 66, 72])
def test_the_tables_parts_add_up_to_the_tables_chance(age: int) -> None:
    for cause, told in enumerate(explain(person(age))):
        expected = standard_table().hazards(age)[cause]
        assert told.chance == pytest.approx(expected)
        total = logit(np.array(told.reference)) + sum(part.log_odds for part in told.parts)
        assert total == pytest.approx(logit(np.array(expected)))


def test_without_local_data_it_says_so_and_tells_age_and_pension_alone() -> None:
    retiring, _ = explain(person())
    assert not retiring.local
    assert {part.name for part in retiring.parts} == {AGE, PENSION}
    assert "No local data" in retiring.sentence
    chance = standard_table().hazards(60)[0]
    assert f"is {chance * 100:.0f}%," in retiring.sentence


def test_an_unfitted_model_is_the_table() -> None:
    assert explain(person(), model=OffsetHazard()) == explain(person())


@pytest.mark.parametrize("age", PENSION_SPIKES)
def test_a_pension_age_is_told_apart_from_age(age: int) -> None:
    parts = {part.name: part for part in explain(person(age))[0].parts}
    assert parts[PENSION].log_odds != 0
    assert {part.name: part for part in explain(person(58))[0].parts}[PENSION].log_odds == 0


def test_local_parts_add_up_to_the_models_chance(fitted: OffsetHazard) -> None:
    someone = person()
    hazards = fitted.predict_hazard(features(someone).values, [60])[0]
    for cause, told in enumerate(explain(someone, model=fitted, roles=ROLES)):
        assert told.local
        assert told.chance == pytest.approx(hazards[cause])
        assert LOCAL_PENSION in {part.name for part in told.parts}


def test_parts_come_largest_first(fitted: OffsetHazard) -> None:
    for told in explain(person(), model=fitted, roles=ROLES):
        sizes = [abs(part.log_odds) for part in told.parts]
        assert sizes == sorted(sizes, reverse=True)


def test_every_part_has_words_and_says_what_would_change_it(fitted: OffsetHazard) -> None:
    unknown = person(sessions=[np.nan], sessions_change=[np.nan], role=[""], female=[np.nan])
    for someone in (person(), unknown):
        for told in explain(someone, model=fitted, roles=ROLES):
            assert all(part.words and part.change and part.effect for part in told.parts)
            assert "nan" not in " ".join(part.words for part in told.parts)


def test_age_is_stated_and_advises_nothing() -> None:
    (part,) = [part for part in explain(person(60))[0].parts if part.name == AGE]
    assert part.words == f"You are 60; compared with someone of {REFERENCE_AGE}"
    assert "advises nothing" in part.change
    assert part.effect.startswith("raises the odds")
    assert part.times > 10


@pytest.mark.parametrize(("age", "said"), [(60, "60 is a pension age"), (58, "58 is no pension")])
def test_only_a_pension_age_is_called_one(age: int, said: str) -> None:
    (part,) = [part for part in explain(person(age))[0].parts if part.name == PENSION]
    assert part.words.startswith(said)
    assert (part.effect == "makes no difference") is (age not in PENSION_SPIKES)


def test_what_makes_no_difference_is_told_so() -> None:
    (part,) = [part for part in explain(person(45))[0].parts if part.name == AGE]
    assert part.effect == "makes no difference"


def test_pensions_are_told_by_their_years() -> None:
    assert pension_words(person(59)) == (
        "Earliest age for a reduced pension: 4 years ago",
        "Full pension, 1995 section: in 1 year",
        "Full pension, 2008 section: in 6 years",
        "Full pension, 2015 scheme: in 8 years",
    )
    assert "Full pension, 1995 section: this year" in pension_words(person(60))


def test_more_than_one_person_is_refused() -> None:
    with pytest.raises(ValueError, match="one person"):
        explain(hub(2, 1))
