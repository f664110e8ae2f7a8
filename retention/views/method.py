"""How the outlook is made."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models.standard_table import standard_table
from retention.presenters.method import method_page


@login_not_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Show anyone the method, the standard table, and where neither must be used."""
    return render(request, "retention/method.html", {"page": method_page(standard_table())})
