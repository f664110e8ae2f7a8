"""Seals short texts that only their owner may read: plans, and the labels of a never list."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealError(ValueError):
    """The bytes were not sealed with any of the keys in PLAN_KEYS."""


def seal(text: str) -> bytes:
    """Encrypt with the newest key; the same text gives other bytes each time."""
    return _seals().encrypt(text.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """Return what was sealed with any key still in PLAN_KEYS; raises SealError otherwise."""
    try:
        return _seals().decrypt(bytes(sealed)).decode()
    except InvalidToken as broken:
        raise SealError(
            "This text was sealed with a key that PLAN_KEYS no longer holds."
        ) from broken


def digest(text: str, purpose: str) -> str:
    """Return a keyed digest (64 hex digits): equal texts can be found, none can be read.

    It is made with the oldest key, which stays the same when a newer one is put before it.
    """
    keyed = HMAC(_derived(settings.PLAN_KEYS[-1], f"digest:{purpose}"), SHA256())
    keyed.update(text.encode())
    return keyed.finalize().hex()


def _seals() -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(_derived(key, "seal"))) for key in settings.PLAN_KEYS]
    )


def _derived(key: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose: a digest never shares its key with a seal."""
    # Without a salt: the keys are random already, and a salt would be one more thing to lose.
    return HKDF(
        algorithm=SHA256(), length=32, salt=None, info=f"retention-hub:{purpose}".encode()
    ).derive(key.encode())
