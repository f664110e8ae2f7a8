"""Direct patient care and admin staff of the demo: counted in its files, and in no record.

The hub keeps no posts of theirs here; so nobody has a name.
"""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence

from hubs.demo import national
from hubs.demo.counted import Counted
from hubs.demo.former import Former
from hubs.demo.places import GPS, Places
from hubs.demo.seed import stream
from hubs.demo.staff import YEAR, born_at, draw_age
from retention.imports.cells import ALL, UNKNOWN_AGE, Sex, StaffGroup
from retention.reference.england import PEOPLE, england_reference

GROUPS: Mapping[StaffGroup, Mapping[str, tuple[int, float]]] = {
    "dpc": national.DIRECT_PATIENT_CARE,
    "admin": national.ADMINISTRATION,
}
# Assumed, as nothing is published: the chance that a post changed hands within the history, how
# long it then stood empty, the spread of hours, and how much older who left was.
CHANGED_HANDS, EMPTY_DAYS, HOURS_SPREAD, OLDER_BY = 0.28, (10, 90), 0.2, (0, 12)
FULL_WEEK = 37.5


def make_other_staff(
    places: Places, former: Sequence[Former], months: Sequence[dt.date], today: dt.date
) -> list[Counted]:
    """Return who works in these groups today and who left within `months`, by practice."""
    went = {one.change.into: one for one in former}
    found: list[Counted] = []
    for group, roles in GROUPS.items():
        rng = stream(f"other staff {group}")
        people = round(national.OTHER_STAFF[group] / PEOPLE["gp"] * GPS)
        sizes = national.quota(people, {n: gps + 1 for n, gps in enumerate(places.gps)})
        # Roles are drawn without regard to the practice: nothing is published by size.
        drawn = _roles(rng, roles, people)
        for number, size in sizes.items():
            for _ in range(size):
                role = drawn.pop()
                here = _practices(rng, places.practices[number].code, went.get(number))
                found += _post(rng, group, role, roles[role], here, months, today)
    return found


def _practices(
    rng: random.Random, code: str, former: Former | None
) -> Sequence[tuple[dt.date, str]]:
    """Return where a post is: some came with the patients of a practice that is gone."""
    if former is None or rng.random() >= former.change.share:
        return [(dt.date.min, code)]
    return [(dt.date.min, former.place.code), (former.closed_on, code)]


def _roles(rng: random.Random, roles: Mapping[str, tuple[int, float]], people: int) -> list[str]:
    """Return a role for each of so many people, as often as in England, in a random order."""
    shared = national.quota(people, {role: heads for role, (heads, _) in roles.items()})
    drawn = [role for role, count in shared.items() for _ in range(count)]
    rng.shuffle(drawn)
    return drawn


def _post(
    rng: random.Random,
    group: StaffGroup,
    role: str,
    published: tuple[int, float],
    practices: Sequence[tuple[dt.date, str]],
    months: Sequence[dt.date],
    today: dt.date,
) -> Iterator[Counted]:
    """Yield who holds a post, and before them whoever left it within the history."""
    heads, fte = published
    hours = round(min(1.0, max(0.2, rng.gauss(fte / heads, HOURS_SPREAD))) * FULL_WEEK)
    age, since = _age(rng), months[0] - dt.timedelta(days=rng.randrange(100, 4_000))
    sex: Sex = "female" if rng.random() < national.OTHER_FEMALE_SHARE[group] else "male"

    def counted(born: dt.date | None, starts_on: dt.date, ends_on: dt.date | None) -> Counted:
        return Counted(
            group=group,
            role=role,
            sex=sex,
            populations=(ALL,),
            born=born,
            starts_on=starts_on,
            ends_on=ends_on,
            practices=practices,
            times=[(starts_on, hours / FULL_WEEK)],
        )

    born = None if age is None else born_at(rng, age, today)
    if rng.random() >= CHANGED_HANDS:
        yield counted(born, since, None)
        return
    left_on = rng.choice(months) + dt.timedelta(days=rng.randrange(28))
    starts_on = left_on + dt.timedelta(days=rng.randrange(*EMPTY_DAYS))
    before = born and born - rng.randrange(*OLDER_BY) * YEAR
    yield counted(before, since, left_on)
    yield counted(born, starts_on, None)


def _age(rng: random.Random) -> int | None:
    """Return an age, None where it is not known: as nurses', of others nothing is published."""
    band = national.draw(rng, england_reference().groups["nurses"].headcount_by_band)
    return None if band == UNKNOWN_AGE else draw_age(rng, band)
