"""Every place of the demo: what is stored is what is worked out on request, to the last digit."""

import pytest

from organisations.models import Organisation
from retention.actions.stored_outlooks import STORED_KINDS, make_outlooks, months_to_store
from retention.models import OutlookEdition, StoredOutlook
from retention.models.published_count import StaffGroup
from retention.queries.public_outlook import made_outlooks, public_outlooks


@pytest.mark.usefixtures("demo", "db")
class TestDemo:
    def test_stored_outlooks_are_those_worked_out(self) -> None:
        month = months_to_store()[0]
        make_outlooks(month=month)
        places = list(Organisation.objects.filter(kind__in=STORED_KINDS))
        stored = StoredOutlook.objects.filter(figures__isnull=False)
        # Two of the four: the one that is back-tested, and one that is counted alone.
        for group in (StaffGroup.GP, StaffGroup.ADMIN):
            wanted = made_outlooks(places, month, staff_group=group)
            assert public_outlooks(places, month, staff_group=group) == wanted
            assert stored.filter(edition__staff_group=group).count() == len(wanted)
        assert stored.filter(edition__staff_group="gp").count() > 40

    def test_a_second_making_changes_no_byte(self) -> None:
        month = months_to_store()[0]
        make_outlooks(month=month)
        rows = [OutlookEdition.objects.order_by("pk"), StoredOutlook.objects.order_by("pk")]
        before = [list(kind.values_list()) for kind in rows]
        assert make_outlooks(month=month) == 0
        assert [list(kind.all().values_list()) for kind in rows] == before
