"""My monthly summary: what the next one would say, and its switch."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import authorise
from accounts.http import Request
from accounts.permissions import Permission
from hubs.actions.digests import choose_digest
from hubs.presenters.digest import lines_of, merged
from hubs.queries.digest import digest_facts, last_issue, wants_digest


@never_cache
@require_http_methods(["GET", "POST"])
def digest(request: Request) -> HttpResponse:
    """Show what the next summary would say, and switch it on or off."""
    authorise(request.actor, Permission.OWN_RECORD)
    user = request.actor.user
    assert user is not None  # authorise has looked
    if request.method == "POST":
        # Anything but a clear yes is a no: mail goes to nobody who did not ask for it.
        wanted = request.POST.get("wanted") == "yes"
        choose_digest(by=request.actor, wanted=wanted)
        messages.success(request, f"Your monthly summary is switched {'on' if wanted else 'off'}.")
        return redirect("digest")
    facts = digest_facts(user)
    context = {
        "lines": merged(lines_of(each) for each in facts),
        "has_role": bool(facts),
        "wanted": wants_digest(user),
        "issue": last_issue(user),
    }
    return render(request, "hubs/digest.html", context)
