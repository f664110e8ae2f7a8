"""Plans: saved sealed, shared with a hub for six months, withdrawn at once."""

import calendar
import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models import User
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.people import own_person
from retention.models import Person, Plan, PlanShare
from retention.models.plan import Wish
from retention.queries.plans import PlanContent, open_shares, recognised_by, sealed

SHARED_MONTHS = 6
LONGEST_AHEAD_YEARS = 50
STALE = (
    "Your plan was changed in another window since you opened this page."
    " What you typed is still here and is not saved."
)


@transaction.atomic
def save_plan(*, by: Actor, content: PlanContent, version: int) -> Plan:
    """Save one's own plan, sealed. `version` is that of the plan seen, 0 for none.

    Raises ValidationError where a value is wrong or another window saved in between.
    """
    _check(content)
    person = own_person(by=by)
    if version == 0:
        # In a savepoint: on PostgreSQL the refused row would else end the whole transaction.
        try:
            with transaction.atomic():
                plan = Plan.objects.create(person=person, sealed=sealed(content))
        except IntegrityError as other:
            raise ValidationError(STALE, code="stale") from other
    else:
        plans = Plan.objects.filter(person=person)
        if not plans.filter(version=version).update(
            sealed=sealed(content), version=F("version") + 1, saved_at=timezone.now()
        ):
            raise ValidationError(STALE, code="stale")
        plan = plans.get()
    audit.record(by=by, act=Act.SAVED_PLAN, subject=person.subject_id)
    return plan


@transaction.atomic
def delete_plan(*, by: Actor) -> None:
    """Delete one's own plan and every share of it."""
    person = own_person(by=by)
    deleted, _ = Plan.objects.filter(person=person).delete()
    if deleted:
        audit.record(by=by, act=Act.WITHDREW_PLAN, subject=person.subject_id, why="Deleted")


@transaction.atomic
def share_plan(*, by: Actor, recipient: Organisation) -> PlanShare:
    """Let a hub that recognises one read one's plan for six months from today.

    Shared again, the six months start again. Raises ValidationError without a plan, or for a
    hub that does not recognise the person.
    """
    person = own_person(by=by)
    plan = _plan_of(person)
    # A hub that does not know them has no purpose for a plan, whatever the person ticks.
    if recipient not in recognised_by(person):
        raise ValidationError("You can share your plan only with a hub that recognises you.")
    ends_on = months_after(today(), SHARED_MONTHS)
    # The open one is lengthened: two at once would have to be withdrawn twice.
    share = next((s for s in open_shares(plan) if s.recipient_id == recipient.pk), None)
    if share is None:
        share = PlanShare(plan=plan, recipient=recipient, starts_on=today())
    share.ends_on = ends_on
    share.full_clean()
    share.save()
    _audit_share(by, Act.SHARED_PLAN, share)
    return share


@transaction.atomic
def withdraw_plan(*, by: Actor, share: PlanShare) -> None:
    """End a share today; a second time changes nothing."""
    authorise(by, Permission.OWN_RECORD, share)
    if _end_shares(share.plan.person.user, share.recipient):
        _audit_share(by, Act.WITHDREW_PLAN, share)


def stop_sharing(sender: object, *, user: User, hub: Organisation, by: Actor, **_: Any) -> None:
    """End what `user` shares with a hub that they leave; listens to `left_hub`.

    Otherwise it would open again once the hub recognises them anew.
    """
    if _end_shares(user, hub):
        subject, thing = user.subject_id, f"hub:{hub.code}"
        audit.record(by=by, act=Act.WITHDREW_PLAN, subject=subject, thing=thing)


def _end_shares(user: User | None, hub: Organisation) -> int:
    shares = PlanShare.objects.filter(plan__person__user=user, recipient=hub)
    return shares.filter(ends_on__gt=today()).update(ends_on=today())


def months_after(date: dt.date, months: int) -> dt.date:
    """Return the same day so many months on, or the last day of a shorter month."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(date.day, last))


def _check(content: PlanContent) -> None:
    first, last = today().year, today().year + LONGEST_AHEAD_YEARS
    if content.retire_year is not None and not first <= content.retire_year <= last:
        raise ValidationError({"retire_year": f"Enter a year from {first} to {last}."})
    if not set(content.wishes) <= set(Wish.values):
        raise ValidationError({"wishes": "Choose from the list."})


def _plan_of(person: Person) -> Plan:
    # Locked, so that a double click makes one share.
    plan = Plan.objects.select_for_update().filter(person=person).first()
    if plan is None:
        raise ValidationError("Save your plan first, then share it.")
    return plan


def end_shares_with(recipient: Organisation) -> None:
    """End every share of a plan with a hub that closes: a person shared it with that hub alone.

    Part of an action, in its transaction and under its audit row.
    """
    lasting = PlanShare.objects.filter(recipient=recipient, ends_on__gt=today())
    lasting.update(ends_on=Greatest("starts_on", Value(today())))


def _audit_share(by: Actor, act: Act, share: PlanShare) -> None:
    subject = share.plan.person.subject_id
    audit.record(by=by, act=act, subject=subject, thing=f"hub:{share.recipient.code}")
