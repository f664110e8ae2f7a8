import pytest

from organisations.models import Organisation
from retention.presenters.place import PlacePage, place_page
from retention.presenters.place_sections import PublishedSection
from retention.queries.place_figures import place_figures
from tests.factories.accounts import actor
from tests.factories.organisations import (
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.published import (
    OLD,
    SEVEN,
    PublishedProfileFactory,
    add_up,
    all_bands,
    profile_of,
)

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    return found


def page(places: Places, kind: str, role: str | None = "hub_retention_lead") -> PlacePage:
    add_up()
    by = actor(role, places["hub"]) if role else actor()
    return place_page(place_figures(by, places[kind]))


def test_network_page_has_all_its_parts(places: Places) -> None:
    found = page(places, "network")
    assert found.kind == "Primary care network"
    assert found.code == places["network"].code
    assert found.published.profile
    assert found.outlook.chart
    assert found.outlook.chances
    assert found.published.profile.wide_url.endswith("/charts/age-wide.svg")
    assert found.outlook.chart.narrow_url.endswith("/charts/outlook-narrow.svg")
    assert [label for label, _ in found.breadcrumbs] == ["Find a place", places["icb"].name]


def test_charts_of_a_page_have_ids_of_their_own(places: Places) -> None:
    found = page(places, "network")
    assert found.published.profile
    assert found.outlook.chart
    assert found.published.profile.id != found.outlook.chart.id


def test_flag_or_no_flag_is_said_once(places: Places) -> None:
    profile_of(add_practice(places), OLD)
    assert page(places, "network").outlook.no_flag == ""  # Flagged: the summary says so.
    profile_of(add_practice(places), {"35to39": 40})
    found = page(places, "network")
    assert found.outlook.no_flag.startswith("Not flagged: ")
    assert found.summary.flag == ""


def test_trainees_are_named_as_not_in_the_outlook(places: Places) -> None:
    facts = dict(page(places, "practice").published.facts)
    assert facts["Figures of"].startswith("30 June 2025, ")
    assert facts["Figures of"].endswith(" months old")
    assert facts["GPs in training, not in the outlook"] == "2 (1.6 FTE)"
    assert facts["Qualified permanent GPs"] == "7 (4.9 FTE)"
    assert facts["GP FTE in all, with trainees and locums"] == "7.5"
    assert facts["Nurses"] == "Not known"
    assert facts["Registered patients"] == "9,000"


def test_completeness_counts_practices_in_the_file_and_today(places: Places) -> None:
    profile_of(add_practice(places), None)
    add_practice(places)
    facts = dict(page(places, "network").published.facts)
    assert facts["Figures known for"] == "1 of 2 practices in the file (it has 3 today)"


def test_nurses_have_a_table_and_no_outlook(places: Places) -> None:
    PublishedProfileFactory(
        organisation=places["practice"], staff_group="nurses", headcount=all_bands(SEVEN)
    )
    found = page(places, "practice")
    assert found.published.nurses
    assert found.published.nurses.rows[-1][3] == "7"


def test_practices_say_why_they_show_no_outlook(places: Places) -> None:
    profile_of(add_practice(places), {"60to64": 4})
    profile_of(add_practice(places), None)
    profile_of(add_practice(places), {})
    lead = page(places, "network").within.practices
    assert [row.note for row in lead] == [
        "",
        "Too few GPs for an outlook",
        "No figures",
        "No GPs",
    ]
    assert {len(row.figures) + row.note_columns for row in lead} == {3}
    others = page(places, "network", role=None).within.practices
    assert others[0].note == "Not shared with you"
    assert others[0].figures == ["7", "44"]
    assert others[0].note_columns == 1


def test_practice_without_hours_says_no_outlook(places: Places) -> None:
    odd = profile_of(add_practice(places), OLD)
    odd.fte = None
    odd.save()
    assert page(places, "network").within.practices[1].note == "No outlook"


def test_networks_are_ranked_for_those_who_may_see(places: Places) -> None:
    profile_of(add_practice(places), OLD)
    found = page(places, "icb")
    assert found.within.networks_ranked
    assert found.within.networks[0].is_flagged
    assert found.within.networks[0].figures[2:4] == ["About the same", "1 of 1"]
    assert len(found.within.networks[0].figures) == len(found.within.network_headers) - 1
    bare = page(places, "icb", role=None)
    assert not bare.within.networks_ranked
    assert (bare.within.networks[0].figures, bare.within.networks[0].note) == ([], "")


def test_network_without_figures_in_a_ranked_list(places: Places) -> None:
    bare, practice = NetworkFactory(), PracticeFactory()
    LinkFactory(kind="practice_network", child=practice, parent=bare)
    LinkFactory(kind="practice_sub_icb", child=practice, parent=places["sub_icb"])
    rows = page(places, "icb").within.networks
    assert [row.note for row in rows] == ["", "No figures"]


def test_small_practice_leads_to_its_network(places: Places) -> None:
    small = add_practice(places)
    profile_of(small, {"60to64": 4})
    add_up()
    found = place_page(place_figures(actor("hub_retention_lead", places["hub"]), small))
    assert found.outlook.chart is None
    assert found.summary.sentences[1].startswith("If any one GP left")
    assert found.summary.next_step.url == places["network"].get_absolute_url()
    assert found.published.comparison is None
    # The published figures stand as published.
    assert found.published.profile


def test_page_without_figures_has_no_empty_sections() -> None:
    bare = area_of_one_practice()
    found = page(bare, "network")
    assert found.published == PublishedSection(None, None, None, [])
    assert found.outlook.chart is None
    assert found.summary.sentences[1] == "Without figures there is no outlook."


def test_england_stands_alone(places: Places) -> None:
    found = page(places, "country")
    assert found.breadcrumbs[1:] == []
    assert found.published.comparison
    assert len(found.published.comparison.rows) == 1
    assert found.within.networks == []
