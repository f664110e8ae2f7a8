"""Makes clients of the API: each sends a token that carries a role."""

from django.test import Client

from accounts.actions.tokens import make_token
from accounts.actor import Actor
from organisations.models.organisation import Organisation
from tests.factories.accounts import actor


def bearer(by: Actor) -> dict[str, str]:
    """Return the headers that carry a new token of `by`, in the same role."""
    _, text = make_token(by=by, name="Test", role_grant=by.role, days=1)
    return {"Authorization": f"Bearer {text}"}


def caller_for(by: Actor) -> Client:
    """Return a client that sends a token of `by`, in the same role."""
    return Client(headers=bearer(by))


def caller(role: str | None = None, organisation: Organisation | None = None) -> Client:
    """Return a client of a new user, in `role` at `organisation` if given."""
    return caller_for(actor(role, organisation))
