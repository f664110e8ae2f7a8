"""The summary of a place: three sentences, a flag, one next step, and key figures."""

from dataclasses import dataclass

from django.urls import reverse

from models.flags import FLAG_YEARS
from organisations.models.organisation import ENGLAND, Kind
from retention.models.published_profile import PublishedProfile
from retention.presenters import outlook as words
from retention.presenters.age_profile import PART_OF_ENGLAND
from retention.presenters.outlook import number, percent, plural
from retention.presenters.place_addresses import address
from retention.queries.age_profile import is_known, practices_known, sessions_now, share_older
from retention.queries.place_figures import PlaceFigures

_WHO_SEES = {
    Kind.PRACTICE: "The outlook of a practice is for its practice manager, for the retention lead "
    "of the area's training hub, and for the network lead if the practice shares it.",
    Kind.NETWORK: "The outlook of a network is for its own clinicians, practice managers and "
    "network lead, and for the training hub of its area.",
    Kind.ICB: "The outlook of an area is for the training hub of that area.",
    Kind.SUB_ICB: "The outlook of an area is for the training hub of that area.",
    Kind.TRAINING_HUB: "The outlook of a hub's area is for the people of that hub.",
}
HAS_CLOSED = "It has closed, so nothing is expected of it any more."
_NO_OUTLOOK = "No outlook is shown for a region."


@dataclass(frozen=True)
class Card:
    """One key figure with its words."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class NextStep:
    """What to do, and the words and address of a link to where it is done; both may be empty."""

    text: str
    link: str = ""
    url: str = ""


@dataclass(frozen=True)
class PlaceSummary:
    """What a reader with five minutes needs: three sentences, a flag, a next step, key figures."""

    sentences: list[str]
    next_step: NextStep
    is_flagged: bool
    flag: str
    cards: list[Card]


def summary_of(figures: PlaceFigures) -> PlaceSummary:
    """Return the three sentences, the next step and the key figures."""
    flag = figures.flag
    return PlaceSummary(
        sentences=[_who_sentence(figures), _loss_sentence(figures), _older_sentence(figures)],
        next_step=next_step(figures),
        is_flagged=flag is not None and flag.raised,
        flag=words.flag_sentence(flag) if flag and flag.raised else "",
        cards=_cards(figures),
    )


def _who_sentence(figures: PlaceFigures) -> str:
    gps = figures.gps
    if gps is None or figures.month is None:
        until = f" up to {figures.as_at:%-d %B %Y}" if figures.as_at else ""
        return f"No workforce figures{until} have been loaded for {_name(figures)} yet."
    if not is_known(gps):
        return (
            f"The figures of {figures.month:%B %Y} for {_name(figures)} are not known: the "
            "publisher printed NA, which does not mean that nobody works there."
        )
    people = sum(gps.headcount.values())
    where = "" if figures.place.kind == Kind.PRACTICE else f" in {_practices(gps)}"
    # A hub employs nobody who is counted here: the figures are of its area.
    is_hub = figures.place.kind == Kind.TRAINING_HUB
    name = f"The area of {_name(figures)}" if is_hub else _name(figures)
    if figures.is_part_of_england:
        name = PART_OF_ENGLAND
    if not people:
        return f"{name} had no qualified permanent GPs{where} in {figures.month:%B %Y}."
    had = f"{name} had {plural(people, 'qualified permanent GP')}{where} in {figures.month:%B %Y}"
    sessions = sessions_now(gps)
    if sessions is None:
        return f"{had}. How many sessions they work is not known."
    return f"{had}, working an estimated {plural(sessions, 'session')} a week."


def _name(figures: PlaceFigures) -> str:
    return figures.name_of(figures.place)


def _practices(profile: PublishedProfile) -> str:
    missing = profile.practices_not_known
    tail = f" ({number(missing)} more not known)" if missing else ""
    return plural(practices_known(profile), "practice") + tail


def _loss_sentence(figures: PlaceFigures) -> str:
    """Return what may be lost, or why that is not said."""
    if figures.has_closed:
        return HAS_CLOSED
    if figures.outlook:
        return words.outlook_sentence(figures.outlook)
    if figures.is_too_small and figures.gps:
        return words.one_leaver_sentence(figures.gps)
    return _why_missing(figures)


def _why_missing(figures: PlaceFigures) -> str:
    """Return why no outlook is shown."""
    if not figures.may_see_outlook:
        return _WHO_SEES.get(Kind(figures.place.kind), _NO_OUTLOOK)
    if figures.gps is None or not is_known(figures.gps):
        return "Without figures there is no outlook."
    if not sum(figures.gps.headcount.values()):
        return "There are no qualified permanent GPs in these figures, so there is no outlook."
    if figures.place.code == ENGLAND:
        return "These practices are too few to stand for England, so there is no outlook."
    return "There is no outlook, as the ages or the hours of these GPs are not known."


def _older_sentence(figures: PlaceFigures) -> str:
    if figures.is_too_small:
        return "For so few people no share by age is made; the published figures stand below."
    share = share_older(figures.gps)
    if share is None:
        return "How many of its GPs are aged 55 and over is not known."
    others = [
        f"{percent(other.share_older)} in {other.name}"
        for other in figures.compared
        if other.share_older is not None
    ]
    compared = f", against {' and '.join(others)}" if others else ""
    return f"{percent(share)} of its GPs of known age are 55 and over{compared}."


def next_step(figures: PlaceFigures) -> NextStep:
    """Return the one thing to do next, with the page of this service where it is done."""
    if figures.gps is None:
        # One step alone, whatever blocks all others first: of several none is done.
        return NextStep("Ask the training hub of the area to load the published workforce file.")
    if figures.has_closed:
        return _after_closing(figures)
    # What may be planned for so few is their network's to plan.
    if figures.is_too_small and figures.network:
        name = figures.name_of(figures.network)
        step = f"Look at the outlook of its network, {name}."
        return NextStep(step, f"Outlook of {name}", address(figures, figures.network))
    if figures.flag and figures.flag.raised:
        return _invite_everyone(figures)
    quality = reverse("place-quality", args=[figures.place.code])
    if missing := figures.gps.practices_not_known:
        who = "the practice" if missing == 1 else plural(missing, "practice")
        step = f"Ask {who} without figures to complete the workforce return."
        return NextStep(step, "What is missing, and whom to chase", quality)
    return NextStep(
        "Check these figures with what you know, and look again when the next month is published.",
        "How good they are",
        quality,
    )


def _invite_everyone(figures: PlaceFigures) -> NextStep:
    """Return the step that a flag asks for: the whole place is invited, never somebody."""
    invite = (
        "invite every clinician here, whatever their age, to a confidential conversation about "
        "how they would like to work."
    )
    found = figures.inviting
    if found is None:
        return NextStep(f"Agree with the training hub to {invite}")
    if not found.may:
        hub = found.hub
        step = f"Agree with the retention lead of {hub.name} to {invite}"
        return NextStep(step, f"About {hub.name}", hub.get_absolute_url())
    if figures.place.kind == Kind.NETWORK:
        # The pages of the floor above are known here by the names of their addresses alone.
        url = reverse("conversation-invite", args=[found.hub.slug, figures.place.code])
        return NextStep(invite[0].upper() + invite[1:], "Read the letter and invite them", url)
    url = reverse("hub-conversations", args=[found.hub.slug])
    return NextStep(invite[0].upper() + invite[1:], "Invite network by network", url)


def _after_closing(figures: PlaceFigures) -> NextStep:
    if figures.successor is None:
        return NextStep("There is none: these are the last figures that were published of it.")
    name = figures.name_of(figures.successor)
    step = f"Look at who has its patients now, {name}."
    return NextStep(step, f"Page of {name}", address(figures, figures.successor))


def _cards(figures: PlaceFigures) -> list[Card]:
    gps = figures.gps
    if gps is None or not is_known(gps) or figures.month is None:
        return []
    people = plural(sum(gps.headcount.values()), "qualified permanent GP")
    cards = [
        Card(
            number(sessions_now(gps)),
            "estimated sessions a week",
            f"{people}, {figures.month:%B %Y}",
        ),
    ]
    share = share_older(gps)
    if share is not None and not figures.is_too_small:
        cards.append(Card(percent(share), "of GPs are 55 and over", "of those whose age is known"))
    if figures.outlook:
        # The card repeats the sentence, so that a glance finds the number without reading.
        h = words.horizon(figures.outlook)
        cards.append(
            Card(
                number(h.expected),
                f"estimated sessions lost within {FLAG_YEARS} years",
                f"80% interval {words.interval(h.low80, h.high80)}",
            )
        )
    return cards
