"""The outlooks of a place's other staff: nurses, direct patient care, admin and non-clinical."""

import datetime as dt
from dataclasses import dataclass

from models.disclosure import may_show_public_outlook
from organisations.models.organisation import Kind, Organisation
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import age_profiles, is_known
from retention.queries.outlook_figures import PublicOutlook
from retention.queries.public_outlook import public_outlooks

OTHER_STAFF = (StaffGroup.NURSES, StaffGroup.DIRECT_PATIENT_CARE, StaffGroup.ADMIN)


@dataclass(frozen=True)
class StaffOutlook:
    """A staff group of a place as published, and its outlook; None where it has none."""

    staff_group: StaffGroup
    profile: PublishedProfile
    outlook: PublicOutlook | None
    is_practice: bool

    @property
    def people(self) -> float:
        """How many people the file counts, of known age or not."""
        return float(sum(self.profile.headcount.values()))

    @property
    def is_known(self) -> bool:
        """Whether the file has figures at all."""
        return is_known(self.profile)

    @property
    def is_too_small(self) -> bool:
        """Whether this is a practice with people, but too few for an outlook of its own."""
        return self.is_practice and self.people > 0 and not may_show_public_outlook(self.people)


def other_staff(
    place: Organisation, month: dt.date | None, *, may_see_outlook: bool
) -> tuple[StaffOutlook, ...]:
    """Return the staff groups that the month's file has of a place, in a fixed number of queries.

    With outlooks for who may see that of its GPs: the same readers, and the same limit of people
    in the staff group.
    """
    if month is None:
        return ()
    # A group that the file does not have is left out, one whose figures are not known is told so.
    profiles = age_profiles([place], month)
    return tuple(
        StaffOutlook(
            staff_group=group,
            profile=profiles[place.pk, group],
            outlook=public_outlooks([place], month, staff_group=group).get(place.pk)
            if may_see_outlook
            else None,
            is_practice=place.kind == Kind.PRACTICE,
        )
        for group in OTHER_STAFF
        if (place.pk, group) in profiles
    )
