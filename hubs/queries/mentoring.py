"""A person's own mentoring, and the mentors and mentees of a hub."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from accounts.sealing import unseal
from hubs.models import MenteeRequest, MentorOffer, NeverEntry, Pair, Scheme
from hubs.models.mentee_request import RequestState
from hubs.models.mentor_offer import OfferState
from hubs.models.pair import PairState
from hubs.queries.eligibility import MentorFacts, Met, RuleResult, eligibility
from hubs.queries.pairs import with_live_pairs
from hubs.queries.schemes import open_schemes
from organisations.clock import today
from organisations.models.link import Link, LinkKind
from organisations.models.organisation import Kind, Organisation
from organisations.queries.places import practices_of
from retention.models import Person, Post, SessionPattern
from retention.queries.patterns import clinical_sessions, shape_of


def own_offer(user: User, hub: Organisation) -> MentorOffer | None:
    """Return the user's standing offer to a hub."""
    offers = MentorOffer.objects.select_related("person", "hub").filter(person__user=user, hub=hub)
    return offers.exclude(state=OfferState.WITHDRAWN).first()


def own_request(user: User, hub: Organisation) -> MenteeRequest | None:
    """Return the user's standing request to a hub."""
    asked = MenteeRequest.objects.select_related("person", "hub").filter(person__user=user, hub=hub)
    return asked.exclude(state=RequestState.WITHDRAWN).first()


def last_request(user: User, hub: Organisation) -> MenteeRequest | None:
    """Return what the user asked a hub for last, withdrawn or not: to ask again from."""
    return MenteeRequest.objects.filter(person__user=user, hub=hub).order_by("-pk").first()


@dataclass(frozen=True)
class SchemeFit:
    """A scheme, and how an offer stands to each of its rules."""

    scheme: Scheme
    results: list[RuleResult]

    @property
    def fits(self) -> bool:
        """Whether every rule is known to be met."""
        return all(result.met is Met.YES for result in self.results)


def scheme_fit(offer: MentorOffer, scheme: Scheme) -> SchemeFit:
    """Return how an offer stands to one scheme."""
    return SchemeFit(scheme, eligibility(MentorFacts.of(offer), scheme))


def schemes_for_offer(offer: MentorOffer) -> list[SchemeFit]:
    """Return every open scheme of the offer's hub with the result of each rule. One query."""
    facts = MentorFacts.of(offer)
    return [SchemeFit(scheme, eligibility(facts, scheme)) for scheme in open_schemes(offer.hub)]


def never_list(person: Person) -> list[str]:
    """Return the lines of one's own never list: addresses as typed, and practice codes."""
    entries = NeverEntry.objects.filter(owner=person).select_related("practice").order_by("pk")
    return [
        entry.practice.code if entry.practice else unseal(entry.sealed_label or b"")
        for entry in entries
    ]


def told_clinical_sessions(person: Person, *, as_at: dt.date | None = None) -> Decimal | None:
    """Return clinical sessions a week in the patterns told for a day (today); None without any."""
    date = as_at or today()
    # Drafts are nobody else's, and no base for what a form offers: only weeks that were told.
    patterns = (
        SessionPattern.objects.as_at(date)
        .filter(post__in=Post.objects.as_at(date).filter(person=person), told_at__isnull=False)
        .select_related("post")
        .prefetch_related("cells")
    )
    # All posts together: a scheme asks how much somebody works, not for whom.
    weeks = [clinical_sessions(shape_of(p), p.post.session_minutes) for p in patterns]
    return round(Decimal(sum(weeks)), 1) if patterns else None


def hub_offers(hub: Organisation) -> QuerySet[MentorOffer]:
    """Return the standing offers to a hub, with their people and `live_pairs`."""
    offers = MentorOffer.objects.filter(hub=hub).exclude(state=OfferState.WITHDRAWN)
    return with_live_pairs(offers).select_related("person").order_by("offered_at", "pk")


def hub_requests(hub: Organisation) -> QuerySet[MenteeRequest]:
    """Return the standing requests to a hub, with their people."""
    requests = MenteeRequest.objects.filter(hub=hub).exclude(state=RequestState.WITHDRAWN)
    return requests.select_related("person")


@dataclass(frozen=True)
class MentoringCounts:
    """People in mentoring. Raw: hubs.actions.count_releases makes what others may read."""

    mentors: int
    mentees: int
    pairs: int


def mentoring_counts(
    hub: Organisation, network: Organisation | None = None, *, as_at: dt.date | None = None
) -> MentoringCounts:
    """Count the mentors, mentees and meeting pairs of a hub; in a network, by the people's posts.

    A pair is in a network where its mentee works there. A post that its place of work has not
    confirmed puts nobody into a network, and a post in a second network does not count twice.
    `as_at` (today) says whose posts count, and which network a practice is in.
    """
    offers = MentorOffer.objects.filter(hub=hub).exclude(state=OfferState.WITHDRAWN)
    requests = MenteeRequest.objects.filter(hub=hub).exclude(state=RequestState.WITHDRAWN)
    pairs = Pair.objects.filter(run__scheme__hub=hub, state=PairState.ACTIVE)
    if network is None:
        return MentoringCounts(offers.count(), requests.count(), pairs.count())
    found = [
        list(people)
        for people in (
            offers.values_list("person", flat=True),
            requests.values_list("person", flat=True),
            pairs.values_list("request__person", flat=True),
        )
    ]
    date = as_at or today()
    home = _home_networks(people_working_in(network, as_at=date), date)
    return MentoringCounts(*(sum(home.get(p) == network.pk for p in people) for people in found))


def _home_networks(people: QuerySet[Person], date: dt.date) -> dict[int, int]:
    """Return the one network of each of some people (keys): of their oldest confirmed post.

    Nobody is counted in two networks, so that counts of networks add up to no more than the hub's.
    """
    posts = Post.objects.as_at(date).filter(person__in=people, confirmed_on__isnull=False)
    rows = list(posts.order_by("starts_on", "pk").values_list("person", "organisation"))
    links = Link.objects.as_at(date).filter(
        kind=LinkKind.PRACTICE_NETWORK, child__in={place for _, place in rows}
    )
    of_practice = dict(links.values_list("child", "parent"))
    # Who works for a network itself has its post there, in none of its practices.
    networks = set(
        Organisation.objects.filter(
            kind=Kind.NETWORK, pk__in={place for _, place in rows}
        ).values_list("pk", flat=True)
    )
    # Oldest post first, and the first stays: a new second post moves nobody.
    home: dict[int, int] = {}
    for person, place in rows:
        network = place if place in networks else of_practice.get(place)
        if network is not None:
            home.setdefault(person, network)
    return home


def people_working_in(place: Organisation, *, as_at: dt.date | None = None) -> QuerySet[Person]:
    """Return who has a post in a place or its practices on a day (today), confirmed or not."""
    date = as_at or today()
    places = practices_of(place, date)
    if place.kind != Kind.PRACTICE:
        places = places | Organisation.objects.filter(pk=place.pk)
    posts = Post.objects.as_at(date).filter(organisation__in=places)
    return Person.objects.filter(pk__in=posts.values("person"))
