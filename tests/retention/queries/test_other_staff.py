import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.models import Organisation
from retention.actions.stored_outlooks import make_outlooks
from retention.models.published_count import StaffGroup
from retention.queries.other_staff import StaffOutlook, other_staff
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import JUNE, SEVEN, add_up, profile_of, staff_of

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    """A practice with six nurses and three pharmacists, and admin staff that is not known."""
    found = area_of_one_practice()
    profile_of(found["practice"], SEVEN)
    staff_of(found["practice"], "nurses", {"40to44": 3, "60to64": 3})
    staff_of(found["practice"], "dpc", {"30to34": 3})
    unknown = staff_of(found["practice"], "admin", {})
    unknown.headcount, unknown.fte, unknown.people = {}, None, None
    unknown.save()
    add_up()
    return found


def rows(place: Organisation, *, may_see: bool = True) -> dict[StaffGroup, StaffOutlook]:
    return {row.staff_group: row for row in other_staff(place, JUNE, may_see_outlook=may_see)}


def test_groups_of_the_file_and_their_outlooks(places: Places) -> None:
    found = rows(places["practice"])
    assert list(found) == ["nurses", "dpc", "admin"]
    nurses, dpc, admin = found.values()
    assert nurses.outlook
    assert (nurses.people, nurses.outlook.staff_group) == (6, "nurses")
    assert (dpc.outlook, dpc.is_too_small) == (None, True)
    assert (admin.outlook, admin.is_known, admin.is_too_small) == (None, False, False)


def test_a_network_has_outlooks_of_any_number(places: Places) -> None:
    found = rows(places["network"])
    assert found[StaffGroup.DIRECT_PATIENT_CARE].outlook
    assert not found[StaffGroup.DIRECT_PATIENT_CARE].is_too_small


def test_who_may_see_no_outlook_gets_what_is_published(places: Places) -> None:
    found = rows(places["practice"], may_see=False)
    assert found[StaffGroup.NURSES].people == 6
    assert [row.outlook for row in found.values()] == [None, None, None]


def test_nothing_without_a_month(places: Places) -> None:
    assert other_staff(places["practice"], None, may_see_outlook=True) == ()


def test_queries_do_not_grow_with_practices(places: Places) -> None:
    def count() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            rows(places["network"])
        return len(captured)

    few = count()
    for _ in range(4):
        staff_of(add_practice(places), "nurses", {"50to54": 5})
    add_up()
    assert count() == few
    make_outlooks(month=JUNE)
    assert count() == 4  # The profiles, and what is stored of each group.
