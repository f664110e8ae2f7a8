"""Puts a notice away."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import fetch
from accounts.actions.notices import put_away
from accounts.http import Request
from accounts.permissions import Permission
from accounts.queries.notices import notices
from accounts.views.home import first_page


@require_POST
def notice_read(request: Request, notice: UUID) -> HttpResponse:
    """Put one of my notices away, and show my first page without it."""
    mine = fetch(request.actor, Permission.OWN_RECORD, notices(), public_id=notice)
    put_away(by=request.actor, notice=mine)
    return redirect(first_page(request.actor))
