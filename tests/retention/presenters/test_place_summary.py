import datetime as dt

import pytest
from django.urls import reverse

from organisations.clock import today
from organisations.models import Link, Organisation
from organisations.models.link import LinkKind
from retention.presenters.place_summary import PlaceSummary, summary_of
from retention.queries.place_figures import place_figures
from tests.factories.accounts import actor
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import OLD, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    return area_of_one_practice()


def summary(places: Places, kind: str, role: str | None = "hub_retention_lead") -> PlaceSummary:
    add_up()
    by = actor(role, places["hub"]) if role else actor()
    return summary_of(place_figures(by, places[kind]))


def test_three_sentences_and_one_next_step(places: Places) -> None:
    profile_of(places["practice"], SEVEN)
    found = summary(places, "network")
    name = places["network"].name
    assert found.sentences[0] == (
        f"{name} had 7 qualified permanent GPs in 1 practice in June 2025, working an estimated "
        "44 sessions a week."
    )
    assert found.sentences[1].startswith("If nobody joined, about ")
    assert found.sentences[2] == (
        f"29% of its GPs of known age are 55 and over, against 29% in {places['icb'].name} and "
        "21% in England."
    )
    assert len(found.sentences) == 3
    assert found.next_step.text


def test_sessions_that_are_not_known_are_not_called_none(places: Places) -> None:
    profile = profile_of(places["practice"], SEVEN)
    profile.sessions = dict.fromkeys(profile.sessions)
    profile.save()
    found = summary(places, "practice")
    assert found.sentences[0].endswith(
        "had 7 qualified permanent GPs in June 2025. How many sessions they work is not known."
    )
    assert found.cards[0].value == "Not known"


def test_nobody_is_said_in_words(places: Places) -> None:
    profile_of(places["practice"], {})
    found = summary(places, "practice")
    assert found.sentences[0].endswith("had no qualified permanent GPs in June 2025.")
    # There is no share of nobody.
    assert len(found.cards) == 1


def test_flag_says_why_and_leads_to_asking_everyone(places: Places) -> None:
    profile_of(places["practice"], OLD)
    found = summary(places, "network")
    assert found.is_flagged
    assert found.flag.startswith("Flagged: ")
    assert "every clinician here, whatever their age" in found.next_step.text


@pytest.mark.parametrize(
    ("kind", "name"), [("network", "conversation-invite"), ("icb", "hub-conversations")]
)
def test_the_retention_lead_is_led_to_where_everyone_is_invited(
    places: Places, kind: str, name: str
) -> None:
    profile_of(places["practice"], OLD)
    step = summary(places, kind).next_step
    assert step.text.startswith("Invite every clinician here, whatever their age")
    more = [places["network"].code] if kind == "network" else []
    assert step.url == reverse(name, args=[places["hub"].slug, *more])


def test_others_are_led_to_the_hub_whose_lead_invites(places: Places) -> None:
    profile_of(places["practice"], OLD)
    step = summary(places, "network", role="board_viewer").next_step
    assert f"Agree with the retention lead of {places['hub'].name} to invite" in step.text
    assert step.url == places["hub"].get_absolute_url()


def test_the_flag_of_a_past_day_invites_nobody_today(places: Places) -> None:
    profile_of(places["practice"], OLD)
    add_up()
    lead = actor("hub_retention_lead", places["hub"])
    step = summary_of(place_figures(lead, places["network"], today())).next_step
    assert step.text.startswith("Agree with the training hub to invite")
    assert step.url == ""


def test_without_a_flag_nothing_is_flagged(places: Places) -> None:
    profile_of(places["practice"], {"35to39": 20})
    found = summary(places, "network")
    assert (found.is_flagged, found.flag) == (False, "")
    assert found.next_step.text.startswith("Check these figures")


def test_missing_figures_are_counted_and_asked_for(places: Places) -> None:
    profile_of(places["practice"], {"35to39": 20})
    for _ in range(2):
        profile_of(add_practice(places), None)
    found = summary(places, "network")
    assert "in 1 practice (2 more not known) in" in found.sentences[0]
    assert (
        found.next_step.text == "Ask 2 practices without figures to complete the workforce return."
    )


def test_reader_who_may_not_see_the_outlook_is_told_who_may(places: Places) -> None:
    profile_of(places["practice"], OLD)
    found = summary(places, "network", role=None)
    assert found.sentences[1].startswith("The outlook of a network is for its own clinicians")
    assert not found.is_flagged
    assert [card.label for card in found.cards] == [
        "estimated sessions a week",
        "of GPs are 55 and over",
    ]


def test_practice_is_never_flagged(places: Places) -> None:
    profile_of(places["practice"], OLD)
    found = summary(places, "practice")
    assert not found.is_flagged
    assert found.sentences[1].startswith("If nobody joined")


@pytest.mark.parametrize("role", ["hub_retention_lead", None])
def test_small_practice_gets_no_age_at_all(places: Places, role: str | None) -> None:
    profile_of(places["practice"], {"60to64": 4})
    found = summary(places, "practice", role)
    assert found.sentences[1].startswith("If any one GP left, the practice would lose about 6")
    everything = " ".join([*found.sentences, *(c.value + c.label for c in found.cards)])
    assert "55 and over" not in everything
    assert "%" not in everything
    assert places["network"].name in found.next_step.text
    assert found.next_step.url == places["network"].get_absolute_url()


def test_figures_that_are_not_known_are_not_zero(places: Places) -> None:
    profile_of(places["practice"], None)
    found = summary(places, "practice")
    assert "are not known: the publisher printed NA" in found.sentences[0]
    assert found.sentences[1] == "Without figures there is no outlook."
    assert found.cards == []
    assert found.next_step.text.startswith("Ask the practice without figures")


def test_place_before_any_file(places: Places) -> None:
    found = summary(places, "network")
    assert found.sentences[0].startswith("No workforce figures have been loaded for ")
    assert found.next_step.text.startswith("Ask the training hub of the area to load")


def test_practice_without_gps(places: Places) -> None:
    profile_of(places["practice"], {})
    found = summary(places, "practice")
    assert found.sentences[1].startswith("There are no qualified permanent GPs")
    assert found.sentences[2] == "How many of its GPs are aged 55 and over is not known."


def test_gps_without_hours(places: Places) -> None:
    odd = profile_of(places["practice"], SEVEN)
    odd.fte = None
    odd.save()
    assert "the ages or the hours" in summary(places, "practice").sentences[1]


def test_region_is_a_yardstick_only(places: Places) -> None:
    profile_of(places["practice"], SEVEN)
    assert summary(places, "region").sentences[1].startswith("No outlook is shown for a region")


def test_hub_area_has_a_summary(places: Places) -> None:
    profile_of(places["practice"], SEVEN)
    found = summary(places, "hub")
    assert found.sentences[0].startswith(f"The area of {places['hub'].name} had 7 ")
    assert found.cards[-1].label.startswith("estimated sessions lost")


@pytest.mark.parametrize("is_merger", [True, False])
def test_of_a_practice_that_is_gone_nothing_is_expected(places: Places, is_merger: bool) -> None:
    profile_of(places["practice"], OLD)
    into = add_practice(places)
    gone, closed_on = places["practice"], dt.date(2025, 7, 1)
    gone.ends_on = closed_on
    gone.save()
    if is_merger:
        kind = LinkKind.SUCCEEDED_BY
        Link.objects.create(kind=kind, child=gone, parent=into, starts_on=closed_on)
    found = summary(places, "practice")
    assert found.sentences[1] == "It has closed, so nothing is expected of it any more."
    if is_merger:
        assert found.next_step.text == f"Look at who has its patients now, {into.name}."
        assert found.next_step.url == into.get_absolute_url()
    else:
        assert found.next_step.text.startswith("There is none")
        assert found.next_step.url == ""


def test_a_few_practices_are_not_called_england(places: Places) -> None:
    profile_of(places["practice"], SEVEN)
    found = summary(places, "country")
    assert found.sentences[0].startswith("The part of England that is loaded here had 7 qualified")
