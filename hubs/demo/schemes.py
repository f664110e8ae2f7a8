"""The demo's schemes: one open, one in draft, one of last year that is closed."""

import datetime as dt
from decimal import Decimal

from accounts.models import User
from hubs.demo.seed import stable_id
from hubs.models import Scheme
from hubs.models.scheme import SchemeState
from organisations.models import Organisation

# The national rate for a session in 2023/24 (hubs/starting_points.py).
RATE = Decimal(289)


def make_schemes(
    hub: Organisation, lead: User, administrator: User, today: dt.date
) -> list[Scheme]:
    """Return the schemes of the hub, the closed one last; financial years start in April."""
    # Money comes by the financial year; a demo loaded in any month has an open scheme.
    year = today.year if today >= dt.date(today.year, 4, 1) else today.year - 1
    is_opened = {"drafted_by": lead, "opened_by": administrator}
    return [
        _scheme(
            hub,
            f"Supporting mentors {_years(year)}",
            year,
            purpose="Pays experienced clinicians for time with trainees and new colleagues, so"
            " that both stay.",
            state=SchemeState.OPEN,
            min_clinical_sessions=Decimal(2),
            licence_required=True,
            places=40,
            budget=Decimal(60_000),
            **is_opened,
        ),
        _draft(hub, year + 1, drafted_by=lead),
        _scheme(
            hub,
            f"Supporting mentors {_years(year - 1)}",
            year - 1,
            purpose="Last year's scheme. Its pairs go on until they end by themselves.",
            state=SchemeState.CLOSED,
            licence_required=True,
            places=10,
            budget=Decimal(15_000),
            **is_opened,
        ),
    ]


def _draft(hub: Organisation, year: int, drafted_by: User) -> Scheme:
    return _scheme(
        hub,
        f"Later career conversations {_years(year)}",
        year,
        purpose="A confidential talk with an experienced colleague, for everyone who thinks"
        " about what comes next.",
        state=SchemeState.DRAFT,
        performers_list_required=True,
        min_years_qualified=5,
        years_justification="Those who talk with others need to have seen a career from"
        " inside; five years is what nearby schemes ask.",
        places=20,
        budget=Decimal(18_000),
        drafted_by=drafted_by,
    )


def _scheme(hub: Organisation, name: str, year: int, **terms: object) -> Scheme:
    return Scheme(
        public_id=stable_id(f"scheme {terms['state']}"),
        hub=hub,
        area=hub,
        name=name,
        starts_on=dt.date(year, 4, 1),
        ends_on=dt.date(year + 1, 3, 31),
        rate=RATE,
        **terms,
    )


def _years(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"
