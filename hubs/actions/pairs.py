"""The hub approves or dismisses a proposal; both sides accept or decline; either ends a pair.

Whoever takes several records takes them in one order, or two would wait for each other for ever:
scheme, offers, pairs, requests, and those of a kind by key.
"""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.actions.notices import tell
from hubs.models import MenteeRequest, MentorOffer, Pair, PairingRun, Scheme
from hubs.models.mentee_request import RequestState
from hubs.models.pair import Answer, PairState
from hubs.models.scheme import SchemeState
from hubs.queries.pairs import LIVE, Side, all_pairs, in_pair, places_left, scheme_places_left
from organisations.clock import today
from retention.models import Person

ANSWERED = "This has been answered already. Read the page again."
# One sentence for whatever changed since the proposal, so that it tells nothing of either side.
NO_LONGER = "This pair is no longer possible. Dismiss it, then run the pairing again."


def thing(pair: Pair) -> str:
    """Return what the audit log calls a pair."""
    return f"pair:{pair.public_id}"


def record_on_both(*, by: Actor, act: Act, pair: Pair) -> None:
    """Add an audit row about each of the two."""
    for person in _both(pair):
        audit.record(by=by, act=act, subject=person.subject_id, thing=thing(pair))


def _both(pair: Pair) -> tuple[Person, Person]:
    return pair.offer.person, pair.request.person


def take(pairs: QuerySet[Pair]) -> list[int]:
    """Lock pairs, by key, until the transaction ends; returns the keys of those that still fit."""
    return list(pairs.select_for_update().order_by("pk").values_list("pk", flat=True))


def drop_proposals(pairs: QuerySet[Pair]) -> None:
    """Delete those of some pairs that nobody has heard of.

    Taken first: a delete reads the rows and then names their keys, and one that a lead approves
    in between would vanish after both sides were told of it.
    """
    Pair.objects.filter(pk__in=take(pairs.filter(state=PairState.PROPOSED))).delete()


def approve_pair(*, pair: Pair, by: Actor) -> None:
    """Approve a proposal and tell both sides; raises ValidationError where it no longer fits."""
    _approve_all(pair.run, [pair], by=by)


def approve_pairs(*, run: PairingRun, by: Actor) -> int:
    """Approve every proposal of a run, or none; returns how many.

    Raises ValidationError where the scheme has fewer places than there are proposals: who waits is
    then a person's choice.
    """
    proposed = list(all_pairs().filter(run=run, state=PairState.PROPOSED))
    _approve_all(run, proposed, by=by)
    return len(proposed)


def _approve_all(run: PairingRun, pairs: Sequence[Pair], *, by: Actor) -> None:
    # Imported here: numpy is no part of a web worker's start.
    from hubs.queries.candidates import still_possible

    # Before the transaction, since it reads much; what comes between is still there to decline.
    possible = still_possible(run.scheme, pairs)
    with transaction.atomic():
        left = scheme_places_left(_open_scheme(run))
        if len(pairs) > left:
            raise ValidationError(_too_many(len(pairs), left))
        offers = MentorOffer.objects.select_for_update().order_by("pk")
        offer_of = offers.in_bulk({pair.offer_id for pair in pairs})
        take(Pair.objects.filter(pk__in=[pair.pk for pair in pairs]))
        for pair in pairs:
            _approve(pair, offer_of.get(pair.offer_id), is_possible=pair.pk in possible, by=by)
        # Together, since a mentor may be in several pairs and gets one mail.
        tell(*(person for pair in pairs for person in _both(pair)))


def _too_many(proposals: int, left: int) -> str:
    if not left:
        return "All places of this scheme are taken."
    return (
        f"There are {proposals} proposals, and this scheme has places for {left} more."
        " Approve them one by one."
    )


def _open_scheme(run: PairingRun) -> Scheme:
    """Lock the scheme, so that two leads cannot both give its last place away."""
    scheme = Scheme.objects.select_for_update().get(pk=run.scheme_id)
    if scheme.state != SchemeState.OPEN:
        raise ValidationError("This scheme is closed: no new pairs can be made.")
    if scheme.ends_on < today():
        raise ValidationError("This scheme has ended: no new pairs can be made.")
    return scheme


def _approve(pair: Pair, offer: MentorOffer | None, *, is_possible: bool, by: Actor) -> None:
    # An offer that is gone has taken its pairs along.
    if offer is None or not Pair.objects.filter(pk=pair.pk, state=PairState.PROPOSED).exists():
        raise ValidationError(ANSWERED)
    if in_pair(pair, by.user):
        raise ValidationError("You are in this pair yourself. Ask a colleague to approve it.")
    if not places_left(offer):
        raise ValidationError(
            f"{pair.offer.person.name} has no place left. Dismiss the pair with"
            f" {pair.request.person.name}, then run the pairing again."
        )
    if not is_possible:
        raise ValidationError(NO_LONGER)
    try:
        with transaction.atomic():
            _move(pair, PairState.PROPOSED, PairState.APPROVED)
    except IntegrityError as taken:
        # Another scheme gave the mentee a mentor since `still_possible` looked.
        raise ValidationError(NO_LONGER) from taken
    record_on_both(by=by, act=Act.APPROVED_PAIR, pair=pair)


def _move(pair: Pair, before: PairState, after: PairState) -> None:
    """Change a state that nobody else has changed: the database decides who was first."""
    now = timezone.now()
    moved = Pair.objects.filter(pk=pair.pk, state=before).update(state=after, decided_at=now)
    if not moved:
        raise ValidationError(ANSWERED)
    pair.state, pair.decided_at = after, now


@transaction.atomic
def dismiss_pair(*, pair: Pair, by: Actor) -> None:
    """Drop a proposal; neither side hears of it, and this hub does not propose it again."""
    _move(pair, PairState.PROPOSED, PairState.DISMISSED)
    audit.record(by=by, act=Act.DISMISSED_PAIR, thing=thing(pair))


@transaction.atomic
def answer_pair(*, pair: Pair, side: Side, accept: bool, by: Actor) -> Pair:
    """Record one side's answer: both accepted start it, one that declines ends it for both.

    The audit row is on the one who answers alone: the other side only reads that it did not go
    ahead.
    """
    pair = _locked(pair)
    mine = Answer(pair.mentor_answer if side is Side.MENTOR else pair.mentee_answer)
    if pair.state != PairState.APPROVED or mine != Answer.NONE:
        raise ValidationError(ANSWERED)
    answer = Answer.ACCEPTED if accept else Answer.DECLINED
    if side is Side.MENTOR:
        pair.mentor_answer = answer
    else:
        pair.mentee_answer = answer
    if not accept:
        pair.state = PairState.DECLINED
    elif pair.mentor_answer == pair.mentee_answer:
        _start(pair)
    pair.save()
    audit.record(by=by, act=Act.ANSWERED_PAIR, subject=by.subject_id, thing=thing(pair))
    if pair.state != PairState.APPROVED:
        tell(*_both(pair))
    return pair


def _start(pair: Pair) -> None:
    # Meetings count from the day of the second yes, not of the approval.
    pair.state, pair.started_on = PairState.ACTIVE, today()
    MenteeRequest.objects.filter(pk=pair.request_id).update(state=RequestState.PAIRED)


def _locked(pair: Pair) -> Pair:
    # Locked by itself, then read whole: PostgreSQL locks no outer join.
    Pair.objects.select_for_update().get(pk=pair.pk)
    return all_pairs().get(pk=pair.pk)


@transaction.atomic
def end_pair(*, pair: Pair, side: Side, by: Actor) -> None:
    """End a pair that meets; nobody is asked why. A mentee whose mentor leaves waits again."""
    pair = _locked(pair)
    if pair.state != PairState.ACTIVE:
        raise ValidationError("This pair does not meet any more.")
    _end(pair, still_wanted=side is Side.MENTOR)
    audit.record(by=by, act=Act.ENDED_PAIR, subject=by.subject_id, thing=thing(pair))
    tell(*_both(pair))


def _end(pair: Pair, *, still_wanted: bool) -> None:
    pair.state, pair.ended_on = PairState.ENDED, today()
    pair.save()
    # Only while it is paired: one that was withdrawn first stays withdrawn.
    MenteeRequest.objects.filter(pk=pair.request_id, state=RequestState.PAIRED).update(
        state=RequestState.OPEN if still_wanted else RequestState.WITHDRAWN,
        withdrawn_at=None if still_wanted else timezone.now(),
    )


def close_pairs(
    *, offers: Sequence[MentorOffer] = (), requests: Sequence[MenteeRequest] = (), by: Actor
) -> list[UUID]:
    """Close all that hangs on an offer or a request that ends, kindly; returns the pairs' ids.

    Proposals go without a trace, since neither side knows of them; what waits for an answer did
    not go ahead; what meets ends, and a mentee whose mentor left waits again.
    """
    of_offers, of_requests = Q(offer__in=offers), Q(request__in=requests)
    # In the order that an approval takes them.
    standing = MentorOffer.objects.filter(pk__in=[offer.pk for offer in offers]).order_by("pk")
    list(standing.select_for_update())
    take(Pair.objects.filter(of_offers | of_requests))
    closed: list[UUID] = []
    told: list[Person] = []
    for of_side, still_wanted in ((of_offers, True), (of_requests, False)):
        # Before the loop, so that only what people know of is told as an end.
        drop_proposals(Pair.objects.filter(of_side))
        for pair in all_pairs().filter(of_side, state__in=LIVE):
            if pair.state == PairState.ACTIVE:
                _end(pair, still_wanted=still_wanted)
            else:
                _move(pair, PairState.APPROVED, PairState.DECLINED)
            # About whose offer or request it was: the hub may have ended it.
            whose = pair.offer.person if still_wanted else pair.request.person
            audit.record(by=by, act=Act.ENDED_PAIR, subject=whose.subject_id, thing=thing(pair))
            closed.append(pair.public_id)
            told += _both(pair)
    tell(*told)
    return closed
