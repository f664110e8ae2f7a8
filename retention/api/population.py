"""The patients of a place through the API: the open figures of its page."""

import datetime as dt

from ninja import Field, Query, Router, Schema

from accounts.api_errors import answers
from accounts.api_types import Code, PlaceName
from accounts.http import Request
from models.patients_per_session import after_loss, patients_per_session
from retention.api.asked_place import asked_place
from retention.api.place_schemas import AsAt
from retention.queries.population import AGE_GROUPS, Behind, ListDeprivation, Patients, population
from retention.queries.public_outlook import PublicOutlook
from retention.queries.rurality import ListRurality

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


class RuralityOut(Schema):
    """How rural a place's practices are, by their patients."""

    year_ended: int = Field(description="In which the publication's financial year ended.")
    share_with_rural_practice: float = Field(description="0 or 1 for a practice.")
    practices: int
    practices_not_known: int


class BehindOut(Schema):
    """Patients and estimated weekly sessions of the practices where both are known."""

    month: dt.date = Field(description="The first day of the month.")
    patients: int
    sessions: float
    patients_per_session: float | None
    practices: int
    practices_not_known: int


class AfterOut(Schema):
    """Patients for each session left after some years; null where every session may be lost."""

    years: int
    expected: float | None
    low80: float | None
    high80: float | None


class PopulationOut(Schema):
    """A part is null where nothing is loaded for the place."""

    place: PlaceName
    patients: PatientsOut | None
    deprivation: DeprivationOut | None
    rurality: RuralityOut | None
    workforce: BehindOut | None
    after_expected_loss: list[AfterOut] | None = Field(
        description="If nobody joins; null for who may not see the place's outlook, or without one."
    )


@router.get(
    "/places/{code}/population", response=answers(PopulationOut), summary="Read a place's patients"
)
def get_population(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """Patients by age, deprivation, rurality, patients for each session: open data, for everyone.

    After the expected loss for those who may see the place's outlook.
    """
    asked = asked_place(request, code, day)
    found, outlook = population(asked.place, asked.month, asked.on), asked.outlook
    return {
        "place": asked.named,
        "patients": _patients(found.patients) if found.patients else None,
        "deprivation": _deprivation(found.deprivation) if found.deprivation else None,
        "rurality": _rurality(found.rurality) if found.rurality else None,
        "workforce": _behind(found.behind) if found.behind else None,
        "after_expected_loss": _after(found.behind, outlook) if found.behind and outlook else None,
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


def _rurality(rurality: ListRurality) -> dict[str, object]:
    return {
        "year_ended": rurality.year,
        "share_with_rural_practice": rurality.share,
        "practices": rurality.practices,
        "practices_not_known": rurality.not_known,
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


def _after(behind: Behind, outlook: PublicOutlook) -> list[dict[str, object]] | None:
    # Of the practices where both are known: the same ratio as `workforce` tells.
    now = patients_per_session(behind.patients, behind.sessions)
    if now is None:
        return None
    left = {
        h.years: after_loss(now, outlook.sessions_now, h.expected, h.low80, h.high80)
        for h in outlook.horizons.values()
    }
    return [
        {"years": years, "expected": one.expected, "low80": one.low, "high80": one.high}
        for years, one in left.items()
    ]
