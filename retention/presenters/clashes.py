"""A person in two places at once, in words for that person."""

from retention.models import Post
from retention.models.session_pattern import PartOfDay, Weekday
from retention.queries.clashes import Clash


def clash_words(clash: Clash, post: Post | None = None) -> str:
    """Return one sentence; seen from `post` it names the other place alone."""
    weekday, part = clash.half_day
    when = f"{Weekday(weekday).label} {PartOfDay(part).label.lower()}"
    some = "" if clash.every_week else " in some weeks"
    if post is None:
        return f"{when}{some}: both {_name(clash.first)} and {_name(clash.second)}."
    other = clash.second if clash.first.pk == post.pk else clash.first
    return f"{when}{some}: you also work as {_name(other)}."


def _name(post: Post) -> str:
    return f"{post.get_role_display()} at {post.organisation.name}"
