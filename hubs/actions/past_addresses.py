"""Remembers, as digests, the addresses that somebody signed in with before."""

from collections.abc import Collection
from typing import Any

from accounts.models import User
from hubs.models import PastAddress
from hubs.never_digest import email_digest


def keep_past_address(
    sender: object, *, instance: User, update_fields: Collection[str] | None, **_: Any
) -> None:
    """Keep the digest of the address that a save is about to replace; listens to `pre_save`.

    Whatever changes the address passes here; allauth's own signals miss an account that it holds
    no address of.
    """
    # A new account has no address before this one, and other saves touch none.
    is_new = instance._state.adding
    if is_new or (update_fields is not None and "email" not in update_fields):
        return
    before = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if before is None or email_digest(before) == email_digest(instance.email):
        return
    PastAddress.objects.get_or_create(user=instance, email_digest=email_digest(before))
