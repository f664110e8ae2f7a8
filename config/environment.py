"""Reads the environment strictly: a bad value stops the start and names itself."""

import os
import secrets
from pathlib import Path
from typing import Final, Literal, get_args

from django.core.exceptions import ImproperlyConfigured

Mode = Literal["production", "demo", "test"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)


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
