"""Writes rows of numbers as compact JSON, each distinct number worded once.

A month of England is five million cells and some thousand different numbers.
"""

from collections.abc import Iterable

from retention.imports.cells import Cell

# Beyond this, texts are made again: the memory of a load has a limit.
TEXTS_KEPT = 200_000


class NumberTexts(dict[Cell, str]):
    """`texts[number]` is the number as JSON: 3 for 3.0, null for None, never an exponent's E."""

    def __missing__(self, number: Cell) -> str:
        text = _text(number)
        if len(self) < TEXTS_KEPT:
            self[number] = text
        return text

    def array(self, numbers: Iterable[Cell]) -> str:
        """Return numbers as a JSON array without spaces."""
        return f"[{','.join(map(self.__getitem__, numbers))}]"


def _text(number: Cell) -> str:
    if number is None:
        return "null"
    # 3 and 3.0 are one number to a reader: written alike, the same file twice changes nothing.
    return str(int(number)) if number == int(number) else repr(float(number))
