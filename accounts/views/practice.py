"""Who has access to a practice's record, and what the practice shares."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import fetch
from accounts.actions.invitations import invite
from accounts.actions.roles import STAFF_ROLES
from accounts.actions.sharing import switch_from_form
from accounts.forms import InvitationForm
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from accounts.presenters.people import staff
from accounts.presenters.sharing import history_rows, switch_rows
from accounts.queries.invitations import open_invitations
from accounts.queries.people import staff_of
from accounts.views.attempt import attempt, posted
from organisations.clock import today
from organisations.queries.places import practices, practices_of
from organisations.queries.sharing import history, switches


@require_safe
def practice_access(request: Request, code: str) -> HttpResponse:
    """Show a practice manager which of the staff can sign in for the practice."""
    practice = fetch(request.actor, Permission.INVITE_STAFF, practices(), code=code)
    grants = list(staff_of(practice))
    audit.record_reads(
        by=request.actor,
        act=Act.READ_PEOPLE,
        subjects=[grant.user.subject_id for grant in grants],
        thing=f"practice:{practice.code}",
    )
    context = {
        "practice": practice,
        "staff": staff(grants, request.actor),
        # Those to hold the contract are the hub's.
        "invitations": open_invitations(practices_of(practice, today())).filter(
            holds_contract=False
        ),
    }
    return render(request, "accounts/practice_access.html", context)


@require_http_methods(["GET", "POST"])
def practice_invite(request: Request, code: str) -> HttpResponse:
    """Invite one of the practice's own staff."""
    practice = fetch(request.actor, Permission.INVITE_STAFF, practices(), code=code)
    # No choice of place: the practice is that of the address, which was authorised.
    form = InvitationForm(posted(request), allowed=list(STAFF_ROLES))
    if attempt(form, lambda: invite(by=request.actor, organisation=practice, **form.cleaned_data)):
        messages.success(request, "The invitation is on its way.")
        return redirect("practice-access", code=code)
    context = {"practice": practice, "form": form, "roles": STAFF_ROLES}
    return render(request, "accounts/practice_invite.html", context)


@require_http_methods(["GET", "POST"])
def practice_sharing(request: Request, code: str) -> HttpResponse:
    """Show the contract holder's switches and their history, and turn one of them."""
    practice = fetch(request.actor, Permission.SET_SHARING, practices(), code=code)
    if request.method == "POST":
        try:
            switch_from_form(by=request.actor, practice=practice, answers=request.POST.dict())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, "Saved. It holds from now on.")
        return redirect("practice-sharing", code=code)
    context = {
        "practice": practice,
        "switches": switch_rows(switches(practice, today())),
        "history": history_rows(history(practice)),
    }
    return render(request, "accounts/practice_sharing.html", context)
