"""The open sections of a place as files hold them: its patients, similar places, own staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from retention.presenters.network_staff import WHAT_COUNTS, StaffSection
from retention.presenters.other_staff import NO_OTHER_STAFF, OtherStaff
from retention.presenters.outlook_sheets import cell_of, table_sheet
from retention.presenters.place import PlacePage
from retention.presenters.population import PopulationSection
from retention.presenters.similar_places import SimilarSection
from retention.presenters.spreadsheets import Sheet


@dataclass(frozen=True)
class OpenSections:
    """What a page shows beside its outlook, as its reader sees it; None: it has no such section."""

    population: PopulationSection
    similar: SimilarSection | None = None
    network_staff: StaffSection | None = None


def open_sheets(sections: OpenSections) -> list[Sheet]:
    """Return the tables of the open sections, each with the sentences beside it."""
    return [
        *_population(sections.population),
        *(_similar(sections.similar) if sections.similar else []),
        *(_network_staff(sections.network_staff) if sections.network_staff else []),
    ]


def published_sheets(
    page: PlacePage, sections: OpenSections, staff: OtherStaff = NO_OTHER_STAFF
) -> list[Sheet]:
    """Return all that was published on a place, and what stands beside it, as its reader sees it.

    staff: the section on other staff, with their outlooks only for who may see them.
    """
    published = page.published
    facts = [[label, cell_of(value)] for label, value in published.facts]
    sheets = [Sheet("place", f"{page.title} ({page.code})", ["Figure", "Value"], facts)]
    if published.profile:
        sheets.append(table_sheet("ages", published.profile.title, published.profile.table))
    if published.nurses:
        sheets.append(table_sheet("nurses", "Nurses by age and sex", published.nurses))
    if published.comparison:
        sheets.append(table_sheet("compared", "Beside other places", published.comparison))
    if staff.table:
        sheets.append(table_sheet("staff", "Other staff", staff.table, " ".join(staff.notes)))
    return [*sheets, *open_sheets(sections)]


def _population(found: PopulationSection) -> list[Sheet]:
    sheets = [_said("patients", "Its patients", [*found.sentences, *found.missing])]
    if found.per_session:
        title = "Patients for each estimated session"
        sheets.append(table_sheet("patients-per-session", title, found.per_session))
    if found.ages:
        sheets.append(
            table_sheet("patients-by-age", "Patients by age", found.ages, found.ages_caption)
        )
    return sheets


def _similar(found: SimilarSection) -> list[Sheet]:
    if found.table is None:
        return [_said("similar", "Beside similar places", [found.said])]
    note = " ".join((found.said, *found.notes))
    return [table_sheet("similar", "Beside similar places", found.table, note)]


def _network_staff(found: StaffSection) -> list[Sheet]:
    sheets = [_said("additional-roles", "Additional roles", [found.said, *found.used])]
    if found.roles:
        note = f"{found.caption}. {WHAT_COUNTS}"
        sheets.append(table_sheet("network-staff", "Staff of the network", found.roles, note))
    return sheets


def _said(name: str, title: str, sentences: Sequence[str]) -> Sheet:
    return Sheet(name, title, ["About"], [[sentence] for sentence in sentences])
