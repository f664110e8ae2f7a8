"""The one ICB that a practice or network is compared with: that of most of its patients."""

import datetime as dt
from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from organisations.models.organisation import Organisation
from organisations.queries.places import practices_by_icb
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile


def main_icb(
    place: Organisation, as_at: dt.date, month: dt.date | None = None
) -> Organisation | None:
    """Return the ICB that holds most registered patients of a place, None where it is in none.

    as_at: the day whose links count. month: patients are each practice's newest known ones up to
    then (the newest of all if None). Practices without known patients add none; where that leaves
    a tie, most practices decide, then the code. At most four queries, whatever the place.
    """
    found = practices_by_icb(place, as_at)
    if len(found) < 2:  # Nearly every place: nobody's patients are asked for.
        return found[0][0] if found else None
    patients = registered_patients(frozenset().union(*(own for _, own in found)), month)
    # The order that they come in settles a tie.
    return max(found, key=lambda icb: sum(patients.get(practice, 0) for practice in icb[1]))[0]


def registered_patients(practices: Collection[int], month: dt.date | None = None) -> dict[int, int]:
    """Return the newest known patients of practices (primary keys) up to a month; one query.

    A practice whose list was never published is left out: it is not known, not empty.
    """
    lists = PublishedProfile.objects.filter(
        organisation=OuterRef("pk"), staff_group=StaffGroup.GP, patients__isnull=False
    )
    if month is not None:
        lists = lists.filter(month__lte=month)
    # Not one month for all: a practice that printed none would count as empty, and move the ICB.
    newest = lists.order_by("-month").values("patients")[:1]
    found = Organisation.objects.filter(pk__in=practices).annotate(patients=Subquery(newest))
    known = found.filter(patients__isnull=False)
    return dict(known.values_list("pk", "patients"))
