"""Weeks over time: all of mine, or those of one post for its practice."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.presenters.clashes import clash_words
from retention.presenters.timeline import timeline_sentences, timeline_table
from retention.queries.clashes import own_clashes
from retention.queries.posts import posts_at_hand, practices
from retention.queries.timeline import own_timeline, post_timeline


@require_safe
def own_weeks(request: Request) -> HttpResponse:
    """Show how my sessions went over the years in all my posts, and where two posts meet."""
    timeline = own_timeline(request.actor)
    context = {
        "sentences": timeline_sentences(timeline),
        "table": timeline_table(timeline, with_places=True),
        "clashes": [clash_words(clash) for clash in own_clashes(request.actor)],
    }
    return render(request, "retention/my_weeks.html", context)


@require_safe
def post_weeks(request: Request, code: str, post_id: uuid.UUID) -> HttpResponse:
    """Show the weeks that a practice was told in one of its posts."""
    practice = fetch(request.actor, Permission.SEE_POSTS, practices(), code=code)
    # As for every door of a practice: a post over for a year is not its to look at any more.
    posts = posts_at_hand(practice, today())
    post = fetch(request.actor, Permission.SEE_POSTS, posts, public_id=post_id)
    timeline = post_timeline(request.actor, post)
    context = {
        "post": post,
        "sentences": timeline_sentences(timeline),
        "table": timeline_table(timeline, with_places=False),
    }
    return render(request, "retention/post_weeks.html", context)
