"""The sections of a place's page on what was published, and on its outlook."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from organisations.clock import today
from organisations.models.organisation import Kind
from retention.models.published_profile import PublishedProfile
from retention.presenters import age_profile as profiles
from retention.presenters import outlook as words
from retention.presenters.ahead import AheadSection
from retention.presenters.chart_on_page import ChartOnPage
from retention.presenters.data_quality import dated_words
from retention.presenters.outlook import Table, number, plural
from retention.presenters.place_addresses import chart_address, chart_path, then
from retention.presenters.trust import trust_sentences
from retention.queries.age_profile import is_known, month_end, practices_known
from retention.queries.place_figures import PlaceFigures
from retention.queries.public_outlook import PublicOutlook


@dataclass(frozen=True)
class PublishedSection:
    """What was published on a place; a part that is empty is not shown."""

    profile: ChartOnPage | None
    nurses: Table | None
    comparison: Table | None
    facts: list[tuple[str, str]]

    @property
    def has_ages(self) -> bool:
        """Whether anything by age was published."""
        return bool(self.profile or self.nurses or self.comparison)


@dataclass(frozen=True)
class OutlookSection:
    """The outlook of a page; without a chart there is none, and the summary says why."""

    chart: ChartOnPage | None = None
    chance: str = ""
    chances: Table | None = None
    no_flag: str = ""
    notes: Sequence[str] = ()

    @property
    def trust(self) -> tuple[str, ...]:
        """What it is compared with, its back-test, and where it must not be used."""
        return trust_sentences()


def published_section(figures: PlaceFigures) -> PublishedSection:
    """Return the published figures of a place's page."""
    gps, nurses = _known(figures.gps), _known(figures.nurses)
    return PublishedSection(
        profile=_profile_chart(figures, gps) if gps else None,
        nurses=profiles.profile_table(nurses) if nurses else None,
        # As in the summary: a share of so few is somebody's age.
        comparison=profiles.comparison_table(figures) if gps and not figures.is_too_small else None,
        facts=_facts(figures),
    )


def _known(profile: PublishedProfile | None) -> PublishedProfile | None:
    return profile if profile and is_known(profile) else None


def _facts(figures: PlaceFigures) -> list[tuple[str, str]]:
    """Return what the publisher printed, its date and how complete it is."""
    gps, nurses = figures.gps, figures.nurses
    if gps is None or figures.month is None:
        return []
    in_file = gps.practices or 0
    facts = [
        ("Figures of", dated_words(month_end(figures.month), figures.as_at or today())),
        # What the outlook leaves out stands with what it counts, or totals are not found again.
        ("GPs in training, not in the outlook", _people(gps.trainees, gps.trainee_fte)),
        ("GP FTE in all, with trainees and locums", profiles.fte(gps.all_fte)),
        ("Qualified permanent GPs", _people(gps.people, gps.fte)),
        ("Nurses", _people(nurses.people, nurses.fte) if nurses else words.NOT_KNOWN),
        ("Registered patients", number(gps.patients)),
    ]
    if figures.place.kind == Kind.PRACTICE:
        return facts
    listed = f" (it has {len(figures.practices)} {then(figures)})" if figures.practices else ""
    # The file and the map may differ by who opened or closed in between, and a reader must see it.
    complete = (
        f"{number(practices_known(gps))} of {plural(in_file, 'practice')} in the file{listed}"
    )
    return [facts[0], ("Figures known for", complete), *facts[1:]]


def _people(people: int | None, fte: float | None) -> str:
    if people is None:
        return words.NOT_KNOWN
    return f"{number(people)} ({profiles.fte(fte)} FTE)" if fte is not None else number(people)


def _profile_chart(figures: PlaceFigures, gps: PublishedProfile) -> ChartOnPage:
    return ChartOnPage(
        id="age-profile",
        title="Qualified permanent GPs by age and sex",
        description=profiles.profile_description(gps),
        wide_url=chart_address(figures, "age", "wide"),
        narrow_url=chart_address(figures, "age", "narrow"),
        table=profiles.profile_table(gps),
    )


def _outlook_chart(figures: PlaceFigures, outlook: PublicOutlook) -> ChartOnPage:
    return ChartOnPage(
        id="outlook",
        title="Estimated sessions at risk if nobody joins",
        description=words.outlook_description(outlook),
        wide_url=chart_address(figures, "outlook", "wide"),
        narrow_url=chart_address(figures, "outlook", "narrow"),
        table=words.outlook_table(outlook),
    )


def outlook_section(figures: PlaceFigures) -> OutlookSection:
    """Return the outlook of a place's page, as far as its reader may see one."""
    outlook, flag = figures.outlook, figures.flag
    if outlook is None:
        return OutlookSection()
    return OutlookSection(
        chart=_outlook_chart(figures, outlook),
        chance=words.chance_sentence(outlook),
        chances=words.chances_table(outlook),
        no_flag=words.no_flag_sentence(flag) if flag and not flag.raised else "",
        notes=words.made_from(outlook),
    )


def ahead_on_page(figures: PlaceFigures, section: AheadSection, query: QueryDict) -> ChartOnPage:
    """Return the chart of the years ahead; query: the assumptions as they were asked."""
    # The day is the page's, which may be another than the asked one: a bad one is of today.
    asked = query.copy()
    asked.pop("as_at", None)
    if figures.as_at:
        asked["as_at"] = figures.as_at.isoformat()
    tail = f"?{asked.urlencode()}" if asked else ""
    return ChartOnPage(
        id="ahead",
        title="Estimated sessions left if nobody joins",
        description=section.description,
        wide_url=chart_path(figures, "ahead", "wide") + tail,
        narrow_url=chart_path(figures, "ahead", "narrow") + tail,
        table=section.table,
    )
