"""Lets out a hub's own leavers: once a quarter it is looked at what has come together.

Not audited: a job of the service reads posts together, and no person is shown to anybody.
"""

import datetime as dt

from django.db import transaction

from accounts.permissions import Permission
from accounts.queries.roles import several_places
from models.disclosure import Band, Withheld, count_of_practices, released_on
from models.own_experience import AGE_GROUPS, group_rates, group_shares, years_low
from models.standard_table import standard_table
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from organisations.models.sharing import SharedThing, Sharing
from retention.models import ExperienceRelease
from retention.models.published_count import StaffGroup
from retention.queries.age_profile import BANDS
from retention.queries.experience_inputs import Exposure, exposures
from retention.queries.published_ages import published_ages

# What was entered about days long gone rarely names those who had left by then.
LOOK_BACK_YEARS = 2
# People retire at certain times of the year: a stretch holds all of them.
LEAST_YEARS = 1
MONTHS_A_YEAR = 12


def release_experience() -> int:
    """Look at each hub, the first time in a quarter; return how many staff groups were let out.

    A stretch of a hub's record ends with the first quarter in which enough have left (`_figures`),
    and the next begins there: no month is in two. Until then it goes on. The rest of the quarter
    changes nothing, so that no day tells when the eighth left.
    """
    quarter = released_on(today())
    seen = ExperienceRelease.objects.filter(quarter__gte=quarter).values("hub")
    hubs = Organisation.objects.as_at(today()).filter(kind=Kind.TRAINING_HUB).exclude(pk__in=seen)
    let_out = 0
    for hub in hubs:
        releases = _looked_at(hub, quarter)
        with transaction.atomic():
            # Another worker may have looked meanwhile: theirs stands.
            ExperienceRelease.objects.bulk_create(releases, ignore_conflicts=True)
        let_out += sum(release.figures is not None for release in releases)
    return let_out


def _looked_at(hub: Organisation, quarter: dt.date) -> list[ExperienceRelease]:
    """Return what the quarter lets out of each staff group of a hub."""
    starts = {group: _start(hub, group, quarter) for group in StaffGroup.values}
    made: dict[dt.date, dict[str, Exposure]] = {
        since: exposures(hub, since, quarter, made_on=today())
        for since in set(starts.values())
        if since is not None and since <= quarter.replace(year=quarter.year - LEAST_YEARS)
    }
    found = []
    for group, since in starts.items():
        release = ExperienceRelease(hub=hub, staff_group=group, quarter=quarter)
        if since in made and (figures := _figures(hub, group, made[since][group], quarter)):
            release.since, release.figures = since, figures
            release.table_version = standard_table(group).version
        found.append(release)
    return found


def _start(hub: Organisation, group: str, quarter: dt.date) -> dt.date | None:
    """Return the first day that no release has counted; None where nobody shares."""
    out = ExperienceRelease.objects.filter(hub=hub, staff_group=group, since__isnull=False)
    last = out.order_by("-quarter").values_list("quarter", flat=True).first()
    if last is not None:
        return last
    shares = Sharing.objects.filter(recipient=hub, thing=SharedThing.PATTERNS)
    first = shares.order_by("starts_on").values_list("starts_on", flat=True).first()
    if first is None:
        return None
    earliest = quarter.replace(year=quarter.year - LOOK_BACK_YEARS)
    begun = released_on(first)
    # A quarter that sharing began in is not whole.
    whole = begun if begun == first else released_on(begun + dt.timedelta(days=95))
    return max(whole, earliest)


def _figures(
    hub: Organisation, group: str, exposure: Exposure, quarter: dt.date
) -> dict[str, object] | None:
    """Return what is told of a stretch; None where it is too little to be told.

    Leavers of three practices, eight of them left for whoever knows the people of one practice or
    of all that one account manages.
    """
    readers = several_places(Permission.SEE_POSTS, today())
    leavers = count_of_practices(exposure.leavers, readers)
    ages = published_ages(hub, group, quarter)
    years = _years_by_group(exposure, group_shares(ages, BANDS[group]))
    lows = {name: years_low(number) for name, number in years.items()}
    # All or nothing: a rate is made of leavers and of years, and one alone tells none.
    if isinstance(leavers, Withheld) or not any(lows.values()):
        return None
    return {
        "leavers": leavers.low,
        "retired": _low(count_of_practices(exposure.retired, readers)),
        "unexplained": _low(count_of_practices(exposure.unexplained, readers)),
        "years": lows,
        "rates": group_rates(standard_table(group), ages, BANDS[group]),
    }


def _years_by_group(exposure: Exposure, shares: dict[str, float]) -> dict[str, float]:
    """Return person-years by age group; of unknown age they are spread as published."""
    unknown = exposure.months.get("", 0)
    return {
        group: (exposure.months.get(group, 0) + unknown * shares[group]) / MONTHS_A_YEAR
        for group in AGE_GROUPS
    }


def _low(count: Band | Withheld) -> int | None:
    return None if isinstance(count, Withheld) else count.low
