"""Reads the environment strictly: a bad value stops the start and names itself."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Mode = Literal["production", "demo", "test"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# Whoever has a copy of the database can try shorter keys until a plan opens.
LEAST_KEY: Final = 32


def mode() -> Mode:
    """Return the running mode from RETENTION_HUB_ENV; production unless set."""
    value = os.environ.get("RETENTION_HUB_ENV", "production")
    for known in MODES:
        if value == known:
            return known
    raise ImproperlyConfigured(
        f"RETENTION_HUB_ENV is {value!r}; it must be one of {', '.join(MODES)}."
    )


def whole_number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number from the environment, or `default` where it is not set."""
    text = os.environ.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ImproperlyConfigured(
            f"{name} is {text!r}; it must be a whole number, {least} or more."
        )
    return int(text)


def log_level(default: str) -> str:
    """Return the least level of the lines that are logged, from LOG_LEVEL."""
    text = os.environ.get("LOG_LEVEL", default)
    if text not in LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL is {text!r}; it must be one of {', '.join(LEVELS)}.")
    return text


def site_address(name: str, default: str, *, schemes: Sequence[str]) -> str:
    """Return the address of a site from the environment, without a slash at its end."""
    text = os.environ.get(name, default)
    parts = urlsplit(text)
    if parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} is {text!r}; it must begin with {schemes[-1]}://HOST.")
    return text.rstrip("/")


def words(name: str) -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def secret(name: str) -> str:
    """Return a secret from NAME or from the file at NAME_FILE; empty if neither is set."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise ImproperlyConfigured(
                f"{name}_FILE cannot be read: {problem.strerror}."
            ) from problem
    return os.environ.get(name, "")


def keys(name: str, default: str) -> list[str]:
    """Return the keys in a secret, newest first; spaces and lines between them do not count.

    Else a file that is tidied would hold other keys than before, and open nothing.
    """
    found = [key.strip() for key in (secret(name) or default).split(",") if key.strip()]
    if not found or min(map(len, found)) < LEAST_KEY:
        raise ImproperlyConfigured(
            f"{name} (or {name}_FILE) must hold one or more random texts of {LEAST_KEY} characters"
            " or more, newest first, separated by commas."
        )
    return found


def mail_server(name: str, default: str) -> dict[str, Any]:
    """Return what Django needs to know of the mail server at an address such as smtp+tls://."""
    try:
        return dict(environ.Env().email_url(name, default=default))
    # Without the words of the first error: they may quote a part of the password.
    except (ImproperlyConfigured, ValueError):
        raise ImproperlyConfigured(
            f"{name} is no mail server; write it as smtp+tls://user:password@host:587."
        ) from None


def generated_key(path: Path) -> str:
    """Return the key kept in `path`, making it once; readable by its owner alone."""
    try:
        # O_EXCL: of two processes that start together, one writes and both read the same.
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="utf-8").strip()
