"""Open sections as files: each has the sentences that stand beside it on the page."""

from retention.presenters.outlook import Table
from retention.presenters.place_sheets import OpenSections, open_sheets
from retention.presenters.population import NO_DEPRIVATION, PopulationSection
from retention.presenters.similar_places import SimilarSection

AGES = Table(["Age", "All"], [["0 to 17", "1,234"]])
PATIENTS = PopulationSection(["1,234 patients were registered."], AGES, "By age", None, [])


def test_patients_come_with_their_sentences_and_what_is_missing() -> None:
    missing = PopulationSection([], None, "", None, [NO_DEPRIVATION])
    [said] = open_sheets(OpenSections(missing))
    assert said.rows == [[NO_DEPRIVATION]]
    said, ages = open_sheets(OpenSections(PATIENTS))
    assert said.rows == [["1,234 patients were registered."]]
    assert (ages.note, ages.texts) == ("By age", AGES)


def test_without_similar_places_the_file_says_why_there_are_none() -> None:
    why = SimilarSection("Too few places are loaded.", None, ())
    sheet = open_sheets(OpenSections(PATIENTS, similar=why))[-1]
    assert (sheet.id, sheet.rows) == ("similar", [["Too few places are loaded."]])
