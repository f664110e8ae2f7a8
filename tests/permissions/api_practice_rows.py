"""Who may use the API of a practice's own people: its manager."""

from collections.abc import Mapping

from organisations.clock import today
from retention.models import Post
from tests.factories.retention import AbsenceFactory, PostFactory
from tests.permissions.api_row import ADMINISTRATOR, CLINICIAN, MANAGER, START, api, place, practice
from tests.permissions.rows import Area, Row, nobody, only


def post(area: Area) -> Mapping[str, object]:
    return {
        "organisation": area.practice.code,
        "new_name": "Dr New Person",
        "new_profession": "gp",
        "role": "salaried",
        "starts_on": START,
    }


def staff_post(area: Area) -> Mapping[str, object]:
    held: Post = PostFactory(organisation=area.practice)
    return {"code": area.practice.code, "post_id": held.public_id}


def absence(area: Area) -> Mapping[str, object]:
    away = AbsenceFactory(post__organisation=area.practice)
    return {
        "code": area.practice.code,
        "post_id": away.post.public_id,
        "absence_id": away.public_id,
    }


def of_post(name: str) -> Row:
    """Return a row of a read of one of the practice's posts."""
    return api(name, kwargs=staff_post, own=only(MANAGER), neighbour=nobody(), other=nobody())


ROWS = [
    place("list_practice_posts", only(MANAGER), neighbour=nobody(), other=nobody()),
    place("list_people_to_choose", only(MANAGER), neighbour=nobody(), other=nobody()),
    api(
        "add_practice_post",
        "post",
        kwargs=practice,
        data=post,
        own=only(MANAGER, status=201),
        neighbour=nobody(),
        other=nobody(),
    ),
    api(
        "confirm_practice_post",
        "post",
        kwargs=staff_post,
        own=only(MANAGER),
        neighbour=nobody(),
        other=nobody(),
    ),
    api(
        "end_practice_post",
        "post",
        kwargs=staff_post,
        data=lambda area: {"ends_on": "2026-09-01", "reason": "moved"},
        own=only(MANAGER),
        neighbour=nobody(),
        other=nobody(),
    ),
    api(
        "record_practice_absence",
        "post",
        kwargs=staff_post,
        data=lambda area: {"starts_on": "2026-09-01", "reason": "parental"},
        own=only(MANAGER, status=201),
        neighbour=nobody(),
        other=nobody(),
    ),
    api(
        "end_practice_absence",
        "post",
        kwargs=absence,
        data=lambda area: {"ends_on": today().isoformat()},
        own=only(MANAGER),
        neighbour=nobody(),
        other=nobody(),
    ),
    place("list_posts_to_check", only(MANAGER), neighbour=nobody(), other=nobody()),
    of_post("get_post_timeline"),
    of_post("list_post_absences"),
    of_post("list_staff_to_link"),
    api(
        "link_practice_post",
        "post",
        kwargs=staff_post,
        data=lambda area: {"user": area.users[CLINICIAN].public_id},
        own=only(MANAGER),
        neighbour=nobody(),
        other=nobody(),
    ),
    place("list_rosters", only(MANAGER), neighbour=nobody(), other=nobody()),
    place("preview_practice_change", only(ADMINISTRATOR), other=nobody()),
    api(
        "change_practice",
        "post",
        kwargs=practice,
        data=lambda a: {"on": today()},
        own=only(ADMINISTRATOR),
        other=nobody(),
    ),
]
