"""Invitations, the secrets in their links, and whose they are."""

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models.invitation import LASTS, Invitation
from accounts.models.user import User
from accounts.secrets import digest, keyed_token
from organisations.models.organisation import Organisation


def token_of(invitation: Invitation) -> str:
    """Return the secret in an invitation's link. It is made anew each time and stored nowhere."""
    return keyed_token("accounts.invitation", str(invitation.public_id))


def with_token(token: str) -> Invitation | None:
    """Return the invitation that a link's secret opens, ended or not."""
    return all_invitations().filter(token_digest=digest(token)).first()


def all_invitations() -> QuerySet[Invitation]:
    """Return every invitation, with its place."""
    return Invitation.objects.select_related("organisation", "invited_by")


def open_invitations(places: QuerySet[Organisation] | None = None) -> QuerySet[Invitation]:
    """Return the invitations (to `places`) whose link still works."""
    found = all_invitations().filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, sent_at__gt=timezone.now() - LASTS
    )
    return found if places is None else found.filter(organisation__in=places)


def holds_address(user: User, email: str) -> bool:
    """Whether an address is the user's; confirmed, where the service asks for that."""
    if EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists():
        return True
    must_confirm: bool = (
        app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY
    )
    return not must_confirm and user.email.lower() == email.lower()


def addressed_to(user: User) -> list[tuple[Invitation, str]]:
    """Return the open invitations to a user's confirmed addresses, each with its secret.

    An address that is not confirmed may be somebody else's, who has the link in their post.
    """
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    to_user = Q(pk__in=())
    for email in confirmed.values_list("email", flat=True):
        to_user |= Q(email__iexact=email)
    return [(each, token_of(each)) for each in open_invitations().filter(to_user)]
