"""Switches what a practice shares with its network and its hubs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.access import authorise
from accounts.actions.notices import keepers_of, notify
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.models.notice import NoticeKind, NoticeLine
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.link import Link, LinkKind
from organisations.models.organisation import Kind, Organisation
from organisations.models.sharing import SharedThing, Sharing
from organisations.queries.places import practices_of
from organisations.queries.sharing import recipients, things_for
from organisations.timeline import Period, first_day_out


@transaction.atomic
def switch_sharing(
    *, by: Actor, practice: Organisation, recipient: Organisation, thing: SharedThing, on: bool
) -> None:
    """Turn one switch on or off from today; a switch that stands so already is left alone."""
    authorise(by, Permission.SET_SHARING, practice)
    if recipient not in recipients(practice, today()):
        raise ValidationError("A practice shares with its own network and hubs only.")
    if thing not in things_for(recipient):
        raise ValidationError("This is not shared with a hub: its lead sees it for the whole area.")
    # Locked, so that a double click turns it once.
    Organisation.objects.select_for_update().get(pk=practice.pk)
    # One that ends on a day to come is still on.
    switched = Sharing.objects.as_at(today()).filter(
        practice=practice, recipient=recipient, thing=thing
    )
    if on == switched.exists():
        return
    if on:
        Sharing.objects.create(
            practice=practice, recipient=recipient, thing=thing, starts_on=today()
        )
    else:
        switched.update(ends_on=today())
    audit.record(
        by=by,
        act=Act.CHANGED_SHARING,
        thing=f"practice:{practice.code}",
        why=f"{thing} {'on' if on else 'off'} for {recipient.code}",
    )


@transaction.atomic
def end_switches_left(*, by: Actor) -> int:
    """End each switch to a network or hub that its practice has left, on the day of leaving.

    Otherwise it would work again should the practice come back, without its holder having said so.
    Returns how many ended. Three queries and those of each hub, whatever the number of practices.
    """
    shares = Sharing.objects.filter(ends_on__isnull=True)
    open_ = list(shares.select_related("recipient", "practice"))
    stays = _memberships({share.practice_id for share in open_})
    areas: dict[int, set[int]] = {}
    left: dict[tuple[int, int], Sharing] = {}
    ended = 0
    for share in open_:
        recipient = share.recipient
        if recipient.kind == Kind.TRAINING_HUB:
            if recipient.pk not in areas:
                found = practices_of(recipient, today())
                areas[recipient.pk] = set(found.values_list("pk", flat=True))
            out = None if share.practice_id in areas[recipient.pk] else today()
        else:
            out = first_day_out(stays[share.practice_id, share.recipient_id], share.starts_on)
        if out is not None:
            _end_left(by, share, out)
            left[share.practice_id, share.recipient_id] = share
            ended += 1
    _tell_left(left.values())
    return ended


def _tell_left(shares: Collection[Sharing]) -> None:
    """Tell those who keep a practice what is not shared any more, once for each reader it had."""
    kept = keepers_of([share.practice for share in shares])
    for share in shares:
        assert share.ends_on is not None  # ended by the caller
        notify(
            told={user: {NoticeLine.SWITCHES_ENDED} for user in kept[share.practice_id]},
            kind=NoticeKind.LEFT_AREA,
            place=share.practice,
            other=share.recipient,
            on=share.ends_on,
            mails=False,
        )


def _memberships(practices: Collection[int]) -> Mapping[tuple[int, int], list[Period]]:
    """Return when each practice was in each network, by their keys."""
    found: dict[tuple[int, int], list[Period]] = defaultdict(list)
    links = Link.objects.filter(kind=LinkKind.PRACTICE_NETWORK)
    for child, parent, starts_on, ends_on in links.filter(
        parent__in=Sharing.objects.filter(ends_on__isnull=True).values("recipient")
    ).values_list("child", "parent", "starts_on", "ends_on"):
        if child in practices:
            found[child, parent].append(Period(str(parent), starts_on, ends_on))
    return found


def _end_left(by: Actor, share: Sharing, out: dt.date) -> None:
    share.ends_on = max(out, share.starts_on)
    share.save(update_fields=["ends_on"])
    audit.record(
        by=by,
        act=Act.CHANGED_SHARING,
        thing=f"practice:{share.practice.code}",
        why=f"{share.thing} off for {share.recipient.code}: left",
    )


def switch_from_form(*, by: Actor, practice: Organisation, answers: Mapping[str, str]) -> None:
    """Turn the switch that a button names: recipient's code, thing, and "on" or "off"."""
    # PostgreSQL refuses a NUL, and a form can be made to send one.
    code = answers.get("recipient", "").replace("\x00", "")
    recipient = Organisation.objects.filter(code=code).first()
    thing, turn = answers.get("thing", ""), answers.get("turn", "")
    if recipient is None or thing not in SharedThing.values or turn not in ("on", "off"):
        raise ValidationError("Nothing was changed. Use one of the buttons below.")
    switch_sharing(
        by=by,
        practice=practice,
        recipient=recipient,
        thing=SharedThing(thing),
        on=turn == "on",
    )
