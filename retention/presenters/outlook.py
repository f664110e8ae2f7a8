"""Words and numbers of an outlook: whole sessions, whole per cents, never more exact than true."""

from dataclasses import dataclass

from models.disclosure import PUBLIC_OUTLOOK_FROM, whole_sessions
from models.flags import FLAG_RATIO, FLAG_YEARS, RetirementFlag
from models.forecast import Share, loss_if_one_leaves
from retention.models.published_profile import PublishedProfile
from retention.presenters.charts import Intervals
from retention.queries.age_profile import sessions_now
from retention.queries.public_outlook import OutlookHorizon, PublicOutlook

NOT_KNOWN = "Not known"
INTERVAL_NOTE = (
    "Expected means on average. The 80% interval holds the true loss in at least 80 cases of 100."
)


@dataclass(frozen=True)
class Table:
    """Headers and rows of text, as templates/nhs/table.html takes them."""

    headers: list[str]
    rows: list[list[str]]


def number(value: float | None) -> str:
    """Return a whole number with thousands apart, or "Not known"."""
    return NOT_KNOWN if value is None else f"{whole_sessions(value):,}"


def percent(share: float | None) -> str:
    """Return a share as whole per cent, or "Not known"."""
    return NOT_KNOWN if share is None else f"{whole_sessions(share * 100)}%"


def chance(value: float) -> str:
    """Return a chance as whole per cent; none is called impossible or certain."""
    # Nought and one are the tails of a rounded distribution: people leave whom no table expects.
    if value < 0.01:
        return "less than 1%"
    return "more than 99%" if value > 0.99 else percent(value)


def plural(count: float, one: str, many: str = "") -> str:
    """Return "1 practice" or "2 practices"."""
    return f"{number(count)} {one if whole_sessions(count) == 1 else many or one + 's'}"


def interval(low: float, high: float) -> str:
    """Return an interval of sessions."""
    return f"{number(low)} to {number(high)}"


def share_interval(share: Share) -> str:
    """Return an interval of shares."""
    return f"{percent(share.low80)} to {percent(share.high80)}"


def within(years: int) -> str:
    """Return a horizon in words that stay on one line."""
    return f"{years}\N{NO-BREAK SPACE}year" + ("" if years == 1 else "s")


def outlook_table(outlook: PublicOutlook) -> Table:
    """Return the losses of each horizon: all leaving, and retirement apart."""
    return Table(
        headers=[
            "Within",
            "Estimated sessions lost",
            "80% interval",
            "GPs leaving",
            "Lost to retirement alone",
            "80% interval",
        ],
        rows=[
            [
                within(h.years),
                number(h.expected),
                interval(h.low80, h.high80),
                number(h.headcount_expected),
                number(h.retirement_expected),
                interval(h.retirement_low80, h.retirement_high80),
            ]
            for h in outlook.horizons.values()
        ],
    )


def chances_table(outlook: PublicOutlook) -> Table:
    """Return the chance of losing at least N sessions within each horizon, whatever the reason."""
    horizons = list(outlook.horizons.values())
    levels = [level for level, _ in horizons[0].chances]
    return Table(
        headers=["Losing at least", *(f"Within {within(h.years)}" for h in horizons)],
        rows=[
            [plural(level, "session"), *(chance(h.chances[i][1]) for h in horizons)]
            for i, level in enumerate(levels)
        ],
    )


def chance_sentence(outlook: PublicOutlook) -> str:
    """Return the chances on either side of one in two, over the horizon that flags look at."""
    chances = outlook.horizons[FLAG_YEARS].chances
    likely = [one for one in chances if one[1] >= 1 / 2][-1:]
    unlikely = [one for one in chances if one[1] < 1 / 2][:1]
    said = [
        f"of losing at least {plural(level, 'session')} is {chance(value)}"
        for level, value in (*likely, *unlikely)
    ]
    return f"Within {within(FLAG_YEARS)} the chance {', and '.join(said)}." if said else ""


def outlook_chart(outlook: PublicOutlook) -> Intervals:
    """Return the chart's data, in whole sessions: it must not tell more than the table."""
    rows = []
    for h in outlook.horizons.values():
        parts = (
            ("All leaving", h.expected, h.low80, h.high80),
            ("Retirement alone", h.retirement_expected, h.retirement_low80, h.retirement_high80),
        )
        for series, expected, low, high in parts:
            middle, least, most = (float(whole_sessions(value)) for value in (expected, low, high))
            words = f"{number(expected)} ({interval(low, high)})"
            rows.append((within(h.years), series, middle, least, most, words))
    return Intervals(tuple(rows), x_title="Estimated sessions a week lost")


def outlook_description(outlook: PublicOutlook) -> str:
    """Return the outlook chart in one text, for those who cannot see it."""
    parts = [
        f"within {within(h.years)} {number(h.expected)} ({interval(h.low80, h.high80)}), "
        f"of them {number(h.retirement_expected)} to retirement"
        for h in outlook.horizons.values()
    ]
    return f"Estimated sessions expected to be lost, with 80% intervals: {'; '.join(parts)}."


def outlook_sentence(outlook: PublicOutlook) -> str:
    """Return the outlook's main message, over the horizon that flags look at."""
    # One horizon for sentence, card, list and flag: so a reader meets one number for one thing.
    h = outlook.horizons[FLAG_YEARS]
    return (
        f"If nobody joined, about {number(h.expected)} of these sessions could be lost within "
        f"{within(h.years)} (80% interval {interval(h.low80, h.high80)}), about "
        f"{number(h.retirement_expected)} of them to retirement."
    )


def flag_sentence(flag: RetirementFlag) -> str:
    """Return why a place is flagged, with the interval that says how much may be chance."""
    return (
        # The verdict first: the page for a board and the monthly mail print this sentence alone.
        f"Flagged: {percent(flag.place.expected)} of its sessions are expected to be lost to "
        f"retirement within {within(FLAG_YEARS)} (80% interval {share_interval(flag.place)}), "
        f"{times(flag.ratio)} England's {percent(flag.england)}."
    )


def no_flag_sentence(flag: RetirementFlag) -> str:
    """Return how a place that is not flagged compares with England."""
    return (
        f"Not flagged: {percent(flag.place.expected)} of its sessions are expected to be lost to "
        f"retirement within {within(FLAG_YEARS)} (80% interval {share_interval(flag.place)}), "
        f"{times(flag.ratio)} England's {percent(flag.england)}. A place is flagged from "
        f"{FLAG_RATIO} times."
    )


def times(ratio: float) -> str:
    """Return a ratio in words, cut rather than rounded: 1.24 is not yet the limit of 1.25."""
    return f"{int(ratio * 100) / 100:.2f} times"


def one_leaver_sentence(profile: PublishedProfile) -> str:
    """Return what a practice under the limit would lose if any one GP left; no age is used."""
    people = sum(profile.headcount.values())
    sessions = sessions_now(profile)
    if sessions is None:
        return "How many sessions its GPs work is not known."
    # A mean over everyone: whose sessions they are would tell of a person.
    lost = loss_if_one_leaves(people, sessions)
    return (
        f"If any one GP left, the practice would lose about {number(lost)} of its "
        f"{plural(sessions, 'estimated session')} a week. With fewer than {PUBLIC_OUTLOOK_FROM} "
        "GPs it has no outlook of its own: that would say too much about one person."
    )


def made_from(outlook: PublicOutlook) -> list[str]:
    """Return what the outlook was made from, and what it leaves out."""
    said = [
        f"Made from the figures of {outlook.as_at:%B %Y} for {plural(outlook.people, 'GP')} in "
        f"{plural(outlook.practices, 'practice')}, and standard table {outlook.table_version}."
    ]
    # What is left out changes what the numbers mean, so it is said beside them.
    if outlook.practices_not_known:
        said.append(
            f"Left out: {plural(outlook.practices_not_known, 'practice')} whose figures are not "
            "known. Their sessions are in none of these numbers."
        )
    if outlook.age_not_known:
        said.append(
            f"The age of {plural(outlook.age_not_known, 'GP')} is not known. They are taken to be "
            "as old as the others."
        )
    return said


def horizon(outlook: PublicOutlook, years: int = FLAG_YEARS) -> OutlookHorizon:
    """Return the horizon that pages put first."""
    return outlook.horizons[years]
