"""Keeps who someone must not be paired with. Only the owner ever reads it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.sealing import seal
from hubs.models import NeverEntry
from hubs.never_digest import email_digest
from organisations.models.organisation import Kind, Organisation
from retention.models import Person

# For whom one fears, not for choosing: a long list would be a way to have one mentor left.
LONGEST = 40
# What an entry is about: the key of a practice, or the digest of an address.
# Never both: keys are numbers, digests are text.
_Key = int | str


@dataclass(frozen=True)
class NeverEdit:
    """A never list as its owner typed it, over the list that the window showed (`seen`).

    The list is one for all that a person offers and asks, so two forms can be open on it. Both
    are needed to tell a line that was taken off from one that another window has added since.
    """

    typed: tuple[str, ...]
    seen: tuple[str, ...] = ()


def save_never_list(*, person: Person, edit: NeverEdit) -> None:
    """Change a person's never list by what `edit` adds and takes off, and by nothing else.

    What another window added stays; what it took off stays off unless it is typed anew. Raises
    ValidationError naming each line that is neither an address nor a practice.

    Part of saving an offer or a request, in its transaction and under its audit row: a row of its
    own would tell that there is a list. The caller holds the lock on the person.
    """
    lines = _lines(edit.typed)
    if len(lines) > LONGEST:
        raise ValidationError({"never": f"Name {LONGEST} people or practices at most."})
    typed, problems = _entries(person, lines)
    if problems:
        raise ValidationError({"never": problems})
    # A line that was seen and is wrong by now, a practice that is gone, is taken as unseen.
    seen, _ = _entries(person, _lines(edit.seen))
    standing = {_key(entry): entry for entry in NeverEntry.objects.filter(owner=person)}
    gone = [entry.pk for key, entry in standing.items() if key in seen.keys() - typed.keys()]
    new = [entry for key, entry in typed.items() if key not in seen.keys() | standing.keys()]
    # Each window alone was short enough; both together may not be.
    if len(standing) - len(gone) + len(new) > LONGEST:
        raise ValidationError(
            {
                "never": f"Another window has added to this list: with yours it is longer than"
                f" {LONGEST}. Open the page anew, and take some off."
            }
        )
    NeverEntry.objects.filter(pk__in=gone).delete()
    NeverEntry.objects.bulk_create(new)


def _lines(typed: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in typed if line.strip()))


def _entries(person: Person, lines: list[str]) -> tuple[dict[_Key, NeverEntry], list[str]]:
    """Return the unsaved entries that lines stand for, and what is wrong with the others."""
    # All codes in one query, whatever the length of the list.
    practices = Organisation.objects.filter(
        kind=Kind.PRACTICE, code__in=[line.upper() for line in lines]
    ).in_bulk(field_name="code")
    entries: dict[_Key, NeverEntry] = {}
    problems = []
    for line in lines:
        entry = _entry(person, line, practices.get(line.upper()))
        if entry is None:
            problems.append(f"{line} is neither an e-mail address nor the code of a practice.")
        else:
            entries[_key(entry)] = entry
    return entries, problems


def _key(entry: NeverEntry) -> _Key:
    return entry.practice_id or entry.email_digest


def _entry(person: Person, line: str, practice: Organisation | None) -> NeverEntry | None:
    if practice is not None:
        return NeverEntry(owner=person, practice=practice)
    try:
        validate_email(line)
    except ValidationError:
        return None
    # Compared by the digest; the seal is for the owner, who must be able to read the list again.
    return NeverEntry(owner=person, email_digest=email_digest(line), sealed_label=seal(line))
