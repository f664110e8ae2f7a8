"""What waits for the reader in the role that they are in. Nothing here names anybody."""

import datetime as dt
from collections.abc import Iterator
from enum import Enum

from accounts.access import may
from accounts.actor import Actor
from accounts.models import User
from accounts.permissions import Permission
from accounts.queries.people import requests_waiting
from hubs.models import Pair, Scheme
from hubs.models.conversation import ConversationState
from hubs.models.pair import Answer, PairState
from hubs.models.scheme import SchemeState
from hubs.queries.conversations import asked_of, open_invitations
from organisations.clock import today
from organisations.models import Organisation
from organisations.models.organisation import Kind
from organisations.queries.agreements import checklist
from retention.models import Post
from retention.queries.posts import is_known
from retention.queries.rosters import last_confirmed

# A list of staff that nobody has looked at for so long is old.
OLD_AFTER = dt.timedelta(days=365)


class Waits(Enum):
    """A kind of work that waits for somebody."""

    INVITATION = "an invitation to everyone"
    PAIR = "a pair to answer"
    POST = "a post to confirm"
    STAFF_LIST = "a staff list to confirm"
    CONVERSATION = "somebody to contact"
    RECOGNITION = "somebody to recognise"
    SCHEME = "a scheme to open"
    AGREEMENT = "an agreement to complete"


def own_to_do(user: User, *, as_at: dt.date | None = None) -> list[Waits]:
    """Return what waits for a person on a day (today), whatever their role."""
    return [
        waits
        for waits, does in (
            (Waits.PAIR, _has_a_pair_to_answer(user)),
            (Waits.INVITATION, bool(open_invitations(user, as_at=as_at))),
        )
        if does
    ]


def _has_a_pair_to_answer(user: User) -> bool:
    approved = Pair.objects.filter(state=PairState.APPROVED)
    # Each side's own answer: whether the other has answered is not told.
    as_mentor = approved.filter(offer__person__user=user, mentor_answer=Answer.NONE)
    as_mentee = approved.filter(request__person__user=user, mentee_answer=Answer.NONE)
    return (as_mentor | as_mentee).exists()


def role_to_do(by: Actor, *, as_at: dt.date | None = None) -> list[Waits]:
    """Return what waits on a day (today) for a manager, a hub's lead or its administrator."""
    date = as_at or today()
    if by.role is None:
        return []
    home = by.role.organisation
    if home.kind == Kind.PRACTICE:
        return list(_of_practice(by, home, date))
    return list(_of_hub(by, home, date)) if home.kind == Kind.TRAINING_HUB else []


def _of_practice(by: Actor, practice: Organisation, date: dt.date) -> Iterator[Waits]:
    if not may(by, Permission.EDIT_POSTS, practice):
        return
    known = Post.objects.as_at(date).filter(is_known(), organisation=practice)
    if known.filter(confirmed_on__isnull=True).exists():
        yield Waits.POST
    said = last_confirmed(practice)
    if said is None or date - said.confirmed_on > OLD_AFTER:
        yield Waits.STAFF_LIST


def _of_hub(by: Actor, hub: Organisation, date: dt.date) -> Iterator[Waits]:
    for permission, waits, is_so in (
        (Permission.SEE_CONVERSATIONS, Waits.CONVERSATION, _somebody_asked),
        (Permission.DECIDE_RECOGNITION, Waits.RECOGNITION, _somebody_wants_to_join),
        (Permission.OPEN_SCHEME, Waits.SCHEME, _a_scheme_is_drafted),
        (Permission.EDIT_AGREEMENTS, Waits.AGREEMENT, _an_agreement_is_missing),
    ):
        # Asked of the database only for who may see the answer.
        if may(by, permission, hub) and is_so(hub, date):
            yield waits


def _somebody_asked(hub: Organisation, date: dt.date) -> bool:
    return asked_of(hub).filter(state=ConversationState.ASKED).exists()


def _somebody_wants_to_join(hub: Organisation, date: dt.date) -> bool:
    return requests_waiting(hub).exists()


def _a_scheme_is_drafted(hub: Organisation, date: dt.date) -> bool:
    return Scheme.objects.filter(hub=hub, state=SchemeState.DRAFT).exists()


def _an_agreement_is_missing(hub: Organisation, date: dt.date) -> bool:
    return any(line.missing for line in checklist(hub, date))
