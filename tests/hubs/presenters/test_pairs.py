"""What one side of a pair reads of the other: never an age, a scheme, an answer or a score."""

import pytest

from hubs.models import Pair
from hubs.presenters.pairs import PairPage, pair_page
from hubs.queries.pairs import Side, own_pair
from tests.factories.accounts import actor
from tests.factories.hubs import ActivePairFactory, MeetingFactory, PairFactory

pytestmark = pytest.mark.django_db


def seen_by(pair: Pair, side: Side) -> PairPage:
    person = pair.offer.person if side is Side.MENTOR else pair.request.person
    return pair_page(own_pair(pair.public_id, by=actor(user=person.user)))


def test_each_side_reads_the_other() -> None:
    pair = PairFactory(state="approved")
    assert seen_by(pair, Side.MENTOR).title == f"Your mentee: {pair.request.person.name}"
    assert seen_by(pair, Side.MENTEE).title == f"Your mentor: {pair.offer.person.name}"


def test_a_profile_has_no_age_and_no_scheme() -> None:
    pair = PairFactory(state="approved")
    profile = dict(seen_by(pair, Side.MENTEE).profile)
    assert set(profile) == {"Name", "Profession", "Half-days", "Meeting", "About"}
    text = str(profile)
    for secret in ("1966", "1996", pair.run.scheme.name, "licence", "500"):
        assert secret not in text


@pytest.mark.parametrize("answer", ["", "accepted"])
def test_the_others_answer_is_not_told(answer: str) -> None:
    pair = PairFactory(state="approved")
    before = seen_by(pair, Side.MENTEE)
    Pair.objects.update(mentor_answer=answer)
    after = seen_by(pair, Side.MENTEE)
    assert (before.sentence, before.may_answer) == (after.sentence, after.may_answer)


def test_both_read_the_same_of_a_decline() -> None:
    pages = []
    for mentor_answer, mentee_answer in (("declined", ""), ("accepted", "declined")):
        pair = PairFactory(
            state="declined", mentor_answer=mentor_answer, mentee_answer=mentee_answer
        )
        pages += [seen_by(pair, side) for side in Side]
    told = {(page.title, page.sentence, tuple(page.profile), page.may_log) for page in pages}
    assert told == {("A proposed pair", "This pair did not go ahead.", (), False)}


def test_who_has_accepted_waits() -> None:
    pair = PairFactory(state="approved", mentor_answer="accepted")
    page = seen_by(pair, Side.MENTOR)
    assert not page.may_answer
    assert "You have accepted" in page.sentence


def test_only_done_meetings_count() -> None:
    pair = ActivePairFactory()
    assert "No meeting" in seen_by(pair, Side.MENTOR).totals
    MeetingFactory(pair=pair, minutes=75)
    MeetingFactory(pair=pair, minutes=50, kind="phone")
    MeetingFactory(pair=pair, minutes=60, state="no_show", kind="phone")
    page = seen_by(pair, Side.MENTEE)
    assert page.totals == "2 meetings done, 2 h 05 min in all."
    # The mentor logged them.
    assert not any(line.mine for line in page.meetings)
    assert all(line.mine for line in seen_by(pair, Side.MENTOR).meetings)


def test_a_pair_that_ended_can_still_be_logged() -> None:
    pair = ActivePairFactory()
    Pair.objects.update(state="ended", ended_on=pair.started_on)
    page = seen_by(pair, Side.MENTOR)
    assert (page.may_log, page.active) == (True, False)
    assert "ended on 1 May 2026" in page.sentence
