"""Sessions, hours and full-time equivalents, by contract.

A session is a half-day of 4 hours 10 minutes; nine of them are 37.5 hours, one full-time
equivalent. Hours truly worked are longer (6.2 a session in 2021: BJGP 2024;74:e652), so these
conversions describe contracts and never workload.
"""

MINUTES_PER_SESSION = 250
SESSIONS_PER_FTE = 9
MINUTES_PER_FTE = MINUTES_PER_SESSION * SESSIONS_PER_FTE  # 37.5 hours


def minutes_to_sessions(minutes: float) -> float:
    """Sessions in so many contracted minutes."""
    return minutes / MINUTES_PER_SESSION


def sessions_to_minutes(sessions: float) -> float:
    """Contracted minutes in so many sessions."""
    return sessions * MINUTES_PER_SESSION


def fte_to_sessions(fte: float) -> float:
    """Weekly sessions of so many full-time equivalents."""
    return fte * SESSIONS_PER_FTE


def sessions_to_fte(sessions: float) -> float:
    """Full-time equivalents of so many weekly sessions."""
    return sessions / SESSIONS_PER_FTE


def minutes_to_fte(minutes: float) -> float:
    """Full-time equivalents of so many contracted minutes a week."""
    return minutes / MINUTES_PER_FTE


def fte_to_minutes(fte: float) -> float:
    """Contracted minutes a week of so many full-time equivalents."""
    return fte * MINUTES_PER_FTE
