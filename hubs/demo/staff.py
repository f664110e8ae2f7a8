"""Who works in the demo's practices today: ages, sexes and roles as published for England."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from hubs.demo import national
from hubs.demo.names import Names
from hubs.demo.places import GPS, Places
from hubs.demo.seed import stream
from models.bands import GP_BANDS, NURSE_BANDS, band_of
from organisations.models import Organisation
from retention.imports.cells import UNKNOWN_AGE
from retention.models.person import Profession
from retention.models.post import EndReason, PostRole
from retention.queries.patterns import Week
from retention.reference.england import england_reference

LOCUMS, NURSES, TRAINEES = 10, 150, 36
OLDER_FROM = 55
# How much likelier an older GP is to work in a network than anyone else: the first is the one to
# worry about, the seventh the young one.
PULL = (3.0, 1.0, 0.7, 1.0, 1.5, 1.0, 0.4, 1.0)
# Nobody is in a post before this age.
FIRST_POST_AGE = {Profession.GP: 28, Profession.NURSE: 22}
# Mean years in a post so far; assumed.
TENURE = {
    PostRole.PARTNER: 9,
    PostRole.SALARIED: 4,
    PostRole.RETAINER: 3,
    PostRole.LOCUM: 1,
    PostRole.NURSE: 7,
    PostRole.ADVANCED_NURSE: 6,
}
YEAR = dt.timedelta(days=365.25)
# Long enough ago that everyone's first month is a whole one.
LATEST_START = dt.timedelta(days=40)


@dataclass
class Colleague:
    """A person in one post; `practice` is a number in Places, `weeks` are dated, oldest first."""

    key: str
    name: str
    profession: Profession
    sex: str
    born: dt.date
    practice: int
    role: PostRole
    starts_on: dt.date
    qualified_year: int | None = None
    age_is_known: bool = True
    ends_on: dt.date | None = None
    end_reason: EndReason | None = None
    weeks: list[tuple[dt.date, Week]] = field(default_factory=list)
    # A practice that is gone, the day from which they work in `practice`, and why they moved.
    came_from: tuple[Organisation, dt.date, EndReason] | None = None
    # The key of whoever holds this post as a second one.
    held_by: str = ""

    def age_on(self, date: dt.date) -> int:
        """Return the age in whole years on a date."""
        return int((date - self.born) / YEAR)

    def band_on(self, date: dt.date) -> str:
        """Return the published age band on a date, as retention.imports.cells names it."""
        if not self.age_is_known:
            return UNKNOWN_AGE
        return band_at(self.age_on(date), is_gp=self.profession == Profession.GP)

    def works_on(self, date: dt.date) -> bool:
        """Whether the post has begun and not ended."""
        return self.starts_on <= date and (self.ends_on is None or self.ends_on > date)

    def week_on(self, date: dt.date) -> Week:
        """Return the week worked on a date, the first one before any began."""
        begun = [week for starts_on, week in self.weeks if starts_on <= date]
        return begun[-1] if begun else self.weeks[0][1]


@cache
def band_at(age: int, *, is_gp: bool) -> str:
    """Return the published age band of an age; other staff have the bands of nurses."""
    return band_of(age, GP_BANDS if is_gp else NURSE_BANDS).code.lower()


def make_staff(places: Places, names: Names, today: dt.date, window: dt.date) -> list[Colleague]:
    """Return everyone in post today, without weeks; most were there before `window` began."""
    staff = _permanent_gps(places, names, today)
    staff += _locums(places, names, today)
    staff += _nurses(places, names, today)
    rng = stream("starts")
    for colleague in staff:
        set_start(rng, colleague, window, today - LATEST_START)
    return staff


def set_start(rng: random.Random, colleague: Colleague, before: dt.date, latest: dt.date) -> None:
    """Set a start some years before `before`, but at no age too young, and not after `latest`."""
    years = rng.expovariate(1 / TENURE[colleague.role])
    first_day = colleague.born + FIRST_POST_AGE[colleague.profession] * YEAR
    start = max(first_day, before - dt.timedelta(days=30) - years * YEAR)
    colleague.starts_on = min(start, latest)
    studied = rng.choice((0, 0, 1, 2, 4, 7))
    # Some study something else first: years since qualification must not give the age away.
    youngest = colleague.born.year + FIRST_POST_AGE[colleague.profession] + studied
    colleague.qualified_year = min(youngest, colleague.starts_on.year)


def born_at(rng: random.Random, age: int, today: dt.date) -> dt.date:
    """Return a date of birth of someone who is `age` today."""
    return today - age * YEAR - dt.timedelta(days=rng.randrange(1, 365))


def draw_age(rng: random.Random, band: str) -> int:
    """Return an age within a band; the open ones are kept narrow."""
    if band in ("under30", "under25"):
        return int(band[-2:]) - rng.choice((1, 2))
    if band == "70plus":
        return rng.choice((70, 70, 71, 71, 72, 73))
    return int(band[:2]) + rng.randrange(5)


def _ages(rng: random.Random, group: str, count: int) -> list[tuple[int, bool]]:
    """Return (age, whether it is known) of so many people, in a random order."""
    heads: Mapping[str, float] = england_reference().groups[group].headcount_by_band
    known = {band: people for band, people in heads.items() if band != UNKNOWN_AGE}
    ages = []
    for band, people in national.quota(count, heads).items():
        is_known = band != UNKNOWN_AGE
        for _ in range(people):
            ages.append((draw_age(rng, band if is_known else national.draw(rng, known)), is_known))
    rng.shuffle(ages)
    return ages


def _permanent_gps(places: Places, names: Names, today: dt.date) -> list[Colleague]:
    rng = stream("permanent GPs")
    found = []
    for practice, ages in enumerate(_by_practice(rng, places, _ages(rng, "gp", GPS))):
        gps = [
            _colleague(rng, names, "gp", f"gp-{practice + 1}-{place}", practice, age, today)
            for place, age in enumerate(ages, start=1)
        ]
        if all(gp.role != PostRole.PARTNER for gp in gps):
            # Someone has to hold the contract.
            min(gps, key=lambda gp: gp.born).role = PostRole.PARTNER
        found += gps
    return found


def _by_practice(
    rng: random.Random, places: Places, ages: Sequence[tuple[int, bool]]
) -> list[list[tuple[int, bool]]]:
    """Share the ages out to practices; networks with the strongest pull choose first."""
    left = list(ages)
    found: list[list[tuple[int, bool]]] = [[] for _ in places.practices]
    for network in sorted(range(len(PULL)), key=lambda n: -abs(PULL[n] - 1)):
        practices = [n for n, of in enumerate(places.network_of) if of == network]
        size = sum(places.gps[practice] for practice in practices)
        here = _drawn(rng, left, PULL[network], size)
        for practice in practices:
            found[practice] = [here.pop() for _ in range(places.gps[practice])]
    return found


def _drawn(
    rng: random.Random, left: list[tuple[int, bool]], pull: float, size: int
) -> list[tuple[int, bool]]:
    """Take so many out of `left`, older ones `pull` times as likely."""
    weights = [pull if age >= OLDER_FROM else 1.0 for age, _ in left]
    chosen = national.draw_order(rng, range(len(left)), weights, size)
    drawn = [left[place] for place in chosen]
    # From the end, so that the places before it stay right.
    for place in sorted(chosen, reverse=True):
        del left[place]
    return drawn


def _locums(places: Places, names: Names, today: dt.date) -> list[Colleague]:
    rng = stream("locums")
    locums = []
    for number, age in enumerate(_ages(rng, "gp", LOCUMS), start=1):
        practice = rng.randrange(len(places.practices))
        locum = _colleague(rng, names, "gp", f"locum-{number}", practice, age, today)
        locum.role = PostRole.LOCUM
        locums.append(locum)
    return locums


def _nurses(places: Places, names: Names, today: dt.date) -> list[Colleague]:
    rng = stream("nurses")
    ages = _ages(rng, "nurses", NURSES)
    sizes = national.quota(NURSES, {n: gps + 1 for n, gps in enumerate(places.gps)})
    at = [practice for practice, size in sizes.items() for _ in range(size)]
    return [
        _colleague(rng, names, "nurses", f"nurse-{number}", practice, age, today)
        for number, (practice, age) in enumerate(zip(at, ages, strict=True), start=1)
    ]


def _colleague(
    rng: random.Random,
    names: Names,
    group: str,
    key: str,
    practice: int,
    age: tuple[int, bool],
    today: dt.date,
) -> Colleague:
    years, is_known = age
    sex = "female" if rng.random() < national.female_share(group, years) else "male"
    is_gp = group == "gp"
    return Colleague(
        key=key,
        name=names.person(sex, "Dr" if is_gp else ""),
        profession=Profession.GP if is_gp else Profession.NURSE,
        sex=sex,
        born=born_at(rng, years, today),
        practice=practice,
        role=_gp_role(rng, years) if is_gp else _nurse_role(rng),
        starts_on=today,
        age_is_known=is_known,
    )


def _gp_role(rng: random.Random, age: int) -> PostRole:
    if rng.random() < national.PARTNER_SHARE[band_of(age, GP_BANDS).code.lower()]:
        return PostRole.PARTNER
    return PostRole.RETAINER if rng.random() < national.RETAINER_SHARE else PostRole.SALARIED


def _nurse_role(rng: random.Random) -> PostRole:
    return (
        PostRole.ADVANCED_NURSE if rng.random() < national.ADVANCED_NURSE_SHARE else PostRole.NURSE
    )
