"""What a pair's score is made of: whole numbers, 1,000 at most.

Every part rises, or stays, with more half-days, more interests and a shorter way, and a stated
preference never adds a point: so a shorter list or a fuller wish never raises a score.
"""

from collections.abc import Sequence
from typing import Any

# Points for 0, 1, 2, and 3 or more in common.
INTERESTS = (0, 150, 250, 350)
HALF_DAYS = (0, 100, 175, 250)
# Up to so many kilometres as the crow flies; nothing beyond, or where a place is not known.
DISTANCE = ((5, 200), (15, 150), (30, 100), (60, 50))
# The same profession, or no wish for it.
PROFESSION = 200


def score_parts(
    *,
    interests: Sequence[str],
    half_days: Sequence[str],
    km: float | None,
    same_profession: bool,
    wants_same_profession: bool,
) -> dict[str, dict[str, Any]]:
    """Return the parts of one pair's score, for a record: points, the most there are, and why.

    `interests` and `half_days` are what the two share; `km` is None where a place is not known.
    """
    # The nearest limit first: `next` takes the points of the first that holds.
    in_reach = (points for limit, points in DISTANCE if km is not None and km <= limit)
    fits = same_profession or not wants_same_profession
    return {
        "interests": {
            "points": INTERESTS[min(len(interests), 3)],
            "of": INTERESTS[-1],
            "shared": list(interests),
        },
        "half_days": {
            "points": HALF_DAYS[min(len(half_days), 3)],
            "of": HALF_DAYS[-1],
            "shared": list(half_days),
        },
        "distance": {
            "points": next(in_reach, 0),
            "of": DISTANCE[0][1],
            # Whole kilometres: districts are points of a map, and no house is meant.
            "km": None if km is None else round(km),
        },
        "profession": {
            "points": PROFESSION if fits else 0,
            "of": PROFESSION,
            "same": same_profession,
            "wanted": wants_same_profession,
        },
    }
