"""How many patients stand behind each weekly session, now and after a loss."""

from dataclasses import dataclass

# Less than half a session a week is none in whole sessions, in which losses are told.
FEWEST = 0.5


@dataclass(frozen=True)
class PatientsPerSession:
    """Patients for each weekly session that is left; None where less than FEWEST is left.

    `low` is with the smallest loss of the interval, `high` with the largest.
    """

    expected: float | None
    low: float | None
    high: float | None


def patients_per_session(patients: float, sessions: float) -> float | None:
    """Return patients for each session; None without sessions. Raises ValueError below 0."""
    if patients < 0 or sessions < 0:
        raise ValueError("Patients and sessions cannot be fewer than none.")
    return patients / sessions if sessions else None


def after_loss(
    now: float, sessions: float, expected: float, low: float, high: float
) -> PatientsPerSession:
    """Return patients for each session once some of `sessions` are lost.

    now: patients for each session today, who are taken to stay as many; expected, low, high:
    sessions lost. Their number for the expected loss is not the expected number: dividing does
    not keep a mean, but it keeps the ends of an interval. Raises ValueError for a loss below 0
    or an interval that ends before it begins.
    """
    if min(now, sessions, expected, low) < 0 or high < low:
        raise ValueError("Losses must not be below 0, nor end before they begin.")

    def left(loss: float) -> float | None:
        # A loss of everything may be out by a fraction, as it was rounded to the lattice of a
        # distribution: what little is left then says nothing, and dividing by it makes millions.
        return now * sessions / (sessions - loss) if sessions - loss >= FEWEST else None

    # The smallest loss leaves the fewest patients for each session.
    return PatientsPerSession(left(expected), left(low), left(high))
