from pathlib import Path

import pytest

from models.fifths import fifth_edges
from retention.imports.recognise import read_file
from retention.imports.registered_patients import AGES, SEXES
from retention.reference.england_population import DEPRIVATION_EDGES, PATIENTS, PATIENTS_ON


def test_every_age_of_both_sexes_is_there() -> None:
    assert set(PATIENTS) == set(SEXES)
    assert all(len(by_age) == len(AGES) for by_age in PATIENTS.values())
    assert sum(map(sum, PATIENTS.values())) == 63_436_508


@pytest.mark.real_data
def test_patients_are_those_published(real_data: Path) -> None:
    [found] = read_file(real_data / "gp-reg-pat-prac-quin-age-2026-07.zip")
    assert {row.month for row in found.rows} == {PATIENTS_ON}
    for sex in SEXES:
        columns = zip(*(row.counts[sex] for row in found.rows), strict=True)
        assert tuple(map(sum, columns)) == PATIENTS[sex]


@pytest.mark.real_data
def test_fifths_are_those_of_the_published_practices(real_data: Path) -> None:
    [found] = read_file(real_data / "imd-2025-gp-practice.csv")
    assert {row.year for row in found.rows} == set(DEPRIVATION_EDGES)
    scores = [row.score for row in found.rows]
    assert fifth_edges(scores) == pytest.approx(DEPRIVATION_EDGES[2025], abs=1e-9)
