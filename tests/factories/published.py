"""Makes published profiles, as loading a practice-level file would."""

import datetime as dt
from collections.abc import Mapping

import factory
from factory.django import DjangoModelFactory

from organisations.models.organisation import Organisation
from retention.actions.json_text import NumberTexts
from retention.actions.practice_level import PrintedCells, printed_values
from retention.actions.published_profiles import rebuild_places
from retention.imports.cell_layout import group_layout
from retention.imports.cells import AGE_BANDS, Cell, StaffGroup
from retention.models import (
    Deprivation,
    NetworkWorkforce,
    PracticeRurality,
    PublishedProfile,
    PublishedRelease,
    RegisteredPatients,
)

JUNE = dt.date(2025, 6, 1)
# Seven GPs, two of them 55 and over; 4.9 FTE are 44.1 sessions.
SEVEN = {"30to34": 1, "35to39": 2, "40to44": 2, "55to59": 1, "60to64": 1}
OLD = {"55to59": 2, "60to64": 4, "65to69": 2}
FTE_EACH = 0.7


class PublishedProfileFactory(DjangoModelFactory[PublishedProfile]):
    """A practice of SEVEN in June 2025; `profile_of` makes one of other people."""

    class Meta:
        model = PublishedProfile

    month = JUNE
    staff_group = "gp"
    headcount = factory.LazyFunction(lambda: all_bands(SEVEN))
    sessions = factory.LazyAttribute(
        lambda o: {band: n * FTE_EACH * 9 for band, n in o.headcount.items()}
    )
    by_sex = factory.LazyAttribute(
        lambda o: {"female": o.headcount, "male": dict.fromkeys(o.headcount, 0)}
    )
    people = factory.LazyAttribute(lambda o: sum(o.headcount.values()))
    fte = factory.LazyAttribute(lambda o: o.people * FTE_EACH)
    trainees = 2
    trainee_fte = 1.6
    all_fte = 7.5
    patients = 9_000


def all_bands(heads: Mapping[str, int]) -> dict[str, int]:
    """Return heads in every GP band, none where `heads` names none."""
    return {band: heads.get(band, 0) for band in AGE_BANDS["gp"]}


def profile_of(
    practice: Organisation, heads: Mapping[str, int] | None = None, month: dt.date = JUNE
) -> PublishedProfile:
    """Make the profile of a practice's GPs by age band; not known (`NA`) where heads is None."""
    if heads is None:
        return PublishedProfileFactory(
            organisation=practice,
            month=month,
            headcount={},
            by_sex={},
            people=None,
            fte=None,
            practices_not_known=1,
        )
    return PublishedProfileFactory(organisation=practice, month=month, headcount=all_bands(heads))


def staff_of(
    practice: Organisation,
    staff_group: str,
    heads: Mapping[str, int],
    month: dt.date = JUNE,
    fte_each: float = FTE_EACH,
) -> PublishedProfile:
    """Make the profile of a practice's staff of another group than GPs, by age band."""
    bands = {band: heads.get(band, 0) for band in AGE_BANDS["nurses"]}
    people = sum(bands.values())
    return PublishedProfileFactory(
        organisation=practice,
        month=month,
        staff_group=staff_group,
        headcount=bands,
        fte=people * fte_each,
        trainees=None,
        trainee_fte=None,
    )


def printed_of(
    practice: str, month: dt.date, group: StaffGroup, cells: Mapping[str, Cell]
) -> PrintedCells:
    """Return cells given by name as they are stored."""
    layout = group_layout(group, list(cells))
    values = [cells[name] for name in layout.names]
    return printed_values(practice, month, layout, values, NumberTexts())


def add_up(month: dt.date = JUNE) -> None:
    """Make the profiles of networks, areas and England out of the practices', as a load does."""
    rebuild_places(month)


class PublishedReleaseFactory(DjangoModelFactory[PublishedRelease]):
    class Meta:
        model = PublishedRelease

    format = "registered_patients"
    file_name = "file.csv"
    sha256 = "0" * 64
    month = JUNE
    rows = 1


class RegisteredPatientsFactory(DjangoModelFactory[RegisteredPatients]):
    """A practice with `each` patients of each sex in each of the file's twenty ages."""

    class Meta:
        model = RegisteredPatients

    class Params:
        each = 10

    month = JUNE
    counts = factory.LazyAttribute(lambda o: {"female": [o.each] * 20, "male": [o.each] * 20})
    total = factory.LazyAttribute(lambda o: sum(map(sum, o.counts.values())))
    release = factory.SubFactory(PublishedReleaseFactory)


class DeprivationFactory(DjangoModelFactory[Deprivation]):
    class Meta:
        model = Deprivation

    year = 2025
    score = 20.0
    release = factory.SubFactory(PublishedReleaseFactory, format="deprivation")


class PracticeRuralityFactory(DjangoModelFactory[PracticeRurality]):
    class Meta:
        model = PracticeRurality

    year = 2025
    rural = True
    release = factory.SubFactory(PublishedReleaseFactory, format="practice_rurality")


class NetworkWorkforceFactory(DjangoModelFactory[NetworkWorkforce]):
    """A network with two pharmacists, a paramedic of unknown FTE, and its clinical director."""

    class Meta:
        model = NetworkWorkforce

    month = JUNE
    roles = [
        ["NWRS", "Directors", "Medical Clinical Director (GP)", "", 1, 0.2],
        ["NWRS", "Other Direct Patient Care staff", "Paramedics", "", 1, None],
        ["NWRS", "Other Direct Patient Care staff", "Pharmacists", "", 2, 1.5],
    ]
    posts = factory.LazyAttribute(lambda o: sum(role[4] for role in o.roles))
    release = factory.SubFactory(PublishedReleaseFactory, format="network_workforce")
