"""Makes clients of the API: each sends a token that carries a role."""

from unittest import mock

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.tokens import make_token
from accounts.actor import Actor
from accounts.api_auth import TokenThrottle
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


def queries_of(client: Client, path: str) -> int:
    """Return how many queries a read makes, without those that count the token's requests."""
    with mock.patch.object(TokenThrottle, "allow_request", return_value=True):
        assert client.get(path).status_code == 200  # fills what the service keeps
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
    return len(queries)
