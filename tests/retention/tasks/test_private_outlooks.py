import datetime as dt

import pytest
import time_machine

from retention.models import PrivateSnapshot
from retention.tasks.private_outlooks import make_private_outlooks_task

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-18 12:00 +0000", tick=False)
def test_it_makes_the_month_that_it_is_given_and_this_one_without() -> None:
    make_private_outlooks_task.call("2026-09-01")
    make_private_outlooks_task.call()
    make_private_outlooks_task.call()
    months = PrivateSnapshot.objects.values_list("month", flat=True)
    assert list(months) == [dt.date(2026, 9, 1), dt.date(2026, 11, 1)]
