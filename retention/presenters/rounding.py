"""Parts as whole numbers that add up to the whole beside them, so that no column contradicts it."""

import math
from collections.abc import Sequence

from models.disclosure import whole_sessions


def adding_up(parts: Sequence[float], whole: int | None = None) -> list[int]:
    """Return parts as whole numbers that add up to `whole`, else to their own rounded sum.

    By the largest remainder, so that no part is off by one or more. `whole` must lie less than
    one from the parts' sum.
    """
    total = whole_sessions(sum(parts)) if whole is None else whole
    # The last bits of a sum must not decide who is rounded up.
    exact = [round(part, 6) for part in parts]
    rounded = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: rounded[place] - exact[place])
    for place in by_remainder[: total - sum(rounded)]:
        rounded[place] += 1
    return rounded
