"""Long random texts that open something; the database keeps their digests alone."""

import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """Return 32 random bytes as text, with a mark that scanners for lost secrets can look for."""
    return f"rethub_{secrets.token_urlsafe(32)}"


def keyed_token(purpose: str, name: str) -> str:
    """Return a token made from the signing key: whoever holds only the database cannot make it."""
    return salted_hmac(purpose, name, algorithm="sha256").hexdigest()


def digest(token: str) -> str:
    """Return what is stored instead of a token; it is long and random, so a plain hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()
