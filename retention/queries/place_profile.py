"""The age profile of any place in any loaded month, beside other places and England."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from models.bands import share_aged
from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.queries.membership import practices_counted
from retention.imports.cells import ROLES, UNKNOWN_AGE
from retention.imports.roles import EARLIER_ROLES
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import (
    BANDS,
    OLDER_FROM,
    BandRow,
    band_rows,
    is_known,
    known_ages,
    month_end,
    practices_known,
    sessions_now,
)
from retention.queries.england import COVERED_FROM
from retention.queries.trend import OLDEST_FROM, TrendMonth, trend
from retention.reference.england import GroupInEngland, england_reference

# What a GP is by contract: the printed roles that make up each, in the order that they are shown.
GP_CONTRACTS: Mapping[str, tuple[str, ...]] = {
    "Partners": ("sen_ptnr", "ptnr_prov"),
    "Salaried": ("sal_by_prac", "sal_by_oth"),
    "Retainers": ("ret",),
    "Locums": ("locum_vac", "locum_abs", "locum_oth"),
}
IN_TRAINING = "In training"
_TRAINING = ("trn_gr_", "reg_st")


@dataclass(frozen=True)
class RoleRow:
    """People and FTE of a role; None is not known. Who has two roles is in both."""

    code: str
    name: str
    people: int | None
    fte: float | None


@dataclass(frozen=True)
class ProfileFigures:
    """One place, month and staff group; None is not known, never zero.

    `sessions` are estimated, a week. `share_older` and `share_oldest` are the shares of people of
    known age from 55 and from 60. `band_shares` are the shares of each band, as `bands` without
    those of unknown age. `contracts` are of GPs only. `practices_known` is None where the figures
    are not added up from practices but printed for the whole.
    """

    name: str
    code: str
    as_at: dt.date
    is_known: bool
    people: int | None
    fte: float | None
    sessions: float | None
    share_older: float | None
    share_oldest: float | None
    age_unknown: int | None
    trainees: int | None
    trainee_fte: float | None
    patients: int | None
    patients_per_fte: float | None
    practices: int | None
    practices_known: int | None
    bands: tuple[BandRow, ...]
    band_shares: tuple[float | None, ...]
    roles: tuple[RoleRow, ...]
    contracts: tuple[RoleRow, ...]


@dataclass(frozen=True)
class PlaceProfile:
    """A place's figures in `month` with those it is compared with, and all its loaded months.

    `figures` is None where nothing is loaded for the place. `compared` ends with England, where
    anything is known of it; a place without figures for the month is not in it but in `missing`.
    """

    place: Organisation
    staff_group: StaffGroup
    month: dt.date | None
    figures: ProfileFigures | None
    compared: tuple[ProfileFigures, ...]
    missing: tuple[Organisation, ...]
    trend: tuple[TrendMonth, ...]

    @property
    def months(self) -> list[dt.date]:
        """The months with figures of the staff group, newest first."""
        return [row.month for row in reversed(self.trend)]


def place_profile(
    place: Organisation,
    *,
    month: dt.date | None = None,
    staff_group: StaffGroup = StaffGroup.GP,
    compare: Sequence[Organisation] = (),
) -> PlaceProfile:
    """Return the profile of `place` in a month, the newest if None or without figures.

    Two queries, and at most five more for each place some of whose practices are not known.
    """
    months = tuple(trend(place, staff_group))
    loaded = {row.month for row in months}
    chosen = month if month in loaded else max(loaded, default=None)
    if chosen is None:
        return PlaceProfile(place, staff_group, None, None, (), tuple(compare), months)
    profiles = _profiles([place, *compare], chosen, staff_group)
    others = [other for other in compare if other not in (place,) and other.code != ENGLAND]
    compared = [figures_of(profiles[other.pk]) for other in others if other.pk in profiles]
    if place.code != ENGLAND:
        compared += _england(profiles.values(), chosen, staff_group)
    return PlaceProfile(
        place=place,
        staff_group=staff_group,
        month=chosen,
        figures=figures_of(profiles[place.pk]),
        compared=tuple(compared),
        missing=tuple(other for other in others if other.pk not in profiles),
        trend=months,
    )


def figures_of(profile: PublishedProfile) -> ProfileFigures:
    """Return a stored profile's figures; at most five queries where a practice is not known."""
    group = StaffGroup(profile.staff_group)
    known = is_known(profile)
    ages = known_ages(profile.headcount, BANDS[group])
    roles = role_rows(profile)
    return ProfileFigures(
        name=profile.organisation.name,
        code=profile.organisation.code,
        as_at=month_end(profile.month),
        is_known=known,
        people=profile.people,
        fte=profile.fte,
        sessions=sessions_now(profile),
        share_older=share_aged(ages, OLDER_FROM, BANDS[group]),
        share_oldest=share_aged(ages, OLDEST_FROM, BANDS[group]),
        age_unknown=profile.headcount.get(UNKNOWN_AGE) if known else None,
        trainees=profile.trainees,
        trainee_fte=profile.trainee_fte,
        patients=profile.patients,
        patients_per_fte=patients_per_fte(profile),
        practices=profile.practices,
        practices_known=practices_known(profile),
        bands=tuple(band_rows(profile)),
        band_shares=_shares(ages.tolist()),
        roles=roles,
        contracts=_contracts(roles) if group == StaffGroup.GP else (),
    )


def role_rows(profile: PublishedProfile) -> tuple[RoleRow, ...]:
    """Return the roles that have somebody, in the order of the file's own list."""
    names = {**ROLES[profile.staff_group], **EARLIER_ROLES}  # type: ignore[index]  # a StaffGroup
    order = {code: place for place, code in enumerate(names)}
    codes = sorted(profile.by_role, key=lambda code: (order.get(code, len(order)), code))
    return tuple(RoleRow(code, names.get(code, code), *profile.by_role[code]) for code in codes)


def patients_per_fte(profile: PublishedProfile) -> float | None:
    """Return registered patients for each FTE, of the practices whose two figures are known.

    A place's patients count practices whose staff are not known; those are taken out first. None
    where they cannot be told, as once a practice moved and the month was not added up again.
    """
    patients, fte = profile.patients, profile.fte
    if patients is None or fte is None:
        return None
    if profile.practices_not_known and profile.organisation.kind != Kind.PRACTICE:
        unknown = list(
            PublishedProfile.objects.filter(
                organisation__in=practices_counted(profile.organisation, month_end(profile.month)),
                month=profile.month,
                staff_group=profile.staff_group,
                people__isnull=True,
            ).values_list("patients", flat=True)
        )
        # Else patients of one practice would be divided by the staff of another.
        if len(unknown) != profile.practices_not_known:
            return None
        patients -= sum(count or 0 for count in unknown)
    return patients / fte if fte > 0 else None


def _profiles(
    places: Iterable[Organisation], month: dt.date, staff_group: StaffGroup
) -> dict[int, PublishedProfile]:
    rows = PublishedProfile.objects.filter(
        Q(organisation__in=[place.pk for place in places]) | Q(organisation__code=ENGLAND),
        month=month,
        staff_group=staff_group,
    ).select_related("organisation")
    return {row.organisation_id: row for row in rows}


def _england(
    profiles: Iterable[PublishedProfile], month: dt.date, staff_group: StaffGroup
) -> list[ProfileFigures]:
    """Return England as loaded where that covers it, else as printed, else nothing."""
    for profile in profiles:
        if profile.organisation.code == ENGLAND and practices_known(profile) >= COVERED_FROM:
            return [figures_of(profile)]
    reference = england_reference()
    group = reference.groups.get(staff_group)
    return [_printed(group, reference.as_at, staff_group)] if group else []


def _printed(group: GroupInEngland, as_at: dt.date, staff_group: StaffGroup) -> ProfileFigures:
    """Return England's figures of the bulletin, which prints neither sex by age nor our roles."""
    bands = BANDS[staff_group]
    ages = known_ages(group.headcount_by_band, bands)
    return ProfileFigures(
        name="England",
        code=ENGLAND,
        as_at=as_at,
        is_known=True,
        people=group.headcount,
        fte=group.fte,
        sessions=sum(group.sessions_by_band.values()),
        share_older=share_aged(ages, OLDER_FROM, bands),
        share_oldest=share_aged(ages, OLDEST_FROM, bands),
        age_unknown=round(group.headcount_by_band[UNKNOWN_AGE]),
        trainees=None,
        trainee_fte=None,
        patients=None,
        patients_per_fte=None,
        practices=None,
        practices_known=None,
        bands=(),
        band_shares=_shares(ages.tolist()),
        roles=(),
        contracts=(),
    )


def _shares(ages: Sequence[float]) -> tuple[float | None, ...]:
    everyone = sum(ages)
    return tuple(people / everyone if everyone else None for people in ages)


def _contracts(roles: Sequence[RoleRow]) -> tuple[RoleRow, ...]:
    """Add the printed roles of GPs up by contract, those in training last."""
    if not roles:
        return ()
    printed = {role.code: role for role in roles}
    codes_of = {
        **GP_CONTRACTS,
        IN_TRAINING: [code for code in printed if code.startswith(_TRAINING)],
    }
    return tuple(
        _added_up(kind, [printed[code] for code in codes if code in printed])
        for kind, codes in codes_of.items()
    )


def _added_up(kind: str, roles: Sequence[RoleRow]) -> RoleRow:
    return RoleRow(
        kind.lower().replace(" ", "_"),
        kind,
        sum(role.people or 0 for role in roles),
        sum(role.fte or 0 for role in roles),
    )
