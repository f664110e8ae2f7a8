"""Offers, requests and profiles in words. A profile shows no age, no year and no scheme."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from hubs.capacity import places_in
from hubs.models import MenteeRequest, MentorOffer, Pair
from hubs.models.availability import HALF_DAYS
from hubs.models.interests import Interest
from hubs.models.pair import Answer, PairState
from hubs.queries.mentoring import (
    SchemeFit,
    own_offer,
    own_request,
    schemes_for_offer,
)
from hubs.queries.pairs import OwnPair, Side, own_pairs
from hubs.queries.recognition import hubs_recognising
from organisations.models.organisation import Organisation
from organisations.queries.places import hubs
from retention.models import Person

Rows = list[tuple[str, str]]


def half_day_words(codes: Iterable[str]) -> str:
    """Return half-days in words, in the order of the week."""
    return ", ".join(HALF_DAYS[code] for code in codes) or "None chosen"


def interest_words(codes: Iterable[str]) -> str:
    """Return interests in words."""
    return ", ".join(Interest(code).label for code in codes) or "None chosen"


def place_words(record: MentorOffer | MenteeRequest) -> str:
    """Return how and where someone can meet."""
    ways = ["By phone or video"] if record.remote else []
    if record.district:
        limit = f" within {record.max_km} km of" if record.max_km else " near"
        ways.append(f"{'in' if ways else 'In'} person{limit} {record.district}")
    return ", or ".join(ways)


def profile(record: MentorOffer | MenteeRequest) -> Rows:
    """Return what the other side of a pair may read; it is asked for only once both may know."""
    rows = [
        ("Name", record.person.name),
        ("Profession", record.person.get_profession_display() or "Not said"),
    ]
    if isinstance(record, MenteeRequest):
        rows.append(("Career", record.get_stage_display()))
    return [*rows, *availability_rows(record)]


def availability_rows(record: MentorOffer | MenteeRequest) -> Rows:
    """Return when, where and on what someone can meet."""
    return [
        ("Half-days", half_day_words(record.half_days)),
        ("Meeting", place_words(record)),
        ("About", interest_words(record.interests)),
    ]


def offer_rows(offer: MentorOffer) -> Rows:
    """Return one's own offer."""
    places = places_in(offer.hours_a_month)
    mentees = f"{places} mentee{'' if places == 1 else 's'}"
    return [
        *availability_rows(offer),
        ("Hours a month", f"{offer.hours_a_month.normalize():f}, enough for {mentees}"),
        ("Clinical sessions a week", f"{offer.clinical_sessions.normalize():f}"),
        ("Licence to practise", "Yes" if offer.has_licence else "No"),
        ("Performers list", "Yes" if offer.on_performers_list else "No"),
    ]


def request_rows(request: MenteeRequest) -> Rows:
    """Return one's own request."""
    return [("Career", request.get_stage_display()), *availability_rows(request)]


@dataclass(frozen=True)
class HubMentoring:
    """What someone has to do with one hub that recognises them."""

    hub: Organisation
    offer: MentorOffer | None
    offer_rows: Rows
    fits: list[SchemeFit]
    request: MenteeRequest | None
    request_rows: Rows


@dataclass(frozen=True)
class PairLine:
    """One of my pairs, in a list."""

    pair: Pair
    words: str
    state: str


@dataclass(frozen=True)
class MentoringPage:
    """My mentoring, with the one thing to do next; `named` are the people that it names."""

    next_step: str
    next_url: str
    hubs: list[HubMentoring]
    pairs: list[PairLine]
    named: list[Person]
    other_hubs: list[Organisation]


def mentoring_page(user: User) -> MentoringPage:
    """Collect a person's own mentoring."""
    recognised = list(hubs_recognising(user))
    mine = [_hub_mentoring(user, hub) for hub in recognised]
    pairs = own_pairs(user)
    step, url = _next_step(mine, pairs)
    return MentoringPage(
        next_step=step,
        next_url=url,
        hubs=mine,
        pairs=[_pair_line(own) for own in pairs],
        named=[own.other.person for own in pairs],
        # Who belongs to a hub is not asked to choose among all others.
        other_hubs=[] if recognised else list(hubs()),
    )


def _hub_mentoring(user: User, hub: Organisation) -> HubMentoring:
    offer, request = own_offer(user, hub), own_request(user, hub)
    return HubMentoring(
        hub=hub,
        offer=offer,
        offer_rows=offer_rows(offer) if offer else [],
        fits=schemes_for_offer(offer) if offer else [],
        request=request,
        request_rows=request_rows(request) if request else [],
    )


def _pair_line(own: OwnPair) -> PairLine:
    side = "Your mentee" if own.side is Side.MENTOR else "Your mentor"
    # Of the other's answer nothing is said, not even that there is one.
    unanswered = own.pair.state == PairState.APPROVED and own.answer == Answer.NONE
    state = "Waits for your answer" if unanswered else own.pair.get_state_display()
    if own.pair.state == PairState.APPROVED and not unanswered:
        state = "You have accepted"
    return PairLine(own.pair, f"{side}: {own.other.person.name}", state)


def _next_step(mine: list[HubMentoring], pairs: list[OwnPair]) -> tuple[str, str]:
    """The first of: answer, join a hub, offer or ask, meet, wait."""
    for own in pairs:
        if own.pair.state == PairState.APPROVED and own.answer == Answer.NONE:
            return "Answer the pair that your hub proposes.", _pair_url(own)
    # Before any offer: only a hub that knows them can pair them.
    if not mine:
        return "Ask a training hub to recognise you: only then can it pair you.", ""
    if not any(hub.offer or hub.request for hub in mine):
        return "Offer mentoring, or ask for a mentor.", ""
    for own in pairs:
        if own.pair.state == PairState.ACTIVE:
            return "Meet, and log that you met.", _pair_url(own)
    return "Nothing to do now. Your hub will pair you, and you get an e-mail.", ""


def _pair_url(own: OwnPair) -> str:
    return reverse("pair", args=[own.pair.public_id])
