"""A place's age profile in words, tables and charts; the page and its downloads share them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from organisations.models.organisation import ENGLAND, Kind
from retention.models.published_count import StaffGroup
from retention.presenters.outlook import Table, number, percent, plural
from retention.presenters.profile_charts import Lines, Pyramid
from retention.presenters.profile_sheets import (
    ONE_PERSON,
    PEOPLE,
    bands_sheet,
    compared_sheet,
    contracts_sheet,
    month_words,
    older_sheet,
    pyramid_sheet,
    roles_sheet,
    sessions_sheet,
)
from retention.presenters.spreadsheets import Sheet
from retention.queries.compared_places import ComparedPlaces
from retention.queries.place_profile import PlaceProfile, ProfileFigures

WHO_IS_COUNTED = {
    StaffGroup.GP: (
        "Ages and totals are of qualified permanent GPs: those in training and locums are left out,"
        " and stand under contracts and roles."
    ),
    StaffGroup.NURSES: "Nurses in training are counted with the others.",
    StaffGroup.DIRECT_PATIENT_CARE: "Network staff who are employed by no practice are not in it.",
    StaffGroup.ADMIN: "Receptionists, managers, secretaries and other staff of practices.",
}


@dataclass(frozen=True)
class ProfileChart:
    """A chart as templates/nhs/chart.html takes it, with the sheet that is its table."""

    id: str
    title: str
    description: str
    wide_url: str
    narrow_url: str
    sheet: Sheet

    @property
    def table(self) -> Table:
        """The chart's table."""
        return self.sheet.texts


@dataclass(frozen=True)
class ProfilePage:
    """All that the page shows; `address` is the query that makes the same page again."""

    title: str
    place_url: str
    kind: str
    code: str
    heading: str
    sentences: list[str]
    who_is_counted: str
    missing: list[str]
    address: str
    compared: Sheet | None = None
    pyramid: ProfileChart | None = None
    bands: Sheet | None = None
    contracts: Sheet | None = None
    roles: Sheet | None = None
    trends: Sequence[ProfileChart] = ()

    @property
    def sheets(self) -> list[Sheet]:
        """Every table of the page in its order: what a download holds."""
        tables = [
            self.compared,
            self.pyramid.sheet if self.pyramid else None,
            self.bands,
            self.contracts,
            self.roles,
            *(chart.sheet for chart in self.trends),
        ]
        return [sheet for sheet in tables if sheet]


def profile_page(profile: PlaceProfile, chosen: ComparedPlaces) -> ProfilePage:
    """Return the page of a profile; without figures it says so and shows no table."""
    place, month, group = profile.place, profile.month, profile.staff_group
    page = ProfilePage(
        title=place.name,
        place_url=place.get_absolute_url(),
        kind=Kind(place.kind).label,
        code=place.code,
        heading=f"{group.label}, {month:%B %Y}" if month else group.label,
        sentences=_sentences(profile),
        who_is_counted=WHO_IS_COUNTED[group],
        missing=[other.name for other in profile.missing],
        address=profile_address(profile, chosen),
    )
    return _with_figures(page, profile, profile.figures) if profile.figures else page


def profile_address(profile: PlaceProfile, chosen: ComparedPlaces) -> str:
    """Return the query of an address that shows this page to anybody."""
    values: list[tuple[str, str]] = [("group", profile.staff_group)]
    if profile.month:
        # Written out, so that a link that was passed on shows the same figures next month.
        values.append(("month", f"{profile.month:%Y-%m}"))
    return urlencode([*values, *(("compare", other.code) for other in chosen.chosen)])


def pyramid_data(profile: PlaceProfile) -> Pyramid | None:
    """Return the data of the pyramid, None where ages or sexes are not known."""
    figures = profile.figures
    if figures is None or not figures.is_known:
        return None
    return Pyramid(
        # A bar cannot be unknown; the table beside it can, and says so.
        tuple((row.label, row.women or 0, row.men or 0) for row in figures.bands),
        x_title=_capital(PEOPLE[profile.staff_group]),
    )


def trend_data(profile: PlaceProfile, name: str) -> Lines | None:
    """Return the data of the line chart `name` ("older" or "sessions"), None without a month."""
    if not profile.trend:
        return None
    rows: list[tuple[str, str, float | None]] = []
    for month in profile.trend:
        day = month.month.isoformat()
        if name == "sessions":
            rows.append((day, "Estimated sessions a week", month.sessions))
        else:
            rows += [
                (day, "55 and over", month.share_older),
                (day, "60 and over", month.share_oldest),
            ]
    return Lines(tuple(rows), is_share=name != "sessions")


def _sentences(profile: PlaceProfile) -> list[str]:
    """Say the main figures as one would to a colleague."""
    figures, people = profile.figures, PEOPLE[profile.staff_group]
    name = profile.place.name
    if figures is None:
        return [f"No figures of {people} have been loaded for {name} yet."]
    if not figures.is_known:
        return [
            f"The file of {figures.as_at:%B %Y} prints no valid figures of {people} for {name}."
            " That is not known, and not zero."
        ]
    said = [f"On {figures.as_at:%-d %B %Y} {name} had {_people_and_hours(profile, figures)}"]
    # One yardstick for every place; the others chosen stand in the table.
    england = next((one for one in profile.compared if one.code == ENGLAND), None)
    if figures.share_older is not None:
        beside = (
            f", in England {percent(england.share_older)} ({england.as_at:%B %Y})"
            if england and england.share_older is not None
            else ""
        )
        said.append(
            f"{percent(figures.share_older)} of those of known age were 55 and over{beside};"
            f" {percent(figures.share_oldest)} were 60 and over."
        )
    return said


def _people_and_hours(profile: PlaceProfile, figures: ProfileFigures) -> str:
    group = profile.staff_group
    if not figures.people:
        return f"no {PEOPLE[group]}."
    people = plural(figures.people, ONE_PERSON[group], PEOPLE[group])
    if figures.fte is None or figures.sessions is None:
        return f"{people}. Their hours are not known."
    return f"{people} ({figures.fte:,.1f} FTE), about {plural(figures.sessions, 'session')} a week."


def _with_figures(page: ProfilePage, profile: PlaceProfile, figures: ProfileFigures) -> ProfilePage:
    if figures.is_known:
        pyramid = _pyramid_chart(profile, figures, page.address)
        page = replace(page, pyramid=pyramid, bands=bands_sheet(profile))
    return replace(
        page,
        compared=compared_sheet(profile),
        contracts=contracts_sheet(profile) if figures.contracts else None,
        roles=roles_sheet(figures.roles, page.title) if figures.roles else None,
        trends=_trend_charts(profile, page.address),
    )


def _pyramid_chart(profile: PlaceProfile, figures: ProfileFigures, address: str) -> ProfileChart:
    heads = [
        f"{row.label.lower()} {number(row.women)} women and {number(row.men)} men"
        for row in figures.bands
    ]
    title = _capital(f"{PEOPLE[profile.staff_group]} by age and sex")
    description = f"Women on the left, men on the right: {'; '.join(heads)}."
    sheet = pyramid_sheet(figures.bands, title)
    return _chart(profile, "pyramid", description, address, sheet)


def _trend_charts(profile: PlaceProfile, address: str) -> list[ProfileChart]:
    first, last = profile.trend[0], profile.trend[-1]
    span = f"from {month_words(first.month)} to {month_words(last.month)}"
    older = (
        f"Aged 55 and over: {percent(first.share_older)} at first,"
        f" {percent(last.share_older)} last, {span}."
    )
    sessions = f"{number(first.sessions)} at first, {number(last.sessions)} last, {span}."
    return [
        _chart(profile, "older", older, address, older_sheet(profile)),
        _chart(profile, "sessions", sessions, address, sessions_sheet(profile)),
    ]


def _chart(
    profile: PlaceProfile, name: str, description: str, address: str, sheet: Sheet
) -> ProfileChart:
    def url(size: str) -> str:
        kwargs = {"code": profile.place.code, "chart": name, "size": size}
        return f"{reverse('place-profile-chart', kwargs=kwargs)}?{address}"

    return ProfileChart(name, sheet.title, description, url("wide"), url("narrow"), sheet)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
