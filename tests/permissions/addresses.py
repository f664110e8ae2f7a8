"""Every address that the service answers, read from the resolver and from the API's description."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from config.api import api

# allauth's pages: sign-in, sign-up, passwords, second factors, sessions. Its own suite tests who
# may use them; they act on the signed-in user or on nobody, and name no other in the address.
ALLAUTH = ("account_", "mfa_", "usersessions_")
API = "api-v1:"


def url_names() -> set[str]:
    """Return the names of all addresses but allauth's; one of ours without a name fails."""
    return {name for name in _names(get_resolver().url_patterns) if not name.startswith(ALLAUTH)}


def _names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"
        else:
            raise AssertionError(f"an address without a name: {pattern.pattern}")


def operations() -> set[tuple[str, str]]:
    """Return the name and method of every operation of the API."""
    paths = api.get_openapi_schema()["paths"]
    return {
        (f"{API}{operation['operationId']}", method)
        for methods in paths.values()
        for method, operation in methods.items()
    }
