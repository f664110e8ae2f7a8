"""How the outlook is made, and how far to trust it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models.standard_table import standard_table
from retention.presenters.method import method_page
from retention.presenters.model_card import charts, model_card
from retention.views.charts import picture


# Open to anyone: whoever is counted can read how without having an account.
@login_not_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Show anyone the method, the standard table, and where neither must be used."""
    return render(request, "retention/method.html", {"page": method_page(standard_table())})


@login_not_required
@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    """Show anyone the model card: how far the outlook may be trusted, and how to object."""
    return render(request, "retention/evaluation.html", {"sections": model_card()})


@login_not_required
@require_safe
def evaluation_chart(request: HttpRequest, name: str, size: str) -> HttpResponseBase:
    """Draw a chart of the model card."""
    chart = charts().get(name)
    if chart is None:
        raise Http404
    return picture(request, chart, size)
