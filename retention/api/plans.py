"""Plans: one's own, with whom it is shared; and those that a hub was let read."""

from http import HTTPStatus
from uuid import UUID

from ninja import Router, Status

from accounts.access import fetch
from accounts.api_errors import answers, fetch_named
from accounts.api_types import Slug
from accounts.http import Request
from accounts.permissions import Permission
from retention.actions.plans import delete_plan, save_plan, share_plan, withdraw_plan
from retention.api.plan_schemas import PlanIn, PlanOut, PlanShareOut, SharedPlanOut, SharePlanIn
from retention.models import PlanShare
from retention.queries.my_record import own_details
from retention.queries.plans import (
    PlanContent,
    hubs,
    open_shares,
    plan_of,
    read_plan,
    shared_plans,
    shares,
)

router = Router(tags=["Plans"])
NO_HUB = "No training hub has this slug. The list of training hubs has them all."


@router.get("/me/plan", response=answers(PlanOut), summary="Read my plan")
def get_plan(request: Request) -> dict[str, object]:
    """Your plan, which is kept sealed, and the hubs that you let read it. This is not notice."""
    return _own_plan(request)


@router.put("/me/plan", response=answers(PlanOut), summary="Save my plan")
def put_plan(request: Request, data: PlanIn) -> dict[str, object]:
    """Save your plan. It changes no figure that anyone else can see. 409 if it has moved on."""
    # As plain text: the whole is sealed as JSON.
    wishes = tuple(wish.value for wish in data.wishes)
    content = PlanContent(retire_year=data.retire_year, wishes=wishes)
    save_plan(by=request.actor, content=content, version=data.version)
    return _own_plan(request)


@router.delete("/me/plan", response=answers(None, 204), summary="Delete my plan")
def delete_my_plan(request: Request) -> Status[None]:
    """Delete your plan and every share of it."""
    delete_plan(by=request.actor)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post("/me/plan/shares", response=answers(PlanShareOut, 201), summary="Share my plan")
def share_my_plan(request: Request, data: SharePlanIn) -> Status[dict[str, object]]:
    """Let a hub that recognises you read your plan for six months."""
    hub = fetch_named(
        request.actor, Permission.SEE_PUBLISHED, hubs(), {"hub": NO_HUB}, slug=data.hub
    )
    share = share_plan(by=request.actor, recipient=hub)
    return Status(HTTPStatus.CREATED, _share(share))


@router.delete(
    "/me/plan/shares/{share_id}", response=answers(None, 204), summary="Stop sharing my plan"
)
def stop_sharing_my_plan(request: Request, share_id: UUID) -> Status[None]:
    """End a share today; a second time changes nothing."""
    share = fetch(request.actor, Permission.OWN_RECORD, shares(), public_id=share_id)
    withdraw_plan(by=request.actor, share=share)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get(
    "/hubs/{slug}/plans", response=answers(list[SharedPlanOut]), summary="List plans shared with us"
)
def list_shared_plans(request: Request, slug: Slug) -> list[dict[str, object]]:
    """The plans that people let the hub read, for its retention lead; each reading is audited."""
    hub = fetch(request.actor, Permission.SEE_SHARED_PLANS, hubs(), slug=slug)
    return [
        {
            "name": plan.person.name,
            "retire_year": plan.content.retire_year,
            "wishes": list(plan.content.wishes),
            "ends_on": plan.share.ends_on,
        }
        for plan in shared_plans(request.actor, hub)
    ]


def _own_plan(request: Request) -> dict[str, object]:
    plan = plan_of(own_details(request.actor))
    # No plan reads as an empty one, in version 0: the first is saved as any other.
    content = read_plan(plan) if plan else PlanContent(None, ())
    return {
        "version": plan.version if plan else 0,
        "retire_year": content.retire_year,
        "wishes": list(content.wishes),
        "shares": [_share(share) for share in open_shares(plan)],
    }


def _share(share: PlanShare) -> dict[str, object]:
    return {
        "id": share.public_id,
        "recipient": share.recipient,
        "starts_on": share.starts_on,
        "ends_on": share.ends_on,
    }
