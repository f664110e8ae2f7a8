"""A network's additional-roles entitlement: entered by its lead or its hub."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from accounts.views.attempt import attempt, posted
from organisations.models.organisation import Kind
from retention.actions.entitlements import save_entitlement, years_open
from retention.forms.entitlement import EntitlementForm
from retention.presenters.network_staff import year_words
from retention.queries.network_staff import entitlement
from retention.queries.place_figures import places_of_kind


@require_http_methods(["GET", "POST"])
def edit(request: Request, code: str, year: int) -> HttpResponse:
    """Show what was entered for a financial year, and change it."""
    network = fetch(
        request.actor, Permission.EDIT_ENTITLEMENT, places_of_kind(Kind.NETWORK), code=code
    )
    # Last year's, this one's and the next one's: what is older is settled.
    if year not in years_open():
        raise Http404
    values = EntitlementForm.values_of(entitlement(network, year))
    form = EntitlementForm(posted(request), initial=values)
    if attempt(
        form,
        lambda: save_entitlement(by=request.actor, network=network, year=year, **form.cleaned_data),
    ):
        messages.success(request, f"The entitlement for {year_words(year)} is saved.")
        return redirect("network", code)
    others = [(other, year_words(other)) for other in years_open() if other != year]
    context = {"network": network, "form": form, "year": year_words(year), "others": others}
    return render(request, "retention/entitlement.html", context)
