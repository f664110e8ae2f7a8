"""Who acts: a user in a role, or a named system job."""

import pytest

from accounts.actor import Actor, Door
from tests.factories.accounts import UserFactory


@pytest.mark.parametrize(
    ("made", "door"), [(Actor.command("life_event"), Door.COMMAND), (Actor.task("load"), Door.TASK)]
)
def test_a_job_acts_by_its_name_and_for_nobody(made: Actor, door: Door) -> None:
    assert (made.user, made.role, made.door, made.subject_id) == (None, None, door, None)
    assert made.system


@pytest.mark.django_db
def test_what_a_request_has_found_out_makes_nobody_another() -> None:
    user = UserFactory()
    asked = Actor(user=user, role=None, door=Door.PAGE, reached={("area", 1): True})
    assert asked == Actor(user=user, role=None, door=Door.PAGE)
    assert asked.subject_id == user.subject_id
    assert "area" not in repr(asked)
