"""Notices in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from accounts.models import Notice
from accounts.models.notice import NoticeKind, NoticeLine
from accounts.presenters.roles import day

_HEADINGS = {
    NoticeKind.CLOSED: "{place} closes on {day}",
    NoticeKind.MERGED: "{place} merges into {other} on {day}",
    NoticeKind.JOINED: "{other} merges into {place} on {day}",
    NoticeKind.LEFT_AREA: "{place} left {other} on {day}",
    NoticeKind.STAFF_TOLD: "Somebody who works at {place} told you of a change from {day}",
}


@dataclass(frozen=True)
class NoticeWords:
    """A notice on the first page: what happened, and what it means for the reader."""

    public_id: UUID
    heading: str
    lines: tuple[str, ...]


def notice_words(notices: Iterable[Notice]) -> list[NoticeWords]:
    """Return notices in words, in the order given."""
    return [
        NoticeWords(
            public_id=notice.public_id,
            heading=_HEADINGS[NoticeKind(notice.kind)].format(
                place=notice.place.name,
                other=notice.other.name if notice.other else "",
                day=day(notice.on),
            ),
            lines=tuple(NoticeLine(line).label for line in notice.lines),
        )
        for notice in notices
    ]
