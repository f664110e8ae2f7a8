"""The patients of a place through the API: the open figures of its page."""

import datetime as dt

from ninja import Field, Query, Router, Schema

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code
from accounts.http import Request
from accounts.permissions import Permission
from models.patients_per_session import patients_per_session
from organisations.clock import today
from organisations.models.organisation import Kind
from retention.api.place_schemas import AsAt
from retention.queries.age_profile import latest_month
from retention.queries.place_figures import places_of_kind
from retention.queries.population import AGE_GROUPS, Behind, ListDeprivation, Patients, population

router = Router(tags=["Places"])


class AgeGroupOut(Schema):
    """Registered patients of one group of ages."""

    age: str
    women: int
    men: int
    share_in_england: float


class PatientsOut(Schema):
    """Registered patients on a day; practices without figures are counted, never zero."""

    on: dt.date
    england_on: dt.date = Field(description="The day of England's shares.")
    total: int
    practices: int
    practices_not_known: int
    ages: list[AgeGroupOut]


class DeprivationOut(Schema):
    """The score of a practice, or the mean of a place's practices by their patients."""

    year: int
    score: float
    practices: int
    practices_not_known: int
    fifth: int | None = Field(description="Of England's practices: 1 the least deprived, 5 most.")
    share_in_most_deprived_fifth: float | None


class BehindOut(Schema):
    """Patients and estimated weekly sessions of the practices where both are known."""

    month: dt.date = Field(description="The first day of the month.")
    patients: int
    sessions: float
    patients_per_session: float | None
    practices: int
    practices_not_known: int


class PopulationOut(Schema):
    """A part is null where nothing is loaded for the place."""

    patients: PatientsOut | None
    deprivation: DeprivationOut | None
    workforce: BehindOut | None


@router.get(
    "/places/{code}/population", response=answers(PopulationOut), summary="Read a place's patients"
)
def get_population(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """Patients by age, deprivation, and patients for each session: open data, for everyone."""
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*Kind), code=code.upper())
    found = population(place, latest_month(place, day.as_at), day.as_at or today())
    return {
        "patients": _patients(found.patients) if found.patients else None,
        "deprivation": _deprivation(found.deprivation) if found.deprivation else None,
        "workforce": _behind(found.behind) if found.behind else None,
    }


def _patients(patients: Patients) -> dict[str, object]:
    return {
        "on": patients.month,
        "england_on": patients.england_on,
        "total": patients.total,
        "practices": patients.practices,
        "practices_not_known": patients.not_known,
        "ages": [
            {
                "age": age,
                "women": patients.women[i],
                "men": patients.men[i],
                "share_in_england": patients.england[i],
            }
            for i, age in enumerate(AGE_GROUPS)
        ],
    }


def _deprivation(deprivation: ListDeprivation) -> dict[str, object]:
    return {
        "year": deprivation.year,
        "score": deprivation.score,
        "practices": deprivation.practices,
        "practices_not_known": deprivation.not_known,
        "fifth": deprivation.fifth,
        "share_in_most_deprived_fifth": deprivation.most_deprived,
    }


def _behind(behind: Behind) -> dict[str, object]:
    return {
        "month": behind.month,
        "patients": behind.patients,
        "sessions": behind.sessions,
        "patients_per_session": patients_per_session(behind.patients, behind.sessions),
        "practices": behind.practices,
        "practices_not_known": behind.not_known,
    }
