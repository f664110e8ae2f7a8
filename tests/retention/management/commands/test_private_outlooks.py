import io
from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import CommandError, call_command

from retention.models import Post, PrivateSnapshot
from retention.tasks.private_outlooks import make_private_outlooks_task
from tests.factories.private_outlooks import hub_area, practice_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with time_machine.travel("2026-11-18 12:00 +0000", tick=False):
        yield


@pytest.fixture
def _enough() -> None:
    places = hub_area()
    for _ in range(3):
        practice_with(places, 4)
    practice_with(places, 9, role="nurse")


def said(*options: str) -> str:
    out = io.StringIO()
    call_command("private_outlooks", *options, stdout=out)
    return out.getvalue().strip()


@pytest.mark.usefixtures("_enough")
def test_it_makes_this_month_and_says_what_came_out() -> None:
    # The nurses of one practice are in two cells, of network and hub.
    expected = "Private outlooks of November 2026: 2 cells released, 0 of before standing, 2 with"
    assert said() == f"{expected}held."
    assert said() == f"{expected}held; made already, nothing was changed."


@pytest.mark.usefixtures("_enough")
def test_it_makes_months_in_their_order() -> None:
    assert "June 2026: 2 cells released" in said("--month", "2026-06")
    assert "July 2026: 0 cells released, 2 of before standing" in said("--month", "2026-07")
    with pytest.raises(CommandError, match="July 2026 was made already"):
        said("--month", "2026-05")
    with pytest.raises(CommandError, match="has not begun"):
        said("--month", "2027-01")
    with pytest.raises(CommandError, match="is no month"):
        said("--month", "June")


@pytest.mark.usefixtures("_enough")
def test_a_worker_can_make_them() -> None:
    # In tests the worker is at once.
    assert said("--background") == "The worker will make them."
    assert said().endswith("made already, nothing was changed.")
    # A worker that was killed and one that repeats its work make one snapshot.
    make_private_outlooks_task.call()
    make_private_outlooks_task.call("2026-11-01")
    assert [str(each) for each in PrivateSnapshot.objects.all()] == [
        "Private outlooks of November 2026"
    ]


@pytest.mark.usefixtures("_enough")
def test_an_old_figure_can_be_explained() -> None:
    with pytest.raises(CommandError, match="No private outlooks were made"):
        said("--check")
    said("--month", "2026-06")
    lines = said("--check", "--month", "2026-06").splitlines()
    assert len(lines) == 2
    assert all(line.endswith(": the same from the same inputs.") for line in lines)
    assert all("gp, GP-England" in line for line in lines)
    Post.objects.filter(role="partner").first().delete()  # type: ignore[union-attr]  # made above
    assert "the record has changed since" in said("--check", "--month", "2026-06")
