"""Object to my record being used in figures, and take that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from retention.actions.objections import object_to_figures, take_objection_back
from retention.queries.objections import own_objection


@require_http_methods(["GET", "POST"])
def objection(request: Request) -> HttpResponse:
    """Show whether I object; object or take it back by the button that was pressed."""
    held = own_objection(request.actor)
    if request.method != "POST":
        return render(request, "retention/me_objection.html", {"objection": held})
    if request.POST.get("turn") == "object":
        object_to_figures(by=request.actor)
        messages.success(request, "Your record is in no figure made from today.")
    elif request.POST.get("turn") == "take_back":
        take_objection_back(by=request.actor)
        messages.success(request, "Your record is counted again, in figures made from today.")
    # A form that says neither changes nothing: the page then shows how it stands.
    return redirect("objection")
