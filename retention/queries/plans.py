"""Reads plans: with retention/actions/plans.py the only code that unseals them."""

import datetime as dt
import json
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from accounts import audit, sealing
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models import Recognition
from accounts.models.audit_event import Act
from accounts.models.recognition import RecognitionState
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from organisations.models.organisation import Kind
from retention.models import Person, Plan, PlanShare


@dataclass(frozen=True)
class PlanContent:
    """What a plan says. `retire_year` is None for "I don't know"; `wishes` are of Wish."""

    retire_year: int | None
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class SharedPlan:
    """A plan that its person shares with the hub that reads it."""

    share: PlanShare
    person: Person
    content: PlanContent


def sealed(content: PlanContent) -> bytes:
    """Return a plan as it is kept."""
    return sealing.seal(
        json.dumps({"retire_year": content.retire_year, "wishes": list(content.wishes)})
    )


def read_plan(plan: Plan) -> PlanContent:
    """Return what a plan says; raises SealError if its key is no longer held."""
    kept = json.loads(sealing.unseal(plan.sealed))
    return PlanContent(retire_year=kept["retire_year"], wishes=tuple(kept["wishes"]))


def plan_of(person: Person | None) -> Plan | None:
    """Return a person's plan, if they saved one."""
    return Plan.objects.filter(person=person).first() if person else None


def open_shares(plan: Plan | None, *, as_at: dt.date | None = None) -> list[PlanShare]:
    """Return with whom a plan is shared on a day (today)."""
    shares = PlanShare.objects.as_at(as_at or today()).filter(plan=plan).select_related("recipient")
    return list(shares.order_by("recipient__name")) if plan else []


def recognised_by(person: Person | None) -> list[Organisation]:
    """Return the hubs that recognise a person: those that a plan can be shared with."""
    if person is None or person.user_id is None:
        return []
    recognised = Recognition.objects.filter(
        user=person.user_id, state=RecognitionState.RECOGNISED
    ).select_related("hub")
    return [recognition.hub for recognition in recognised.order_by("hub__name")]


def hubs() -> QuerySet[Organisation]:
    """Return all training hubs, to fetch one of them from."""
    return Organisation.objects.filter(kind=Kind.TRAINING_HUB)


def shares() -> QuerySet[PlanShare]:
    """Return all shares of plans, to fetch one of them from."""
    return PlanShare.objects.select_related("plan__person", "recipient")


def shared_plans(by: Actor, hub: Organisation) -> list[SharedPlan]:
    """Return the plans that people share with `hub`, by name; each reading is audited.

    A share counts only while the hub still recognises the person.
    """
    authorise(by, Permission.SEE_SHARED_PLANS, hub)
    # Asked anew at each reading: who leaves a hub takes back what its people may read.
    recognised = Recognition.objects.filter(
        hub=hub, state=RecognitionState.RECOGNISED, user=OuterRef("plan__person__user")
    )
    received = list(
        PlanShare.objects.as_at(today())
        .filter(Exists(recognised), recipient=hub)
        .select_related("plan__person")
        .order_by("plan__person__name", "pk")
    )
    # Before a plan is opened: who looked is known even where opening one fails.
    audit.record_reads(
        by=by,
        act=Act.READ_PLAN,
        subjects=[share.plan.person.subject_id for share in received],
        thing=f"hub:{hub.code}",
    )
    return [
        SharedPlan(share=share, person=share.plan.person, content=read_plan(share.plan))
        for share in received
    ]
