"""The demo networks' own staff by role, and what two of them entered as their entitlement."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from accounts import roles
from hubs.demo import national
from hubs.demo.places import Places
from hubs.demo.seed import stream
from retention.actions.published_figures import count_lines, lines_in
from retention.models import NetworkEntitlement, NetworkWorkforce
from retention.queries.network_staff import financial_year

SOURCE = "NWRS Staff"
_CARE, _NURSES = "Other Direct Patient Care staff", "Other Nurses"
_OFFICE, _DIRECTORS = "Other Admin/Non-clinical staff", "Directors"
# Staff group and role as printed, posts, mean FTE of one: NHS England, Primary Care Network
# Workforce, June 2026. Rare roles are left out.
ROLES: Mapping[tuple[str, str], tuple[int, float]] = {
    (_CARE, "Pharmacists"): (6_893, 0.83),
    (_CARE, "Care Coordinators"): (6_407, 0.79),
    (_CARE, "Social Prescribing Link Workers"): (3_084, 0.86),
    (_CARE, "Pharmacy Technicians"): (2_525, 0.86),
    (_CARE, "Physiotherapists"): (2_150, 0.78),
    (_CARE, "General Practice Assistants"): (2_009, 0.80),
    ("Other GPs", "Salaried GPs"): (1_914, 0.58),
    (_OFFICE, "Other Admin/Non-clinical"): (1_934, 0.74),
    (_CARE, "Paramedics"): (1_457, 0.85),
    (_CARE, "Health and Wellbeing Coaches"): (1_226, 0.79),
    (_CARE, "Physician Associates"): (1_094, 0.89),
    (_DIRECTORS, "Medical Clinical Director (GP)"): (1_027, 0.29),
    (_NURSES, "Advanced Nurse Practitioners"): (982, 0.74),
    (_OFFICE, "Managers"): (869, 0.69),
    (_CARE, "Nursing Associates"): (666, 0.89),
    (_OFFICE, "Digital and Transformation Leads"): (561, 0.71),
    (_CARE, "Advanced Pharmacist Practitioners"): (511, 0.78),
}
POSTS_FOR_A_PATIENT = 39_940 / 63_436_508
# How many more or fewer posts than England each network has, and how much the hours of one vary.
FEWER_OR_MORE = (0.8, 1.2)
HOURS_SPREAD, LEAST_FTE, FULL_WEEK = 0.15, 0.2, 37.5
# How much of today's staff each network had: last month, a year before, and in the first month.
BEFORE = {-1: 1.0, -13: 0.9, 0: 0.8}
DIRECTOR = "Medical Clinical Director (GP)"
# Entered for these networks, by number: pounds, committed, FTE. Made up.
ENTERED: Mapping[int, tuple[int | None, int | None, int | None]] = {
    0: (1_420_000, 1_291_500, 40),
    1: (None, None, 52),
}
ENTERED_BEFORE = dt.timedelta(days=45)


def make_network_staff(places: Places, months: Sequence[dt.date]) -> list[NetworkWorkforce]:
    """Return each network's staff in three months, the last first, unsaved."""
    rng = stream("network staff")
    found = []
    for number, network in enumerate(places.networks):
        gps = sum(
            size for size, of in zip(places.gps, places.network_of, strict=True) if of == number
        )
        patients = gps * national.PATIENTS_FOR_A_GP
        posts = round(patients * POSTS_FOR_A_PATIENT * rng.uniform(*FEWER_OR_MORE))
        lines = []
        for role, count in _posts(posts).items():
            for _ in range(count):
                mean = ROLES[role][1]
                fte = round(min(1.0, max(LEAST_FTE, rng.gauss(mean, HOURS_SPREAD))) * FULL_WEEK)
                lines.append(((SOURCE, *role, role[1]), fte / FULL_WEEK))
        rng.shuffle(lines)
        for month, share in BEFORE.items():
            counts = count_lines(lines[: round(len(lines) * share)])
            found.append(
                NetworkWorkforce(
                    network=network, month=months[month], posts=lines_in(counts), roles=counts
                )
            )
    return found


def _posts(posts: int) -> dict[tuple[str, str], int]:
    """Return the posts of each role, as in England, with one clinical director."""
    shared = national.quota(posts, {role: count for role, (count, _) in ROLES.items()})
    return shared | {(_DIRECTORS, DIRECTOR): 1}


def make_entitlements(places: Places, today: dt.date) -> list[NetworkEntitlement]:
    """Return what two networks entered for this financial year, one of them in FTE alone."""
    year = financial_year(today)
    return [
        NetworkEntitlement(
            network=places.networks[number],
            year=year,
            version=1,
            pounds=_decimal(pounds),
            committed=_decimal(committed),
            fte=_decimal(fte),
            entered_on=max(dt.date(year, 4, 1), today - ENTERED_BEFORE),
            entered_role=roles.NETWORK_LEAD.key,
        )
        for number, (pounds, committed, fte) in ENTERED.items()
    ]


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
