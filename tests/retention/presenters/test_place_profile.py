import pytest

from organisations.models import Organisation
from retention.models.published_count import StaffGroup
from retention.presenters.place_profile import profile_page, pyramid_data, trend_data
from retention.presenters.profile_sheets import share, tenth, whole
from retention.queries.compared_places import ComparedPlaces
from retention.queries.place_profile import place_profile
from tests.factories.organisations import PracticeFactory, area_of_one_practice
from tests.factories.published import SEVEN, PublishedProfileFactory, add_up, profile_of

pytestmark = pytest.mark.django_db
ALONE = ComparedPlaces((), ())


@pytest.fixture
def practice() -> Organisation:
    places = area_of_one_practice(PracticeFactory(name="Oak Surgery"))
    profile_of(places["practice"], SEVEN)
    add_up()
    return places["practice"]


def test_page_says_the_main_figures_first(practice: Organisation) -> None:
    page = profile_page(place_profile(practice), ALONE)
    assert page.sentences == [
        "On 30 June 2025 Oak Surgery had 7 qualified permanent GPs (4.9 FTE), about 44 sessions"
        " a week.",
        "29% of those of known age were 55 and over, in England 21% (October 2025);"
        " 14% were 60 and over.",
    ]
    assert page.heading == "GPs, June 2025"
    assert page.address == "group=gp&month=2025-06"


@pytest.mark.parametrize(
    ("heads", "group", "said"),
    [
        ({"40to44": 1}, "gp", "had 1 qualified permanent GP (0.7 FTE), about 6 sessions a week."),
        ({"40to44": 1}, "nurses", "had 1 nurse (0.7 FTE), about 6 sessions a week."),
        ({"40to44": 1}, "dpc", "had 1 person in direct patient care (0.7 FTE), about 6"),
        ({"40to44": 2}, "admin", "had 2 people in admin and non-clinical posts (1.4 FTE), about"),
        ({"40to44": 0}, "nurses", "had no nurses."),
    ],
)
def test_one_and_none_are_said_in_words(heads: dict[str, int], group: str, said: str) -> None:
    practice = PracticeFactory(name="Elm Surgery")
    PublishedProfileFactory(organisation=practice, headcount=heads, staff_group=group)
    page = profile_page(place_profile(practice, staff_group=StaffGroup(group)), ALONE)
    assert f"Elm Surgery {said}" in page.sentences[0]


def test_hours_that_are_not_known_are_not_called_none(practice: Organisation) -> None:
    practice.published_profiles.update(fte=None, sessions={})
    page = profile_page(place_profile(practice), ALONE)
    assert page.sentences[0].endswith("had 7 qualified permanent GPs. Their hours are not known.")


def test_tables_of_the_page_are_those_of_the_download(practice: Organisation) -> None:
    page = profile_page(place_profile(practice), ALONE)
    assert [sheet.id for sheet in page.sheets] == [
        "compared",
        "pyramid",
        "bands",
        "older",
        "sessions",
    ]
    assert page.pyramid
    assert page.pyramid.table == page.sheets[1].texts
    assert all(header for sheet in page.sheets for header in sheet.headers)
    rows = {str(row[0]): row[1:] for row in page.sheets[0].texts.rows}
    assert rows["Patients for each FTE"] == ["1,837", "Not known"]
    assert rows["Practices with figures"] == ["1 of 1", "As printed for all"]
    assert len({len(row) for row in page.sheets[0].texts.rows}) == 1


def test_chart_and_table_are_of_one_result(practice: Organisation) -> None:
    profile = place_profile(practice)
    pyramid, page = pyramid_data(profile), profile_page(profile, ALONE)
    assert pyramid
    assert page.pyramid
    table = [[row[1], row[2]] for row in page.pyramid.table.rows]
    assert table == [[str(women), str(men)] for _, women, men in pyramid.rows]
    older = trend_data(profile, "older")
    assert older
    assert [row[1] for row in older.rows] == ["55 and over", "60 and over"]
    assert [row[2] for row in older.rows] == pytest.approx([2 / 7, 1 / 7])


def test_not_known_is_said_and_never_zero() -> None:
    practice = PracticeFactory(name="Elm Surgery")
    profile_of(practice, None)
    profile = place_profile(practice)
    page = profile_page(profile, ALONE)
    assert "not known, and not zero" in page.sentences[0]
    assert (page.pyramid, page.bands, pyramid_data(profile)) == (None, None, None)
    assert page.compared
    assert page.compared.texts.rows[1] == ["People", "Not known", "38,462"]
    nothing = place_profile(PracticeFactory(name="Ash"), staff_group=StaffGroup.NURSES)
    assert profile_page(nothing, ALONE).sheets == []
    assert profile_page(nothing, ALONE).sentences == [
        "No figures of nurses have been loaded for Ash yet."
    ]
    assert trend_data(nothing, "older") is None


def test_who_has_no_known_sex_has_a_column() -> None:
    practice = PracticeFactory()
    bands = {"30to34": 3}
    PublishedProfileFactory(
        organisation=practice, headcount=bands, by_sex={"female": {"30to34": 1}, "male": bands}
    )
    PublishedProfileFactory(
        organisation=practice, staff_group="dpc", headcount=bands, by_sex={}, people=3
    )
    page = profile_page(place_profile(practice), ALONE)
    assert page.pyramid
    row = next(row for row in page.pyramid.table.rows if "30" in str(row[0]) and row[4] == "3")
    assert row[1:5] == ["1", "3", "Not known", "3"]
    unknown = profile_page(
        place_profile(practice, staff_group=StaffGroup.DIRECT_PATIENT_CARE), ALONE
    )
    assert unknown.pyramid
    assert unknown.pyramid.table.rows[2][3] == "Not known"


def test_figures_are_rounded_alike_on_page_and_in_download() -> None:
    assert (whole(1234.5), share(0.2857), tenth(None)) == (
        whole(1235),
        share(0.29),
        "Not known",
    )
    shown = tenth(4.94)
    assert (getattr(shown, "text", ""), getattr(shown, "value", 0)) == ("4.9", 4.9)
