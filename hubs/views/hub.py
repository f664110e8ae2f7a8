"""The page of a training hub, and its people in mentoring."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import fetch, may
from accounts.http import Request
from accounts.permissions import Permission
from hubs.presenters.hub import HUB, hub_page, mentee_lines, mentor_lines
from hubs.presenters.next_step import hub_place_page
from hubs.queries.mentoring import hub_offers, hub_requests
from hubs.views.reads import record_names
from organisations.queries.places import hubs
from retention.forms.as_at import asked_day
from retention.presenters.page_sections import page_sections
from retention.presenters.private_outlook import private_section
from retention.queries.place_figures import place_figures
from retention.views.dashboard import dashboard
from retention.views.outlook_parts import outlook_parts

PAGE = 50


@require_safe
def hub(request: Request, slug: str) -> HttpResponse:
    """Show a hub to everyone signed in, with what the active role may see of it."""
    found = fetch(request.actor, Permission.SEE_PUBLISHED, hubs(), slug=slug)
    day_form, as_at = asked_day(request.GET)
    context: dict[str, object] = {
        "hub_page": hub_page(found, by=request.actor),
        # Decides for itself who may see it: its permission is another than the outlook's.
        "private": private_section(request.actor, found, as_at),
    }
    # Not even worked out for who may not see them.
    if may(request.actor, Permission.SEE_PLACE_OUTLOOK, found):
        figures = place_figures(request.actor, found, as_at)
        context |= {
            **dashboard(request, figures, day_form),
            **outlook_parts(figures),
            "page": hub_place_page(figures, by=request.actor),
        }
    context["sections"] = page_sections(HUB, context)
    return render(request, "hubs/hub.html", context)


@never_cache
@require_safe
def hub_mentors(request: Request, slug: str) -> HttpResponse:
    """List the mentors of a hub by name, for its retention lead."""
    found = fetch(request.actor, Permission.SEE_MENTORING, hubs(), slug=slug)
    page = Paginator(hub_offers(found), PAGE).get_page(request.GET.get("page"))
    # Of this page alone: whoever stands on the next one was not read.
    record_names((o.person for o in page.object_list), f"hub:{found.slug}", by=request.actor)
    context = {"hub": found, "page": page, "table": mentor_lines(page.object_list)}
    return render(request, "hubs/hub_people.html", {**context, "title": "Mentors"})


@never_cache
@require_safe
def hub_mentees(request: Request, slug: str) -> HttpResponse:
    """List the mentees of a hub by name, for its retention lead."""
    found = fetch(request.actor, Permission.SEE_MENTORING, hubs(), slug=slug)
    page = Paginator(hub_requests(found), PAGE).get_page(request.GET.get("page"))
    record_names((r.person for r in page.object_list), f"hub:{found.slug}", by=request.actor)
    context = {"hub": found, "page": page, "table": mentee_lines(page.object_list)}
    return render(request, "hubs/hub_people.html", {**context, "title": "Mentees"})
