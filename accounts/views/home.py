"""The first page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts import roles
from accounts.actor import Actor
from accounts.http import Request


@login_not_required
@require_safe
def home(request: Request) -> HttpResponse:
    """Say what this is to who is signed out; lead everyone else to where they work."""
    if request.actor.user is None:
        return render(request, "accounts/home.html")
    return redirect(first_page(request.actor))


def first_page(actor: Actor) -> str:
    """Return the address, or the name, of the page that the active role begins with."""
    # A clinician's work is their own page, whatever the practice's page has to show.
    if actor.role is None or actor.role.role == roles.CLINICIAN.key:
        return "me"
    return actor.role.organisation.get_absolute_url()
