"""A person's objection to being counted, for programs."""

import datetime as dt

from ninja import Router, Schema

from accounts.api_errors import answers
from accounts.http import Request
from retention.actions.objections import object_to_figures, take_objection_back
from retention.queries.objections import own_objection

router = Router(tags=["My record"])


class ObjectionOut(Schema):
    """Since when I object to being counted; null if I do not."""

    since: dt.date | None


@router.get("/me/objection", response=answers(ObjectionOut), summary="Read my objection")
def read_objection(request: Request) -> dict[str, object]:
    """Say since when I object to being counted."""
    # No permission is asked: it is of whoever asks, and a token always has a user.
    held = own_objection(request.actor)
    return {"since": held.starts_on if held else None}


@router.put("/me/objection", response=answers(ObjectionOut), summary="Object to being counted")
def make_objection(request: Request) -> dict[str, object]:
    """Take my posts and weeks out of every figure made from today."""
    return {"since": object_to_figures(by=request.actor).starts_on}


@router.delete("/me/objection", response=answers(ObjectionOut), summary="Take my objection back")
def delete_objection(request: Request) -> dict[str, object]:
    """Be counted again in figures made from today."""
    take_objection_back(by=request.actor)
    return {"since": None}
