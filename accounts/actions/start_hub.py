"""Sets up a first real hub: its area, its agreements, its administrator."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts import audit, roles
from accounts.actions.agreements import save_agreement
from accounts.actions.invitations import invite
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.models.invitation import Invitation
from accounts.models.role_grant import RoleGrant
from accounts.queries.invitations import open_invitations
from organisations.clock import today
from organisations.models.agreement import Agreement
from organisations.models.link import Link, LinkKind
from organisations.models.organisation import Kind, Organisation
from organisations.queries.places import icbs_of_hub


@dataclass(frozen=True)
class AgreementTerms:
    """One line of the agreements checklist."""

    purpose: str
    controller: str
    lawful_basis: str
    starts_on: dt.date
    notice_given_on: dt.date | None = None


@dataclass(frozen=True)
class StartedHub:
    """What stands after `start_hub`; `invitation` is None where the administrator is in already."""

    hub: Organisation
    is_new: bool
    new_agreements: int
    invitation: Invitation | None


@transaction.atomic
def start_hub(
    *,
    by: Actor,
    name: str,
    slug: str,
    code: str,
    icb_codes: Sequence[str],
    administrator_email: str,
    administrator_name: str,
    agreements: Sequence[AgreementTerms],
) -> StartedHub:
    """Set a hub up; called again with the same answers it adds only what is missing.

    Raises ValidationError with a sentence that says what to do.
    """
    validate_email(administrator_email)
    icbs = _icbs(icb_codes)
    hub, is_new = _hub(name=name, slug=slug, code=code, icbs=icbs)
    if is_new:
        audit.record(by=by, act=Act.STARTED_HUB, thing=f"hub:{hub.slug}")
    return StartedHub(
        hub=hub,
        is_new=is_new,
        new_agreements=_add_agreements(by, hub, agreements),
        invitation=_invite(by, hub, administrator_email, administrator_name),
    )


def _icbs(codes: Sequence[str]) -> list[Organisation]:
    if not codes:
        raise ValidationError("Name at least one ICB: the hub's area is made of whole ICBs.")
    found = {icb.code: icb for icb in Organisation.objects.filter(kind=Kind.ICB, code__in=codes)}
    missing = [code for code in codes if code not in found]
    if missing:
        raise ValidationError(
            f"No ICB has the code {', '.join(missing)}. Load the practice map first"
            " (manage.py import_data FILE), or check the code."
        )
    return [found[code] for code in codes]


def _hub(*, name: str, slug: str, code: str, icbs: list[Organisation]) -> tuple[Organisation, bool]:
    hub = Organisation.objects.filter(slug=slug).first()
    if hub is not None:
        # A slip in the slug must not hand one hub's administrator another hub.
        if hub.kind != Kind.TRAINING_HUB or set(icbs_of_hub(hub, today())) != set(icbs):
            raise ValidationError(
                f"“{slug}” is taken by {hub.name}, whose area is another. Choose another slug."
            )
        return hub, False
    hub = Organisation(kind=Kind.TRAINING_HUB, name=name, slug=slug, code=code, starts_on=today())
    hub.full_clean()
    hub.save()
    Link.objects.bulk_create(
        Link(kind=LinkKind.ICB_HUB, child=icb, parent=hub, starts_on=today()) for icb in icbs
    )
    return hub, True


def _add_agreements(by: Actor, hub: Organisation, terms: Sequence[AgreementTerms]) -> int:
    # By purpose alone: one that was changed since is not put back as it was answered then.
    held = set(Agreement.objects.filter(hub=hub).values_list("purpose", flat=True))
    new = [each for each in terms if each.purpose not in held]
    for each in new:
        agreement = Agreement(
            hub=hub,
            purpose=each.purpose,
            controller=each.controller,
            lawful_basis=each.lawful_basis,
            starts_on=each.starts_on,
            notice_given_on=each.notice_given_on,
        )
        save_agreement(by=by, agreement=agreement)
    return len(new)


def _invite(by: Actor, hub: Organisation, email: str, name: str) -> Invitation | None:
    holds = RoleGrant.objects.as_at(today()).filter(
        organisation=hub, role=roles.HUB_ADMINISTRATOR.key, user__email__iexact=email
    )
    if holds.exists():
        return None
    open_one = open_invitations(Organisation.objects.filter(pk=hub.pk)).filter(
        email__iexact=email, role=roles.HUB_ADMINISTRATOR.key
    )
    return open_one.first() or invite(
        by=by, email=email, name=name, role=roles.HUB_ADMINISTRATOR.key, organisation=hub
    )
