"""The model card and evaluation page: one list of sections, for the page and docs/model-card.md."""

from collections.abc import Mapping
from typing import Any

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.evaluation.stored import BACKTEST, FAIRNESS, HAZARD, ROLES, SIMULATED
from models.standard_table import STAFF_GROUPS, standard_table
from retention.presenters import evaluation_figures as figures
from retention.presenters.charts import ChartData
from retention.presenters.model_card_fairness import fairness_charts, fairness_section
from retention.presenters.model_card_parts import Figure, Section
from retention.presenters.outlook import Table, percent
from retention.presenters.trust import ahead, backtest_sentence, evaluations

GROUP_NAMES = {
    "gp": "GPs",
    "nurses": "Nurses",
    "dpc": "Direct patient care staff",
    "admin": "Administrative staff, with managers",
}
NOT_FOR = (
    "To judge, invite, rank, appraise, pay or dismiss a person. An age is not a plan.",
    "As a forecast of how many GPs there will be: returners and changes of hours are not in it.",
    "To compare two small practices: their intervals nearly always overlap.",
    f"For fewer than {PUBLIC_OUTLOOK_FROM} people in one practice: there is no outlook.",
    "To tell how many women, or how many men, will leave: it fails there (see “Is it fair”).",
    "To tell how many partners, or how many salaried GPs, will leave: it fails there too.",
    "To say whether more leave in deprived places than elsewhere: it does not look at that.",
    "As pension or financial advice.",
)
LAW = (
    "Articles 22A to 22D of the UK GDPR (which took the place of Article 22 by the Data (Use and"
    " Access) Act 2025) allow no significant decision about a person that rests solely on"
    " automated processing without safeguards. No decision about a person rests on this model,"
    " alone or in part: it has no field, list or sort order that could carry one.",
    "A decision that somebody does take about you must come from people, who can say why. You may"
    " ask for it to be explained, make your case, have a person look again, and contest it.",
)
OBJECT = (
    "Under “My page”, choose “Object to my record being used in figures”. From then on no"
    " private figure counts your record; no reason is asked.",
    "What the record says of you can be corrected under “My page”.",
    "Published counts are NHS England's. Errors in them go to the practice that sent them.",
)


OWNER = (
    "The training hub that runs this service answers for its use, and its administrator for who"
    " may see what. Each purpose has a controller and a notice, which your hub or practice gives"
    " you. You can also complain to the Information Commissioner's Office.",
)


def model_card() -> tuple[Section, ...]:
    """Return the card, from the stored figures of the frozen runs."""
    kept = evaluations()
    return (
        _purpose(),
        Section("What it must not be used for", bullets=NOT_FOR),
        *_backtest(kept.get(BACKTEST)),
        *_real_people(kept.get(HAZARD)),
        *fairness_section(kept),
        *_simulated(kept.get(SIMULATED)),
        _versions(kept),
        Section("The law", paragraphs=LAW),
        Section("How to object", bullets=OBJECT),
        Section("Who answers for it", paragraphs=OWNER),
    )


def charts() -> dict[str, ChartData]:
    """Return every chart of the page by its name in the address."""
    kept = evaluations()
    found: dict[str, ChartData] = {}
    if backtest := kept.get(BACKTEST):
        found["coverage"] = figures.coverage_chart(backtest)
        for years, scores in figures.horizons_of(backtest):
            found[f"errors-{years}"] = figures.error_chart(scores)
    for name, horizon in (kept[HAZARD]["horizons"] if HAZARD in kept else {}).items():
        found[f"calibration-{name}"] = figures.calibration_chart(horizon)
    return {**found, **fairness_charts(kept)}


def _purpose() -> Section:
    return Section(
        "What it is for",
        (
            "It says how many sessions a week a place may lose in 1, 3, 5 and 10 years because"
            " people retire or leave for other reasons, so that a place can plan. A person can"
            " ask for their own outlook; nobody else sees it, and it is not stored.",
        ),
    )


def _backtest(backtest: Mapping[str, Any] | None) -> tuple[Section, ...]:
    if backtest is None:
        return ()
    return (_compared(figures.horizons_of(backtest)), _intervals(backtest))


def _compared(horizons: list[tuple[int, Mapping[str, Any]]]) -> Section:
    return Section(
        "What it is compared with, on published counts",
        (
            "Past forecasts of England's GPs aged 55 and over, each made from what was"
            " published by then, against what was published later. The method was settled"
            " before it was scored. What is scored carries England's age bands forward; the"
            " standard table of the outlook is fitted to the same series. The outlook of a"
            " place cannot be scored so: nobody publishes who left it.",
            *(backtest_sentence(years, scores) for years, scores in horizons),
            "Starting points overlap, so these are few independent tests: about seven at one"
            " year, hardly two at five. They are of national counts; one practice varies far"
            " more.",
            *_losses(horizons),
        ),
        figures=tuple(
            Figure(
                f"errors-{years}",
                f"Mean error, {ahead(years)} ahead, {scores['origins']} starting points",
                figures.error_table(scores),
                f"errors-{years}",
                backtest_sentence(years, scores),
            )
            for years, scores in horizons
        ),
    )


def _intervals(backtest: Mapping[str, Any]) -> Section:
    return Section(
        "Do its intervals hold what they say",
        ("An 80% interval should hold 80 of 100 outcomes. On published counts:",),
        figures=(
            Figure(
                "coverage",
                "How often the 80% interval held",
                figures.coverage_table(backtest),
                "coverage",
                "The dashed line is 80%, which is right. The table has the numbers.",
            ),
        ),
    )


def _losses(horizons: list[tuple[int, Mapping[str, Any]]]) -> list[str]:
    """Say where a rival does better: a card that lists only wins is an advertisement."""
    lost = [
        f"{band} at {ahead(years)} ({figures.METHOD_NAMES[name].lower()})"
        for years, scores in horizons
        for band, errors in scores["bands"].items()
        for name in errors
        # The best of all in that band, where the best is not this model.
        if name == min(errors, key=errors.__getitem__) != "model"
    ]
    lost += [
        f"the interval at {ahead(years)} ({figures.METHOD_NAMES[name].lower()})"
        for years, scores in horizons
        for name, score in scores["interval_score"].items()
        if score < scores["interval_score"]["model"]
    ]
    if not lost:
        return []
    return [f"It does not win everywhere. A rival does better on: {'; '.join(lost)}."]


def _real_people(hazard: Mapping[str, Any] | None) -> tuple[Section, ...]:
    if hazard is None:
        return ()
    first, last = hazard["scored_on"]
    return (
        Section(
            "Chances of real people",
            (
                "No open record follows GPs from year to year. So the form of the model was tried"
                " on people who really left, under another pension rule: US federal judges,"
                f" learnt on {hazard['trained_on'][0]} to {hazard['trained_on'][1]} and scored on"
                f" {first} to {last}. Their rates say nothing about GPs, and none is used.",
                "AUC: 1 ranks perfectly, 0.5 not at all. IPA: how much better than one chance for"
                " all; 0 is no better. Slope: 1 is right, under 1 is too sure of itself.",
                *_worst_gaps(hazard),
            ),
            figures=(
                Figure(
                    "rivals",
                    "This model and its rivals",
                    figures.rivals_table(hazard),
                    numeric=True,
                ),
                *(
                    Figure(
                        f"calibration-{years}",
                        f"Predicted and observed, within {ahead(int(years))}",
                        figures.calibration_table(horizon),
                        f"calibration-{years}",
                        "Each dot is a tenth of the people; on the dashed line the prediction was"
                        " right. The table has the numbers.",
                    )
                    for years, horizon in hazard["horizons"].items()
                ),
            ),
        ),
    )


def _worst_gaps(hazard: Mapping[str, Any]) -> list[str]:
    """Where the curve is furthest off, at each horizon."""
    found = []
    for years, horizon in hazard["horizons"].items():
        worst = max(horizon["calibration"], key=lambda p: abs(p["predicted"] - p["observed"]))
        found.append(
            f"Furthest off within {ahead(int(years))}: where it said {percent(worst['predicted'])},"
            f" {percent(worst['observed'])} left."
        )
    return found


def _simulated(simulated: Mapping[str, Any] | None) -> tuple[Section, ...]:
    if simulated is None:
        return ()
    return (
        Section(
            "Hubs with a known truth",
            (
                "Made-up hubs whose true chances are known. Sessions of a small practice come in"
                " lumps, so its 80% interval must hold more than 80%: it is left as it is and not"
                " narrowed.",
                "A hub's page shows, in bands of eight, how many of its own people left beside what"
                " the table expects, and what its record would weigh against the table. No outlook"
                " uses it.",
            ),
            figures=(
                Figure(
                    "simulated-coverage",
                    "How often the 80% interval held, simulated",
                    figures.simulated_coverage_table(simulated),
                ),
                Figure(
                    "learning",
                    "How much local record it takes",
                    figures.learning_table(simulated),
                ),
            ),
        ),
    )


def _versions(kept: Mapping[str, Any]) -> Section:
    tables = [
        [f"Standard table, {GROUP_NAMES[group]}", table.version, table.window, "Constructed"]
        for group in STAFF_GROUPS
        for table in (standard_table(group),)
    ]
    runs = [
        [f"Evaluation “{name}”", kept[name]["method"], kept[name]["data"], kept[name]["made_on"]]
        for name in (BACKTEST, HAZARD, SIMULATED, FAIRNESS, ROLES)
        if name in kept
    ]
    return Section(
        "Data, tables and versions",
        figures=(
            Figure(
                "versions",
                "What these figures were made from",
                Table(["What", "Version", "Data", "Made on"], tables + runs),
                numeric=False,
            ),
        ),
    )
