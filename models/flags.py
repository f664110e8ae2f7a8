"""The retirement flag of a network or an area. Practices and people are never flagged."""

from dataclasses import dataclass

from models.forecast import Share

# Stated, not estimated: the flag's horizon, and how far above England's share it is raised.
FLAG_YEARS = 3
FLAG_RATIO = 1.25


@dataclass(frozen=True)
class RetirementFlag:
    """Whether a place is flagged, and the numbers of the sentence that says why.

    Shares are of the place's sessions now, expected to be lost to retirement within FLAG_YEARS.
    """

    raised: bool
    place: Share
    england: float
    ratio: float


def retirement_flag(place: Share, england: float) -> RetirementFlag:
    """Flag a place whose expected share is at least FLAG_RATIO times England's.

    The expected share decides; the interval is shown with it, so that a reader sees how much of
    the difference may be chance. Raises ValueError where England's share is not above 0.
    """
    if not england > 0:
        raise ValueError("England's share must be above 0.")
    share = float(england)  # an array's number would make the flag one too, which JSON refuses
    ratio = place.expected / share
    return RetirementFlag(ratio >= FLAG_RATIO, place, share, ratio)
