"""The parts of a place's page: listed once, for the page itself and for its list of contents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.template import Context, Variable, VariableDoesNotExist

# So few parts are seen without a list of them.
MOST_WITHOUT_CONTENTS = 3


@dataclass(frozen=True)
class Section:
    """A part of a page: its id, which links may rely on, its heading, and its template.

    It is shown where the variable `needs` of the page's context, written as in a template, holds
    something: so a part that its reader may not see is not in the list of contents either.
    """

    id: str
    title: str
    template: str
    needs: str

    def is_shown(self, context: Mapping[str, object]) -> bool:
        """Return whether a page with this context has the part."""
        try:
            # Resolved as a template would, so that page and list of contents cannot differ.
            return bool(Variable(self.needs).resolve(Context(dict(context))))
        except VariableDoesNotExist:
            return False


@dataclass(frozen=True)
class PageSections:
    """The parts that one reader sees, in their order."""

    shown: tuple[Section, ...]

    @property
    def have_contents(self) -> bool:
        """Whether the page is so long that it starts with a list of its parts."""
        return len(self.shown) > MOST_WITHOUT_CONTENTS


def page_sections(listed: Iterable[Section], context: Mapping[str, object]) -> PageSections:
    """Return the listed parts that a page with this context has."""
    return PageSections(tuple(section for section in listed if section.is_shown(context)))


AHEAD = Section("ahead", "Ten years ahead", "retention/_ahead.html", "switches")
DRIVERS = Section("drivers", "What drives the loss", "retention/_drivers.html", "ahead")
AT_RISK = Section(
    "at-risk",
    "Sessions at risk in 1, 3, 5 and 10 years",
    "retention/_outlook.html",
    "page.outlook.chart",
)
CHANGES = Section("changes", "What changed, and why", "retention/_outlook_change.html", "changes")
PRIVATE = Section(
    "private",
    "With your practices\N{RIGHT SINGLE QUOTATION MARK} own records",
    "retention/_private_outlook.html",
    "private",
)
OWN_LEAVERS = Section(
    "own-leavers",
    "Own leavers beside the standard table",
    "retention/_own_experience.html",
    "private.experience",
)
PRACTICES = Section("within", "Its practices", "retention/_practices.html", "page.within")
NETWORKS = Section("within", "Its networks", "retention/_networks.html", "page.within.networks")
OTHER_STAFF = Section(
    "other-staff", "Other staff", "retention/_other_staff.html", "other_staff.table"
)
PATIENTS = Section("patients", "Its patients", "retention/_population.html", "population")
SIMILAR = Section("similar", "Beside similar places", "retention/_similar_places.html", "similar")
ADDITIONAL_ROLES = Section(
    "additional-roles", "Additional roles", "retention/_network_staff.html", "staff"
)
AGES = Section("ages", "Age profile", "retention/_ages.html", "page.published.has_ages")
DATA = Section("data", "Date and completeness", "retention/_published.html", "page.published.facts")
TAKE_AWAY = Section("take-away", "To take away", "retention/_take_away.html", "population")
CLOSE = Section("close", "Close or merge", "retention/_practice_closes.html", "may_change")
HISTORY = Section("past", "History", "retention/_place_history.html", "page.past.is_known")
ANOTHER_DAY = Section("day", "Another day", "retention/_another_day.html", "day_form")

_OUTLOOK = (AHEAD, DRIVERS, AT_RISK, CHANGES)
_PUBLISHED = (AGES, DATA, TAKE_AWAY)

NETWORK = (
    *_OUTLOOK,
    PRIVATE,
    PRACTICES,
    OTHER_STAFF,
    ADDITIONAL_ROLES,
    PATIENTS,
    SIMILAR,
    *_PUBLISHED,
    HISTORY,
    ANOTHER_DAY,
)
PRACTICE = (*_OUTLOOK, OTHER_STAFF, PATIENTS, SIMILAR, *_PUBLISHED, CLOSE, HISTORY, ANOTHER_DAY)
AREA = (*_OUTLOOK, NETWORKS, OTHER_STAFF, PATIENTS, *_PUBLISHED, HISTORY, ANOTHER_DAY)
