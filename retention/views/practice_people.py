"""A practice's people: posts, told weeks, who is in when; adding, confirming and ending posts."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import fetch
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.people import link_person
from retention.actions.posts import NewPerson, add_post, confirm_post, end_post
from retention.forms.posts import AddPostForm, EndPostForm, JointWeekForm, LinkPersonForm
from retention.forms.problems import add_problems
from retention.models import Post
from retention.presenters.practice_people import joint_week, staff_rows
from retention.presenters.session_grid import date_words
from retention.queries.posts import (
    chosen_person,
    people_to_choose,
    posts_at_hand,
    practice_posts,
    practices,
    staff_to_link,
)


@require_safe
def practice_people(request: Request, code: str) -> HttpResponse:
    """Show the posts and told weeks of a practice, as they are on ?on= (today unless given)."""
    practice = _practice(request, code, Permission.SEE_POSTS)
    form = JointWeekForm({"on": request.GET.get("on") or today()})
    # A day that cannot be shown leaves today's week below the error.
    date: dt.date = form.cleaned_data["on"] if form.is_valid() else today()
    people = practice_posts(request.actor, practice, date)
    context = {
        "practice": practice,
        "form": form,
        "monday": date_words(date - dt.timedelta(days=date.weekday())),
        "rows": staff_rows(practice, people),
        "days": joint_week(people, date),
    }
    return render(request, "retention/practice_people.html", context)


@require_http_methods(["GET", "POST"])
def post_add(request: Request, code: str) -> HttpResponse:
    """Add a post for one of the practice's people, or for someone new."""
    practice = _practice(request, code, Permission.EDIT_POSTS)
    form = AddPostForm(
        request.POST or None, people=people_to_choose(request.actor, practice, today())
    )
    if form.is_valid():
        given = form.cleaned_data
        newcomer = NewPerson(name=given["name"], profession=given["profession"])
        person = chosen_person(practice, given["who"], today()) or newcomer
        try:
            post = add_post(by=request.actor, person=person, organisation=practice, **form.values)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, f"{post.person} is added as {post.get_role_display()}.")
            return redirect("practice-people", code)
    return render(
        request, "retention/practice_people_add.html", {"form": form, "practice": practice}
    )


@require_POST
def post_confirm(request: Request, code: str, post_id: uuid.UUID) -> HttpResponse:
    """Confirm that someone works in the practice."""
    post = confirm_post(by=request.actor, post=_post(request, code, post_id))
    messages.success(request, f"{post.person} is confirmed as {post.get_role_display()}.")
    return redirect("practice-people", code)


@require_http_methods(["GET", "POST"])
def post_end(request: Request, code: str, post_id: uuid.UUID) -> HttpResponse:
    """End a post with a reason code."""
    post = _post(request, code, post_id)
    form = EndPostForm(request.POST or None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            end_post(by=request.actor, post=post, ends_on=form.ends_on, reason=reason)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, f"The post of {post.person} ends.")
            return redirect("practice-people", code)
    # Only where the page is shown: ending the post writes a row of its own.
    audit.record_reads(
        by=request.actor,
        act=Act.READ_POSTS,
        subjects=[post.person.subject_id],
        thing=f"practice:{code}",
    )
    return render(request, "retention/practice_people_end.html", {"form": form, "post": post})


@require_http_methods(["GET", "POST"])
def post_link(request: Request, code: str, post_id: uuid.UUID) -> HttpResponse:
    """Say which of the practice's registered staff someone is who was added by name."""
    post = _post(request, code, post_id)
    # What a sent form finds linked in the meantime, the action refuses in its own words.
    if request.method == "GET" and post.person.user_id is not None:
        messages.info(request, f"{post.person} has this post on their own page already.")
        return redirect("practice-people", code)
    form = LinkPersonForm(request.POST or None, staff=staff_to_link(request.actor, post, today()))
    if form.is_valid():
        try:
            post = link_person(by=request.actor, post=post, user=form.chosen)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, f"{post.person} has this post on their own page now.")
            return redirect("practice-people", code)
    return render(request, "retention/practice_people_link.html", {"form": form, "post": post})


def _practice(request: Request, code: str, permission: Permission) -> Organisation:
    return fetch(request.actor, permission, practices(), code=code)


def _post(request: Request, code: str, post_id: uuid.UUID) -> Post:
    practice = _practice(request, code, Permission.EDIT_POSTS)
    posts = posts_at_hand(practice, today())
    return fetch(request.actor, Permission.EDIT_POSTS, posts, public_id=post_id)
