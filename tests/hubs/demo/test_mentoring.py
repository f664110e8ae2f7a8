from collections import Counter

import pytest

from accounts.actor import Actor, Door
from accounts.models import User
from hubs.actions.offers import save_offer
from hubs.actions.requests import save_request
from hubs.demo.accounts import BY_KEY
from hubs.demo.load import Demo
from hubs.demo.mentoring import FREE_FOR_VISITORS, MENTEES, km_between
from hubs.models import MentorOffer, Scheme
from hubs.models.mentee_request import RequestState
from hubs.models.pair import PairState
from hubs.queries.candidates import candidates
from hubs.queries.distances import distance_table
from hubs.queries.eligibility import MentorFacts, is_eligible
from hubs.queries.pairs import with_live_pairs
from organisations.models import Organisation
from retention.models import Post, PostcodeDistrict


def test_30_mentors_and_45_mentees_of_every_stage(made: Demo) -> None:
    assert len({offer.person.public_id for offer in made.mentoring.offers}) == 30
    stages = Counter(request.stage for request in made.mentoring.requests)
    assert stages == MENTEES
    assert sum(MENTEES.values()) == 45


def test_nobody_is_on_both_sides(made: Demo) -> None:
    mentors = {offer.person.public_id for offer in made.mentoring.offers}
    assert mentors.isdisjoint(request.person.public_id for request in made.mentoring.requests)


def test_they_differ(made: Demo) -> None:
    """Pairing would be dull otherwise: time, place, ways to meet and wishes all vary."""
    for one in (made.mentoring.offers, made.mentoring.requests):
        assert len({tuple(record.half_days) for record in one}) > 15
        assert len({record.district for record in one}) > 10
        assert len({record.max_km for record in one}) >= 4
        assert len({tuple(record.interests) for record in one}) > 15
        assert {record.remote for record in one} == {True, False}
    only_remote = [one for one in made.mentoring.requests if not one.half_days]
    assert only_remote
    assert all(one.remote and not one.district for one in only_remote)


def test_one_half_day_is_left_for_visitors(made: Demo) -> None:
    for record in (*made.mentoring.offers, *made.mentoring.requests):
        assert FREE_FOR_VISITORS not in record.half_days


def test_some_mentors_do_not_fit_the_open_scheme(made: Demo) -> None:
    scheme = made.mentoring.schemes[0]
    fit = [is_eligible(MentorFacts.of(offer), scheme) for offer in made.mentoring.offers]
    assert 20 <= sum(fit) < 30


def test_pairs_of_last_year_meet(made: Demo) -> None:
    mentoring = made.mentoring
    assert len(mentoring.pairs) == 5
    for pair in mentoring.pairs:
        assert pair.state == PairState.ACTIVE
        assert pair.request.state == RequestState.PAIRED
        assert set(pair.offer.half_days) & set(pair.request.half_days)
        assert pair.score == sum(part["points"] for part in pair.parts.values()) > 0
        meetings = [meeting for meeting in mentoring.meetings if meeting.pair is pair]
        assert len(meetings) >= 2
        assert pair.started_on is not None
        assert all(pair.started_on < meeting.held_on for meeting in meetings)
    paired = [one for one in mentoring.requests if one.state == RequestState.PAIRED]
    assert len(paired) == len(mentoring.pairs)


def visitor(key: str) -> Actor:
    """Return who signs in with a demo account."""
    user = User.objects.get(email=BY_KEY[key].email)
    return Actor(user=user, role=user.role_grants.get(), door=Door.PAGE)


def who(actor: Actor) -> int:
    """Return the key of an actor's user."""
    assert actor.user is not None
    return actor.user.pk


def home(actor: Actor) -> str:
    """Return the postcode district that someone works in."""
    return Post.objects.get(person__user=actor.user).organisation.postcode.split()[0]


@pytest.mark.usefixtures("demo_without_history", "db")
class TestStored:
    def test_the_open_scheme_has_enough_to_pair_and_too_few_places(self) -> None:
        found = candidates(Scheme.objects.get(state="open"))
        assert len(found.mentees) == 40
        assert 20 <= len(found.mentors) < 30
        assert 20 <= found.capacity.sum() <= 60
        assert len(found.found.mentee) > 200

    def test_mentors_of_last_year_have_fewer_places_left(self) -> None:
        live = with_live_pairs(MentorOffer.objects.all())
        assert sum(vars(offer)["live_pairs"] for offer in live) == 5

    def test_two_visitors_who_choose_it_can_only_be_paired_with_each_other(self) -> None:
        """As docs/demo.md promises, whatever the other terms are."""
        hub = Organisation.objects.get(slug="demo-hub")
        meet = {
            "half_days": [FREE_FOR_VISITORS],
            "remote": False,
            "max_km": 60,
            "interests": [],
        }
        senior, mentee = visitor("senior_gp"), visitor("mentee")
        save_offer(
            hub=hub,
            version=0,
            never=None,
            by=senior,
            terms=meet
            | {
                "district": "ZZ1",
                "hours_a_month": 2,
                "clinical_sessions": 6,
                "has_licence": True,
                "on_performers_list": True,
            },
        )
        save_request(
            hub=hub,
            version=0,
            never=None,
            by=mentee,
            terms=meet | {"district": home(mentee), "stage": "new"},
        )
        found = candidates(Scheme.objects.get(state="open"))
        mentees = [found.mentees[row]["person__user"] for row in found.found.mentee]
        mentors = [found.mentors[row]["person__user"] for row in found.found.mentor]
        pairs = set(zip(mentees, mentors, strict=True))
        assert {pair for pair in pairs if {*pair} & {who(mentee), who(senior)}} == {
            (who(mentee), who(senior))
        }

    def test_distances_are_those_that_pairing_measures(self) -> None:
        one, other = PostcodeDistrict.objects.filter(code__in=("ZZ1", "ZZ30"))
        places, km = distance_table(["ZZ1", "ZZ30"])
        measured = km[places["ZZ1"], places["ZZ30"]]
        assert km_between(one, other) == pytest.approx(measured, rel=0.01)
