"""My own outlook: made when I ask, shown to me alone, kept nowhere."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.views.attempt import posted
from retention.forms.own_outlook import AssumptionsForm
from retention.presenters.own_outlook import own_outlook_words
from retention.queries.my_record import my_record
from retention.queries.own_outlook import own_outlook


@require_http_methods(["GET", "POST"])
def my_outlook(request: Request) -> HttpResponse:
    """Show my own outlook; what I assume is sent, so that it stands in no address."""
    record = my_record(request.actor)
    form = AssumptionsForm(posted(request))
    found = own_outlook(request.actor, record, form.effects)
    context = {"outlook": own_outlook_words(found, record.person), "form": form}
    return render(request, "retention/own_outlook.html", context)
