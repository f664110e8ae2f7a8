"""How the outlook is made and how far to trust it, for programs: the same as the pages."""

import datetime as dt
from typing import Any

from ninja import Field, Router, Schema

from accounts.access import authorise
from accounts.api_errors import answers
from accounts.http import Request
from accounts.permissions import Permission
from models.outlook import MODEL_VERSION
from models.standard_table import FIRST_AGE, standard_table
from retention.models.published_count import StaffGroup
from retention.presenters.model_card import NOT_FOR
from retention.presenters.trust import evaluations

router = Router(tags=["Method"])


class AgeOut(Schema):
    """Yearly chances at one age; the last age stands for all older ones."""

    age: int
    retire: float
    leave_otherwise: float
    basis: str = Field(description="published, interpolated, fitted, spike or assumed.")


class MethodOut(Schema):
    """The standard table of a staff group, and what must be known to use an outlook."""

    staff_group: str
    table_version: str
    model_version: str
    window: str
    constructed: bool = Field(description="It is made from published figures, not published.")
    sources: list[str]
    ages: list[AgeOut]
    not_for: list[str] = Field(description="What an outlook must not be used for.")


class EvaluationOut(Schema):
    """One evaluation: when it was made, from what, by which method, and its figures."""

    name: str = Field(description="backtest, hazard, simulated, fairness or roles.")
    made_on: dt.date
    data: str
    method: str
    figures: dict[str, Any] = Field(description="As the command prints them with --json.")


@router.get("/method", response=answers(MethodOut), summary="Read the standard table")
def get_method(request: Request, staff_group: StaffGroup = StaffGroup.GP) -> dict[str, object]:
    """The yearly chances behind every outlook, by age and cause, with their sources."""
    authorise(request.actor, Permission.SEE_PUBLISHED)
    # The table alone, without a hub's own record: no outlook is made with that.
    table = standard_table(staff_group)
    rows = zip(table.retire, table.leave_otherwise, table.basis, strict=True)
    return {
        "staff_group": staff_group,
        "table_version": table.version,
        "model_version": MODEL_VERSION,
        "window": table.window,
        "constructed": table.constructed,
        "sources": list(table.sources),
        "ages": [
            {
                "age": FIRST_AGE + i,
                "retire": float(retire),
                "leave_otherwise": float(otherwise),
                "basis": basis,
            }
            for i, (retire, otherwise, basis) in enumerate(rows)
        ],
        "not_for": list(NOT_FOR),
    }


@router.get(
    "/method/evaluations", response=answers(list[EvaluationOut]), summary="Read the evaluations"
)
def list_evaluations(request: Request) -> list[dict[str, object]]:
    """The back-test on published figures, and the tests on real people and on simulated hubs."""
    authorise(request.actor, Permission.SEE_PUBLISHED)
    # Each evaluation stores other figures; these three all have.
    said = ("made_on", "data", "method")
    return [
        {
            "name": name,
            **{key: part[key] for key in said},
            "figures": {key: value for key, value in part.items() if key not in said},
        }
        for name, part in evaluations().items()
    ]
