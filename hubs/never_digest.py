"""How a never list keeps an address: as a keyed digest, so that the list names nobody."""

from accounts.sealing import digest


def email_digest(email: str) -> str:
    """Return the digest that an address is kept and compared by, whatever its capitals."""
    return digest(email.strip().lower(), "never list")
