"""The request as our views get it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.actor import Actor


class Request(HttpRequest):
    """A request with who acts (`actor`, set by ActorMiddleware) and htmx's details."""

    actor: Actor
    htmx: HtmxDetails
