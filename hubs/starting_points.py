"""Schemes that others have run, to start a draft from: only figures that a source prints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class StartingPoint:
    """`terms` are the fields of a draft that the source gives; everything else stays empty."""

    key: str
    name: str
    status: str
    source: str
    url: str
    check: str
    terms: Mapping[str, object] = field(default_factory=dict)


# Where a source prints no rate, none is filled in: a guess would be paid.
STARTING_POINTS = (
    StartingPoint(
        key="supporting-mentors",
        name="Supporting Mentors Scheme",
        status="National scheme, closed on 31 March 2024",
        source="NHS England, guidance for 2023-24",
        url="https://www.england.nhs.uk/long-read/supporting-mentors-scheme-guidance-for-2023-24/",
        check="The rate is that of 2023-24. Its rules shut out GPs who have fully retired: switch"
        " them off if yours should not.",
        terms={
            "purpose": "Pays experienced GPs for mentoring, beside their clinical work.",
            "min_clinical_sessions": Decimal(3),
            "licence_required": True,
            "performers_list_required": True,
            "session_minutes": 250,
            "rate": Decimal(289),
        },
    ),
    StartingPoint(
        key="gloucestershire-mentor",
        name="Gloucestershire GP mentors",
        status="Local scheme, as advertised in 2023",
        source="Gloucestershire primary care, glosprimarycare.co.uk",
        url="https://glosprimarycare.co.uk/news/gp-mentor-roles-available",
        check="Paid by the hour including on-costs, with 30 minutes of admin paid for each hour"
        " mentored, 16 hours of training, and 5 hours a quarter for supervision.",
        terms={
            "purpose": "Pays GP mentors by the hour.",
            "session_minutes": 60,
            "rate": Decimal(75),
        },
    ),
    StartingPoint(
        key="blmk-mid-late",
        name="Mentors in mid to late career",
        status="Local scheme (Bedfordshire, Luton and Milton Keynes)",
        source="BLMK training hub",
        url="https://work-learn-live-blmk.co.uk/supporting-mentors-scheme-for-mid-to-late-career-gps/",
        check="It asks for five years since qualification: you must write down why yours should."
        " No rate is printed.",
        terms={
            "purpose": "Trains and pays GPs in mid to late career as mentors; stepping down"
            " from clinical work is welcome.",
            "min_clinical_sessions": Decimal(3),
            "min_years_qualified": 5,
            "session_minutes": 250,
        },
    ),
    StartingPoint(
        key="phoenix",
        name="Phoenix fellowship",
        status="Local scheme (Nottinghamshire)",
        source="Nottinghamshire ICS",
        url="https://healthandcarenotts.co.uk/celebratory-event-for-gps-taking-part-in-phoenix-fellowship-programme",
        check="Half a day a week for 12 months. No rate and no rules are printed.",
        terms={
            "purpose": "Gives GPs at any stage of their career half a day a week for 12 months"
            " for work that keeps them in practice."
        },
    ),
    StartingPoint(
        key="late-career",
        name="Late career conversations",
        status="Local offer (Gloucestershire)",
        source="Gloucestershire primary care, glosprimarycare.co.uk",
        url="https://glosprimarycare.co.uk/gps/late-career-gps",
        check="Informal and confidential; no rate and no rules are printed.",
        terms={
            "purpose": "A confidential talk with an experienced colleague for everyone who"
            " thinks about what comes next."
        },
    ),
)


def starting_point(key: str) -> StartingPoint | None:
    """Return the starting point with a key, if there is one."""
    return next((point for point in STARTING_POINTS if point.key == key), None)
