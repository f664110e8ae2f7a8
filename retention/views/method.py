"""How the outlook is made."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import authorise
from accounts.http import Request
from accounts.permissions import Permission
from models.standard_table import standard_table
from retention.presenters.method import method_page


@require_safe
def method(request: Request) -> HttpResponse:
    """Show the method, the standard table, and where neither must be used."""
    authorise(request.actor, Permission.SEE_PUBLISHED)
    return render(request, "retention/method.html", {"page": method_page(standard_table())})
