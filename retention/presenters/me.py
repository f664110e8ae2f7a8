"""My page in words: who I am in the record, my posts, and what others can see of me."""

from dataclasses import dataclass

from django.urls import reverse

from organisations.models.organisation import Kind
from retention.models import Person
from retention.presenters.absences import absence_words
from retention.presenters.session_grid import (
    PatternWords,
    date_words,
    last_day_words,
    pattern_words,
    totals_words,
)
from retention.queries.my_record import MyPost, MyRecord
from retention.queries.posts import Readers


@dataclass(frozen=True)
class PostWords:
    """A card on my page."""

    title: str
    place: str
    period: str
    state: str
    week: str
    coming: tuple[str, ...]
    leave: tuple[str, ...]
    week_url: str
    week_action: str
    end_url: str
    change_url: str
    change_action: str


@dataclass(frozen=True)
class HistoryWords:
    """The told patterns of a post, latest first."""

    patterns: tuple[PatternWords, ...]


def detail_rows(person: Person | None) -> list[tuple[str, str]]:
    """Return who I am in the record, for a summary list."""
    if person is None:
        return []
    return [
        ("Name", person.name),
        ("Profession", person.get_profession_display() or "Not said yet"),
        ("Year of birth", str(person.year_of_birth or "Not said")),
        ("Year of qualification", str(person.qualified_year or "Not said")),
    ]


def post_words(mine: MyPost) -> PostWords:
    """Return one of my posts as a card."""
    post = mine.post
    waiting = post.confirmed_on is None
    return PostWords(
        title=post.get_role_display(),
        place=post.organisation.name,
        period=_post_period(mine),
        state=_WAITING if waiting else "",
        week=totals_words(mine.totals).sentence if mine.totals else "",
        coming=tuple(_coming(mine)),
        leave=tuple(absence_words(absence) for absence in mine.absences),
        week_url=reverse("session-pattern", args=[post.public_id]),
        week_action=_week_action(mine),
        end_url=reverse("me-post-end", args=[post.public_id]) if waiting else "",
        # What nobody knows of is taken back, not ended.
        change_url=reverse("me-change", args=[post.public_id]) if mine.is_known else "",
        change_action=_CHANGE_DRAFT if mine.change_drafted else _CHANGE,
    )


def history_words(mine: MyPost) -> HistoryWords:
    """Return every told pattern of a post: what comes, what holds, what was."""
    current = (mine.current,) if mine.current else ()
    patterns = (*reversed(mine.coming), *current, *mine.earlier)
    minutes = mine.post.session_minutes
    return HistoryWords(patterns=tuple(pattern_words(p, minutes) for p in patterns))


def seen_by(record: MyRecord) -> list[str]:
    """Return, one sentence each, what others can see of the person."""
    seen = [sentence for mine in record.posts for sentence in _seen_in_post(mine)]
    for hub in record.hubs:
        seen.append(f"{hub.name} recognises you: it sees your name and what you do in mentoring.")
    for share in record.shares:
        seen.append(f"{share.recipient.name} can read your plan until {date_words(share.ends_on)}.")
    seen.append("Nobody else sees your drafts, your plan or your own outlook.")
    return seen


def reader_sentences(readers: Readers) -> list[str]:
    """Return who will read a week that is told, and what of it."""
    place = readers.practice.name
    if readers.managers:
        who = [f"{name}, practice manager of {place}." for name in readers.managers]
    elif readers.managers_count == 0:
        who = [
            f"Nobody at {place} uses this service yet: a practice manager will, once there is one."
        ]
    else:
        count = readers.managers_count
        who = [f"{count} practice manager{'s' if count > 1 else ''} of {place}."]
    return [*who, *(_totals_sentence(org.name, org.kind) for org in readers.totals_with)]


_CHANGE = "I am leaving, going on leave, or back"
_CHANGE_DRAFT = "Leaving, leave or return: written down, not told"
_WAITING = "Waiting for the practice to confirm"


def _post_period(mine: MyPost) -> str:
    post = mine.post
    text = f"Since {date_words(post.starts_on)}"
    return f"{text}; last day {last_day_words(post.ends_on)}" if post.ends_on else text


def _coming(mine: MyPost) -> list[str]:
    words = [pattern_words(pattern, mine.post.session_minutes) for pattern in mine.coming]
    return [f"{word.period}: {word.total}" for word in words]


def _week_action(mine: MyPost) -> str:
    if mine.draft:
        return "Go on with my draft"
    return "Change my week" if mine.current or mine.coming else "Fill in my week"


def _seen_in_post(mine: MyPost) -> list[str]:
    place = mine.post.organisation.name
    # A post of which no week was told is known to nobody, unless its practice made or confirmed it.
    told = mine.current is not None or bool(mine.coming)
    if not told and mine.post.confirmed_on is None:
        return [f"{place} sees nothing of you until you tell it your week."]
    what = "your name, your role and the week you told it" if told else "your name and your role"
    sentences = [f"Practice managers of {place} see {what}."]
    if told and mine.current and not mine.current.shows_mentoring:
        sentences.append(
            f"For {place}, mentoring, training, CPD, appraisal and leadership read “Other work”."
        )
    return sentences + [_totals_sentence(org.name, org.kind) for org in mine.readers.totals_with]


def _totals_sentence(recipient: str, kind: str) -> str:
    scope = "the network's" if kind == Kind.NETWORK else "the area's"
    return f"{recipient}, in {scope} totals alone: never your name or your week."
