"""The section of the model card that asks whether the model is as right for one as for another."""

from collections.abc import Mapping
from typing import Any

from models.disclosure import COUNT_FROM
from models.evaluation.stored import FAIRNESS, HAZARD, ROLES
from models.fairness import FAIR_HIGH, FAIR_LOW
from retention.presenters import evaluation_figures as figures
from retention.presenters import fairness_figures as groups
from retention.presenters.charts import ChartData
from retention.presenters.model_card_parts import Figure, Section
from retention.presenters.trust import ahead

Part = Mapping[str, Any]
# What is published of turnover of GPs from practices, most against least deprived.
PUBLISHED_RATIO = 1.09
BAND_WORDS = "The shaded range is the limit for use. The table has the numbers."


def fairness_section(kept: Mapping[str, Part]) -> tuple[Section, ...]:
    """Return the section, of whichever runs there are; without any it is left out."""
    parts = [
        make(kept[name])
        for name, make in ((HAZARD, _real_people), (ROLES, _roles), (FAIRNESS, _simulated))
        if name in kept
    ]
    # A heading over nothing would read as fair.
    if not parts:
        return ()
    limit = (
        f"The limit for use: for each group of people, the 95% interval of those who left for each"
        f" that was expected must reach {FAIR_LOW} to {FAIR_HIGH}. Where it does not, plans that"
        f" rest on that group must not use the model. A group of fewer than {COUNT_FROM} people is"
        " withheld. Reaching the range is not proof: small groups nearly always do."
    )
    return (
        Section(
            "Is it fair",
            (limit, *(text for said, _ in parts for text in said)),
            figures=tuple(figure for _, shown in parts for figure in shown),
        ),
    )


def fairness_charts(kept: Mapping[str, Part]) -> dict[str, ChartData]:
    """Return the charts of the section by name."""
    horizons = kept[HAZARD]["horizons"] if HAZARD in kept else {}
    found: dict[str, ChartData] = {
        f"ratios-{name}": figures.ratio_chart(horizon) for name, horizon in horizons.items()
    }
    if ROLES in kept:
        found["roles"] = groups.role_chart(kept[ROLES])
    return found


def _real_people(hazard: Part) -> tuple[list[str], list[Figure]]:
    said = [
        *_failures(hazard),
        "A term for sex, learnt from few people long ago, is why. The outlook of a place has no"
        " such term: its chances rest on age alone. That makes it no fairer, only blind: whether"
        " it holds for women and for men is not known.",
    ]
    shown = [
        Figure(
            f"ratios-{years}",
            f"Left for each expected, within {ahead(int(years))}",
            figures.ratio_table(horizon),
            f"ratios-{years}",
            BAND_WORDS,
        )
        for years, horizon in hazard["horizons"].items()
    ]
    return said, shown


def _failures(hazard: Part) -> list[str]:
    """One sentence for each horizon at which a group is outside the limit for use."""
    found = []
    for years, horizon in hazard["horizons"].items():
        failed = [
            f"{label.lower()} ({ratio['ratio']:.2f} times as many left as expected)"
            for label, ratio, inside in figures.ratio_rows(horizon)
            if not inside
        ]
        if failed:
            listed = ", ".join(failed)
            found.append(f"It fails, within {ahead(int(years))}, for {listed}.")
    return found


def _roles(roles: Part) -> tuple[list[str], list[Figure]]:
    said = [
        "By role, on what was published of England: rates that know ages alone, as the outlook of"
        " a place does, against what each role lost within a year, from"
        f" {roles['origins']} starting points. Lost means net of joiners: a partner who becomes"
        " salaried is lost to the one and gained by the other.",
        groups.role_sentence(roles),
    ]
    figure = Figure(
        "roles",
        "Lost for each expected, within one year, by role",
        groups.role_table(roles),
        "roles",
        f"{BAND_WORDS} Heads of a year, added up over the years.",
    )
    return said, [figure]


def _simulated(fairness: Part) -> tuple[list[str], list[Figure]]:
    said = [
        "By deprivation fifth it cannot be tried on people who really left: no public record"
        " follows them by practice. So it was tried on made-up hubs with a known truth, in which"
        " leaving differs by deprivation and the model does not look at that: 1.09 is what is"
        " published of turnover of GPs from practices (Parisi and others, BMJ Open 2021); 1.5 asks"
        " what would happen far beyond that.",
        *groups.deprivation_sentences(fairness),
        "The limit that follows: do not use it to compare leaving between more and less deprived"
        " places. Nobody has shown that the difference among those who leave the NHS is as small"
        " as that of turnover.",
        "In the same hubs the model is told sex and role, and learns them from the hub's own"
        " record. The table alone, which the public outlook is, is off wherever the hub is.",
    ]
    people = f"{fairness['hubs']} made-up hubs of {fairness['person_years']:,} person-years each"
    shown = [
        Figure(
            "deprivation",
            f"Left for each expected by deprivation fifth, in {people}",
            groups.deprivation_table(fairness),
        ),
        Figure(
            "simulated-groups",
            f"By sex, role and age where {PUBLISHED_RATIO:g} is assumed, in {people}",
            groups.group_table(fairness, PUBLISHED_RATIO),
        ),
    ]
    return said, shown
