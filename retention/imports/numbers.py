"""Printed numbers: whole heads, full-time equivalents, and the ways of printing “not known”.

A file of five million cells holds only some thousand different texts, so each text is parsed once.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from retention.imports.cells import Cell

# `NA` from 2020, `ND` (no valid data) before, blank for roles no longer collected.
UNKNOWN_TEXTS = frozenset({"", "NA", "ND"})
WHOLE = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2}")
WHOLE_AS_DECIMAL = re.compile(r"([0-9]{1,9})\.0+")
DECIMAL = re.compile(
    r"(?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.[0-9]{0,20})?(?:[eE]-[0-9]{1,2})?"
)
NEGATIVE = re.compile(r"-[0-9.]+")
# A hostile file could hold millions of different texts; beyond this they are parsed again.
TEXTS_KEPT = 200_000


class NumberError(ValueError):
    """A cell that is not a number of the expected kind; the message says what to write."""


class Numbers(dict[str, Cell]):
    """Texts already parsed: `numbers[text]` parses a text when it is first met."""

    def __init__(self, parse: Callable[[str], Cell]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> Cell:
        value = self._parse(text)
        if len(self) < TEXTS_KEPT:
            self[text] = value
        return value


def parse_count(text: str) -> int | None:
    """Read a head count; None if it is printed as not known."""
    plain = _plain(text)
    if plain is None:
        return None
    # Some programs save a whole column of heads as decimals once one of them is blank.
    if found := WHOLE_AS_DECIMAL.fullmatch(plain):
        plain = found[1]
    if not WHOLE.fullmatch(plain):
        raise NumberError(f"is “{plain[:20]}”, not a whole number; write NA if it is not known")
    return int(plain.replace(",", ""))


def parse_fte(text: str) -> float | None:
    """Read a full-time equivalent (1.0 is 37.5 hours a week); None if printed as not known."""
    plain = _plain(text)
    if plain is None:
        return None
    if not DECIMAL.fullmatch(plain):
        raise NumberError(f"is “{plain[:20]}”, not a number; write NA if it is not known")
    return float(plain.replace(",", ""))


def _plain(text: str) -> str | None:
    plain = text.strip()
    if plain.upper() in UNKNOWN_TEXTS:
        return None
    if NEGATIVE.fullmatch(plain):
        raise NumberError(f"is “{plain[:20]}”, below zero; a count or FTE is zero or more")
    return plain
