"""What is left of a place's sessions after the losses, and what that is for its patients."""

from dataclasses import dataclass
from typing import Protocol

from models.joiners import Joiners

PATIENTS = 1_000


class Lost(Protocol):
    """What models.forecast.Forecast and models.leaving.Leaving both tell of a horizon."""

    @property
    def years(self) -> int:
        """The horizon."""

    @property
    def sessions_now(self) -> float:
        """Sessions a week today."""

    @property
    def expected(self) -> float:
        """Sessions expected to be lost."""

    @property
    def low80(self) -> float:
        """Lower end of the 80 % interval."""

    @property
    def high80(self) -> float:
        """Upper end of the 80 % interval."""


@dataclass(frozen=True)
class SessionsLeft:
    """Weekly sessions left after `years` if nobody joins, and beside them what joiners may bring.

    The 80 % interval is that of the losses, turned round. `with_joiners` runs from the expected
    sessions left with the fewest joiners to those with the most; it is no interval.
    """

    years: int
    now: float
    expected: float
    low80: float
    high80: float
    with_joiners: tuple[float, float] | None
    patients: int | None

    def per_1000(self, sessions: float) -> float | None:
        """Sessions for each 1,000 registered patients; None where these are not known."""
        return PATIENTS * sessions / self.patients if self.patients else None


def sessions_left(
    outlook: Lost, *, patients: int | None = None, joiners: Joiners | None = None
) -> SessionsLeft:
    """Take the losses of a forecast from the sessions now.

    patients: registered with the place, taken to stay as many. Raises ValueError for joiners of
    another horizon.
    """
    if joiners is not None and joiners.years != outlook.years:
        raise ValueError("Joiners must be those of the forecast's horizon.")
    now, expected = outlook.sessions_now, outlook.sessions_now - outlook.expected
    joined = None
    if joiners is not None:
        # To what is expected alone: a range of sources and an interval do not add up.
        joined = expected + joiners.sessions_low, expected + joiners.sessions_high
    return SessionsLeft(
        years=outlook.years,
        now=now,
        expected=expected,
        # Rounding to the lattice may put a loss a fraction of a session over all there are.
        low80=max(0.0, now - outlook.high80),
        high80=now - outlook.low80,
        with_joiners=joined,
        patients=patients,
    )
