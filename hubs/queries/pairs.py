"""Pairs: of a person, of a hub, of a run. Two people own a pair, so one is fetched from here."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from accounts.actor import Actor
from accounts.models import User
from hubs.capacity import places_in
from hubs.models import Meeting, MenteeRequest, MentorOffer, Pair, Scheme
from hubs.models.pair import Answer, PairState
from organisations.models.organisation import Organisation
from retention.models import Person

# These hold a mentor's place and a mentee's request.
LIVE = (PairState.APPROVED, PairState.ACTIVE)
# Nothing of a proposal is known to either side before the hub approves it.
KNOWN_TO_BOTH = (PairState.APPROVED, PairState.ACTIVE, PairState.ENDED)
# Both were told of these; of one that did not go ahead nobody keeps the other's profile.
TOLD_TO_BOTH = (*KNOWN_TO_BOTH, PairState.DECLINED)


class Side(StrEnum):
    """Which of the two someone is."""

    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True)
class OwnPair:
    """A pair as one of its two sides sees it."""

    pair: Pair
    side: Side

    @property
    def other(self) -> MentorOffer | MenteeRequest:
        """What the other side offers or asks."""
        return self.pair.request if self.side is Side.MENTOR else self.pair.offer

    @property
    def user_id(self) -> int | None:
        """The user of this side."""
        mine = self.pair.offer if self.side is Side.MENTOR else self.pair.request
        return mine.person.user_id

    @property
    def answer(self) -> Answer:
        """What this side has answered."""
        pair = self.pair
        return Answer(pair.mentor_answer if self.side is Side.MENTOR else pair.mentee_answer)


def all_pairs() -> QuerySet[Pair]:
    """Return every pair with all that its page reads."""
    return Pair.objects.select_related(
        "run__scheme__hub", "offer__person__user", "request__person__user", "offer__hub"
    )


def own_pairs(user: User, *, states: Collection[str] = KNOWN_TO_BOTH) -> list[OwnPair]:
    """Return the pairs that a user is in, the newest first: those that stand or stood."""
    found = all_pairs().filter(_either(user), state__in=states).order_by("-pk")
    return [OwnPair(pair, _side(pair, user)) for pair in found]


def own_pair(public_id: uuid.UUID, *, by: Actor) -> OwnPair:
    """Return a pair that the actor is in; Http404 for anyone else, and before it is approved.

    A pair that did not go ahead stays readable, so that a link in a mail never goes nowhere.
    """
    if by.user is None:
        raise Http404
    mine = all_pairs().filter(_either(by.user), state__in=TOLD_TO_BOTH)
    pair = mine.filter(public_id=public_id).first()
    if pair is None:
        raise Http404
    return OwnPair(pair, _side(pair, by.user))


def meetings_of(pair: Pair) -> QuerySet[Meeting]:
    """Return the log of a pair, the newest first."""
    return Meeting.objects.filter(pair=pair)


def own_meeting(public_id: uuid.UUID, *, by: Actor) -> Meeting:
    """Return a meeting that the actor logged, in a pair of their own; Http404 for anyone else."""
    meeting = Meeting.objects.select_related("pair").filter(public_id=public_id).first()
    if meeting is None or by.user is None or meeting.logged_by_id != by.user.pk:
        raise Http404
    own_pair(meeting.pair.public_id, by=by)
    return meeting


def _either(user: User) -> Q:
    return Q(offer__person__user=user) | Q(request__person__user=user)


def _side(pair: Pair, user: User) -> Side:
    # Nobody is both: hubs.queries.candidates pairs no one with themselves.
    return Side.MENTOR if pair.offer.person.user_id == user.pk else Side.MENTEE


def in_pair(pair: Pair, user: User | None) -> bool:
    """Whether a user is one of the two."""
    both = (pair.offer.person.user_id, pair.request.person.user_id)
    return user is not None and user.pk in both


def with_live_pairs(offers: QuerySet[MentorOffer]) -> QuerySet[MentorOffer]:
    """Add `live_pairs` to each offer: how many of its places are taken."""
    return offers.annotate(live_pairs=Count("pairs", filter=Q(pairs__state__in=LIVE)))


def live_pairs(offers: Iterable[MentorOffer]) -> Counter[int]:
    """Return how many places of each offer are taken, by its key."""
    found = Pair.objects.filter(offer__in=offers, state__in=LIVE)
    return Counter(found.values_list("offer", flat=True))


def places_left(offer: MentorOffer) -> int:
    """How many more mentees the hours of an offer are enough for; never below 0."""
    taken = Pair.objects.filter(offer=offer, state__in=LIVE).count()
    return max(places_in(offer.hours_a_month) - taken, 0)


def scheme_places_left(scheme: Scheme) -> int:
    """How many more pairs a scheme has places for; never below 0."""
    taken = Pair.objects.filter(run__scheme=scheme, state__in=LIVE).count()
    return max(scheme.places - taken, 0)


def met_before(hub: Organisation) -> QuerySet[Pair]:
    """Return the pairs that are not proposed again: those that stood, stand, or were turned down.

    What one hub dismissed binds that hub alone.
    """
    # Declined without a reason: to ask again would ask for one.
    known = (*LIVE, PairState.DECLINED, PairState.ENDED)
    return Pair.objects.filter(
        Q(state__in=known) | Q(state=PairState.DISMISSED, run__scheme__hub=hub)
    )


def own_person_of(user: User) -> Person | None:
    """Return the person that a user is in the record, if they have one yet."""
    return Person.objects.filter(user=user).first()
