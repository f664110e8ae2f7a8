"""The tables of an age profile, as a page shows them and a download holds them."""

import datetime as dt
from collections.abc import Callable, Sequence

from models.bands import AgeBand
from models.disclosure import whole_sessions
from retention.models.published_count import StaffGroup
from retention.presenters.age_profile import printed_sessions
from retention.presenters.outlook import NOT_KNOWN, number, percent
from retention.presenters.spreadsheets import Cell, Figure, Sheet
from retention.queries.age_profile import BANDS, BandRow
from retention.queries.place_profile import PlaceProfile, ProfileFigures, RoleRow

PEOPLE = {
    StaffGroup.GP: "qualified permanent GPs",
    StaffGroup.NURSES: "nurses",
    StaffGroup.DIRECT_PATIENT_CARE: "people in direct patient care",
    StaffGroup.ADMIN: "people in admin and non-clinical posts",
}
# "Staff" has no singular that says no more than that it is one.
ONE_PERSON = {
    StaffGroup.GP: "qualified permanent GP",
    StaffGroup.NURSES: "nurse",
    StaffGroup.DIRECT_PATIENT_CARE: "person in direct patient care",
    StaffGroup.ADMIN: "person in admin and non-clinical posts",
}
TWO_ROLES = "Who has two roles is counted in both."


def compared_sheet(profile: PlaceProfile) -> Sheet:
    """Return the main figures of a place and those beside it: a column for each."""
    places = _places(profile)
    group = profile.staff_group
    rows: list[tuple[str, Callable[[ProfileFigures], Cell]]] = [
        ("Figures of", lambda one: f"{one.as_at:%B %Y}"),
        ("People", lambda one: whole(one.people)),
        ("Full-time equivalents (FTE)", lambda one: tenth(one.fte)),
        ("Estimated sessions a week", lambda one: whole(one.sessions)),
        ("Aged 55 and over", lambda one: share(one.share_older)),
        ("Aged 60 and over", lambda one: share(one.share_oldest)),
        ("People whose age is not known", lambda one: whole(one.age_unknown)),
        ("Registered patients", lambda one: whole(one.patients)),
        ("Patients for each FTE", lambda one: whole(one.patients_per_fte)),
    ]
    if group in (StaffGroup.GP, StaffGroup.NURSES):
        rows += [
            ("In training, people", lambda one: whole(one.trainees)),
            ("In training, FTE", lambda one: tenth(one.trainee_fte)),
        ]
    rows.append(("Practices with figures", _complete))
    return Sheet(
        "compared",
        f"Main figures of {PEOPLE[group]}",
        ["Figure", *(one.name for one in places)],
        [[label, *(cell(one) for one in places)] for label, cell in rows],
        "Shares are of people of known age. Patients for each FTE leave out practices without"
        " figures. Estimated sessions are FTE times 9.",
    )


def bands_sheet(profile: PlaceProfile) -> Sheet:
    """Return the share of each age band, a column for each place."""
    places, bands = _places(profile), BANDS[profile.staff_group]
    rows: list[list[Cell]] = [
        [one_line(band), *(share(place.band_shares[row]) for place in places)]
        for row, band in enumerate(bands)
    ]
    return Sheet(
        "bands",
        "Share of people of known age in each age band",
        ["Age", *(one.name for one in places)],
        rows,
    )


def contracts_sheet(profile: PlaceProfile) -> Sheet:
    """Return partners, salaried GPs, retainers, locums and trainees, with FTE and its share."""
    places = [one for one in _places(profile) if one.contracts]
    headers = ["Contract"]
    for one in places:
        headers += [f"{one.name}: people", "FTE", "Share of FTE"]
    rows: list[list[Cell]] = []
    for place, contract in enumerate(places[0].contracts):
        row: list[Cell] = [contract.name]
        for one in places:
            found = one.contracts[place]
            # Of these contracts, not of all FTE in the file: parts and whole are of one kind.
            total = sum(item.fte or 0 for item in one.contracts)
            part = found.fte / total if total and found.fte is not None else None
            row += [whole(found.people), tenth(found.fte), share(part)]
        rows.append(row)
    note = "England's bulletin prints no contracts by these roles."
    return Sheet("contracts", "GPs by contract", headers, rows, note)


def roles_sheet(roles: Sequence[RoleRow], name: str) -> Sheet:
    """Return every printed role that has somebody, with people and FTE."""
    return Sheet(
        "roles",
        f"Roles as printed, {name}",
        ["Role", "People", "FTE"],
        [[role.name, whole(role.people), tenth(role.fte)] for role in roles],
        TWO_ROLES,
    )


def older_sheet(profile: PlaceProfile) -> Sheet:
    """Return the shares from 55 and from 60 in every loaded month, oldest first."""
    return Sheet(
        "older",
        "Share aged 55 and over, and 60 and over",
        ["Month", "55 and over", "60 and over", "Age not known", "Practices with figures"],
        [
            [
                month_words(row.month),
                share(row.share_older),
                share(row.share_oldest),
                # In a month without figures nobody's age is known, and 0 would say the contrary.
                whole(row.age_unknown if row.people is not None else None),
                whole(row.practices - row.practices_not_known),
            ]
            for row in profile.trend
        ],
    )


def sessions_sheet(profile: PlaceProfile) -> Sheet:
    """Return people, FTE and estimated sessions in every loaded month, oldest first."""
    return Sheet(
        "sessions",
        "Estimated sessions a week",
        ["Month", "Estimated sessions", "FTE", "People", "Practices with figures"],
        [
            [
                month_words(row.month),
                whole(row.sessions),
                tenth(row.fte),
                whole(row.people),
                whole(row.practices - row.practices_not_known),
            ]
            for row in profile.trend
        ],
    )


def pyramid_sheet(bands: Sequence[BandRow], title: str) -> Sheet:
    """Return people by age band and sex, with estimated sessions."""
    rows: list[list[Cell]] = [
        [
            row.label.replace(" ", "\N{NO-BREAK SPACE}"),
            whole(row.women),
            whole(row.men),
            whole(_rest(row.people, row.women, row.men)),
            whole(row.people),
            whole(row.sessions),
        ]
        # As on the place's own page, and adding up to its sessions in all.
        for row in printed_sessions(bands)
    ]
    headers = ["Age", "Women", "Men", "Sex not known", "All", "Estimated sessions"]
    return Sheet("pyramid", title, headers, rows)


def whole(value: float | None) -> Cell:
    """Return a whole number, or "Not known"."""
    return NOT_KNOWN if value is None else Figure(number(value), whole_sessions(value))


def tenth(value: float | None) -> Cell:
    """Return a number with one decimal, or "Not known"."""
    return NOT_KNOWN if value is None else Figure(f"{value:,.1f}", round(value, 1), "#,##0.0")


def share(value: float | None) -> Cell:
    """Return a share in whole per cent, or "Not known"."""
    if value is None:
        return NOT_KNOWN
    # Rounded as printed: a spreadsheet must not know more than the page.
    return Figure(percent(value), whole_sessions(value * 100) / 100, "0%")


def month_words(month: dt.date) -> str:
    """Return a month as "June 2025"."""
    return f"{month:%B %Y}"


def one_line(band: AgeBand) -> str:
    """Return the band's label, not to be broken."""
    return band.label.replace(" ", "\N{NO-BREAK SPACE}")


def _places(profile: PlaceProfile) -> list[ProfileFigures]:
    return [*([profile.figures] if profile.figures else []), *profile.compared]


def _complete(one: ProfileFigures) -> Cell:
    if one.practices_known is None:
        return "As printed for all"
    return f"{number(one.practices_known)} of {number(one.practices)}"


def _rest(people: int | None, *of_sex: int | None) -> int | None:
    """Return who is of neither sex; not known where a file prints more by sex than in all."""
    if people is None or None in of_sex:
        return None
    rest = people - sum(count or 0 for count in of_sex)
    return rest if rest >= 0 else None
