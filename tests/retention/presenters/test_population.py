import datetime as dt
from dataclasses import replace

import pytest

from retention.presenters.population import (
    NO_DEPRIVATION,
    NO_PATIENTS,
    NO_RURALITY,
    NO_SESSIONS,
    PopulationSection,
    population_section,
)
from retention.queries.population import Behind, ListDeprivation, Patients, Population
from retention.queries.public_outlook import OutlookHorizon, PublicOutlook
from retention.queries.rurality import ListRurality

PATIENTS = Patients(
    month=dt.date(2026, 7, 1),
    women=(100, 200, 150, 60, 30, 10),
    men=(100, 200, 100, 30, 15, 5),
    practices=1,
    not_known=0,
    england=(0.15, 0.4, 0.25, 0.1, 0.07, 0.03),
    england_on=dt.date(2026, 7, 1),
)
DEPRIVATION = ListDeprivation(
    year=2025, score=33.519, practices=1, not_known=0, fifth=None, most_deprived=None
)
RURALITY = ListRurality(year=2025, share=1.0, practices=1, not_known=0)
BEHIND = Behind(month=dt.date(2026, 6, 1), patients=9_000, sessions=50, practices=1, not_known=0)
ALL = Population(PATIENTS, DEPRIVATION, RURALITY, BEHIND)


def outlook(**losses: tuple[float, float, float]) -> PublicOutlook:
    """An outlook of 50 sessions that loses (expected, low, high) in one and five years."""
    horizons = {
        years: OutlookHorizon(years, *loss, 1, 0, 2, 0, 0, 0, ())
        for years, loss in ((1, losses["one"]), (5, losses["five"]))
    }
    return PublicOutlook("U1", dt.date(2026, 6, 30), "gp", "v", "v", 7, 0, 1, 0, 50, horizons)


LOSES = outlook(one=(5, 2, 10), five=(20, 10, 30))


def section(**changes: object) -> PopulationSection:
    return population_section(replace(ALL, **changes), LOSES)  # type: ignore[arg-type]  # parts of it


def test_what_a_practice_is_told() -> None:
    assert section().sentences == [
        "1,000 patients were registered on 1 July 2026; 15% of them are 65 and over, against 20% "
        "in England.",
        "Deprivation: a score of 33.5 in the 2025 Index of Multiple Deprivation; a higher score is "
        "more deprived.",
        "It counts as a rural practice (2024/25).",
        "There were 180 patients for each estimated session a week on 30 June 2026. If nobody "
        "joined, the expected loss would leave about 300 for each after 5\N{NO-BREAK SPACE}years "
        "(80% interval 225 to 450).",
    ]
    assert section().missing == []


def test_patients_for_each_session_are_divided_and_not_subtracted() -> None:
    found = section().per_session
    assert found
    assert found.rows == [
        ["30 June 2026", "180", ""],
        ["After 1\N{NO-BREAK SPACE}year", "200", "188 to 225"],
        ["After 5\N{NO-BREAK SPACE}years", "300", "225 to 450"],
    ]


def test_ages_add_up_to_the_last_row() -> None:
    found = section().ages
    assert found
    headers = ["Age", "Women and girls", "Men and boys", "All", "Share", "In England"]
    assert found.headers == headers
    assert found.rows[0] == ["Under 15", "100", "100", "200", "20%", "15%"]
    assert found.rows[-1] == ["All ages", "550", "450", "1,000", "", ""]
    assert sum(int(row[3]) for row in found.rows[:-1]) == 1_000
    assert section().ages_caption == "Registered patients by age and sex on 1 July 2026"


def test_england_of_another_day_says_so() -> None:
    found = section(patients=replace(PATIENTS, england_on=dt.date(2026, 1, 1)))
    assert found.sentences[0].endswith("against 20% in England on 1 January 2026.")


def test_fifth_of_a_practice_and_of_a_place() -> None:
    practice = section(deprivation=replace(DEPRIVATION, fifth=5, most_deprived=1.0))
    assert practice.sentences[1].endswith(
        "That is in the most deprived fifth of the practices in England."
    )
    network = replace(DEPRIVATION, practices=3, not_known=1, fifth=4, most_deprived=0.4)
    assert section(deprivation=network).sentences[1] == (
        "Deprivation: a score of 33.5 in the 2025 Index of Multiple Deprivation, the mean by "
        "patients of 3 of 4 practices; a higher score is more deprived. That is in the second most "
        "deprived fifth of the practices in England. 40% of its patients have a practice in the "
        "most deprived fifth."
    )


@pytest.mark.parametrize(
    ("rurality", "said"),
    [
        (replace(RURALITY, share=0.0), "It counts as an urban practice (2024/25)."),
        (
            ListRurality(year=2030, share=0.256, practices=5, not_known=0),
            "26% of its patients have a rural practice (2029/30).",
        ),
        (
            ListRurality(year=2025, share=1.0, practices=1, not_known=4),
            "100% of its patients have a rural practice (2024/25, of the 1 of 5 practices known).",
        ),
    ],
)
def test_how_rural_its_practices_are(rurality: ListRurality, said: str) -> None:
    assert section(rurality=rurality).sentences[2] == said


def test_practices_without_figures_are_said() -> None:
    found = section(
        patients=replace(PATIENTS, practices=3, not_known=1),
        behind=replace(BEHIND, practices=2, not_known=2),
    )
    assert "were registered with 3 of 4 practices on 1 July 2026" in found.sentences[0]
    assert "on 30 June 2026 with 2 of 4 practices." in found.sentences[3]


def test_what_is_not_loaded_is_said_plainly() -> None:
    found = population_section(Population(None, None, None, None), LOSES)
    assert found == PopulationSection(
        [], None, "", None, [NO_PATIENTS, NO_DEPRIVATION, NO_RURALITY, NO_SESSIONS]
    )


def test_who_may_not_see_the_outlook_reads_what_is_published_alone() -> None:
    found = population_section(ALL, None)
    assert found.per_session is None
    assert found.sentences[3] == (
        "There were 180 patients for each estimated session a week on 30 June 2026."
    )
    other = population_section(ALL, outlook(one=(1, 0, 2), five=(2, 1, 3)))
    assert other.sentences[:3] == found.sentences[:3]


@pytest.mark.parametrize("high", [50, 50.4])
def test_everything_may_be_lost(high: float) -> None:
    found = population_section(ALL, outlook(one=(5, 2, 10), five=(25, 10, high))).per_session
    assert found
    assert found.rows[2][1:] == ["360", "from 225, with no upper end: every session may be lost"]
    gone = population_section(ALL, outlook(one=(5, 2, 10), five=(50, 50, 50))).per_session
    assert gone
    assert gone.rows[2][1] == "No session left"


def test_where_hardly_a_session_would_be_left_no_number_is_shared_out() -> None:
    nearly = outlook(one=(5, 2, 10), five=(49.8, 40, 50))
    said = population_section(ALL, nearly).sentences[-1]
    assert said.endswith("the expected loss would leave no session after 5\N{NO-BREAK SPACE}years.")
    assert "Not known" not in said


def test_patients_without_sessions_have_no_ratio() -> None:
    found = section(behind=replace(BEHIND, sessions=0))
    assert found.per_session is None
    assert found.missing == [NO_SESSIONS]


def test_an_empty_list_is_no_division_by_zero() -> None:
    found = section(patients=replace(PATIENTS, women=(0,) * 6, men=(0,) * 6))
    assert found.sentences[0] == "No patient was registered on 1 July 2026."
    assert found.ages
    assert found.ages.rows[0][4] == "Not known"
