"""Five lines at most, whatever there is to tell; places by name, never a person."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from hubs.presenters.digest import (
    LONGEST_LINE,
    MOST_LINES,
    NOTHING_TO_DO,
    lines_of,
    merged,
)
from hubs.queries.digest import digest_facts
from organisations.clock import today
from organisations.models import Organisation
from retention.models import RosterConfirmation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.hubs import (
    ConversationRequestFactory,
    MentorOfferFactory,
    PairFactory,
    SchemeFactory,
    agree_on_conversations,
)
from tests.factories.organisations import AgreementFactory, add_practice, area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of
from tests.factories.retention import PostFactory, RegisteredPersonFactory

Places = dict[str, Organisation]
MAY = dt.date(2025, 5, 1)
LINE = st.text(alphabet="abc de", max_size=400)


@given(st.lists(st.lists(LINE, max_size=8), max_size=7))
def test_never_more_than_five_lines_and_none_invented(of_roles: list[list[str]]) -> None:
    found = merged(of_roles)
    assert len(found) <= MOST_LINES
    assert len(set(found)) == len(found)
    assert all(len(line) <= LONGEST_LINE for line in found)
    given_lines = {" ".join(line.split()) for lines in of_roles for line in lines}
    for line in found:
        assert line in given_lines or any(
            whole.startswith(line.removesuffix(" ...")) for whole in given_lines
        )


@given(st.lists(st.integers(0, 8), min_size=1, max_size=5))
def test_every_role_says_its_first_line(sizes: list[int]) -> None:
    of_roles = [[f"{role} {line}" for line in range(size)] for role, size in enumerate(sizes)]
    found = merged(of_roles)
    assert len(found) == min(MOST_LINES, sum(sizes))
    assert all(lines[0] in found for lines in of_roles if lines)
    # Each role's lines stay in their order, and together.
    assert found == [line for lines in of_roles for line in lines if line in found]


def month(places: Places, heads: dict[str, int] | None, of: dt.date) -> None:
    profile_of(places["practice"], heads, of)
    add_up(of)


def holder(role: str, place: Organisation) -> User:
    user: User = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    return user


def said(role: str, place: Organisation) -> list[str]:
    (facts,) = digest_facts(holder(role, place))
    return lines_of(facts)


@pytest.mark.django_db
class TestLines:
    def test_what_changed_for_a_network(self) -> None:
        places = area_of_one_practice()
        month(places, SEVEN, MAY)
        month(places, OLD, JUNE)
        lines = said("network_lead", places["network"])
        assert len(lines) == MOST_LINES - 1  # nobody's figures are missing
        # 8 and 7 GPs at 0.7 FTE: 50 and 44 sessions.
        assert lines[0].endswith(
            "8 qualified permanent GPs, 50 estimated sessions a week in June 2025, 6 more than in"
            " May 2025."
        )
        assert "; by the figures of May 2025 it was " in lines[1]
        assert lines[2].startswith("Flagged:")
        assert lines[3].startswith("To do: ask the training hub to invite everyone")

    @pytest.mark.parametrize("unknown", [MAY, JUNE])
    def test_sessions_that_are_not_known_are_no_change_from_nought(self, unknown: dt.date) -> None:
        places = area_of_one_practice()
        month(places, SEVEN, MAY)
        month(places, SEVEN, JUNE)
        profiles = places["network"].published_profiles
        profiles.filter(month=unknown, staff_group="gp").update(sessions={})
        line = said("network_lead", places["network"])[0]
        assert "more than" not in line
        now = "44 estimated sessions a week" if unknown == MAY else "sessions not known,"
        assert f"7 qualified permanent GPs, {now}" in line

    def test_a_flag_that_went_is_told(self) -> None:
        places = area_of_one_practice()
        month(places, OLD, MAY)
        month(places, SEVEN, JUNE)
        lines = said("network_lead", places["network"])
        assert f"{places['network']} is no longer flagged." in lines
        assert lines[-1] == NOTHING_TO_DO
        assert "no longer: " in " ".join(said("board_viewer", places["hub"]))

    def test_a_hub_hears_of_its_networks_and_whose_figures_are_missing(self) -> None:
        places = area_of_one_practice()
        agree_on_conversations(places["hub"])
        lost = add_practice(places)
        for of in (MAY, JUNE):
            profile_of(lost, None, of)
            month(places, SEVEN if of == MAY else OLD, of)
        lines = said("hub_retention_lead", places["hub"])
        assert len(lines) == MOST_LINES
        assert lines[2] == f"Flagged: 1 of 1 network; new: {places['network']}."
        assert lines[3] == f"Missing or poor figures: 1 of 2 practices - {lost}."
        assert lines[4].startswith(f"To do: invite everyone in {places['network']}; ask practices")
        assert "To do: ask what is planned" in said("board_viewer", places["hub"])[-1]
        assert "agreements" in said("hub_administrator", places["hub"])[-1]

    def test_a_manager_hears_of_the_practices_own_data(self) -> None:
        places = area_of_one_practice()
        month(places, {**SEVEN, "unknown": 6}, JUNE)
        RosterConfirmation.objects.create(
            practice=places["practice"], confirmed_on=today() - dt.timedelta(days=400)
        )
        lines = said("practice_manager", places["practice"])
        assert any("age not known of" in line for line in lines)
        assert "correct the next workforce return" in lines[-1]
        assert "confirm your staff list, last confirmed on" in lines[-1]

    def test_a_practice_without_figures_is_told_so(self) -> None:
        places = area_of_one_practice()
        month(places, None, JUNE)
        assert (
            "the figures of June 2025 are not known"
            in said("practice_manager", places["practice"])[0]
        )

    def test_before_the_first_file_one_line_is_enough(self) -> None:
        places = area_of_one_practice()
        lines = said("board_viewer", places["hub"])
        assert lines == [f"No workforce figures have been loaded for {places['hub']} yet."]

    def test_what_people_do_changes_no_letter_and_names_nobody(self) -> None:
        places = area_of_one_practice()
        month(places, OLD, JUNE)
        hub = places["hub"]
        AgreementFactory(hub=hub)
        readers = [
            ("network_lead", places["network"]),
            ("hub_retention_lead", hub),
            ("hub_administrator", hub),
            ("board_viewer", hub),
            ("practice_manager", places["practice"]),
        ]
        before = [said(*reader) for reader in readers]
        person = RegisteredPersonFactory()
        PostFactory(person=person, organisation=places["practice"])
        ConversationRequestFactory(hub=hub, person=person)
        scheme = SchemeFactory(hub=hub, name="Golden Hour")
        MentorOfferFactory(hub=hub)
        PairFactory(run__scheme=scheme)
        assert [said(*reader) for reader in readers] == before
        text = " ".join(line for lines in before for line in lines)
        assert person.name not in text
        assert "Golden Hour" not in text
