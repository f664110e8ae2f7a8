"""Keeps who someone must not be paired with. Only the owner ever reads it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.sealing import seal
from hubs.models import NeverEntry
from hubs.never_digest import email_digest
from organisations.models.organisation import Kind, Organisation
from retention.models import Person

LONGEST = 40


def save_never_list(*, person: Person, lines: Iterable[str]) -> None:
    """Replace a person's never list; raises ValidationError naming each line that is neither.

    Part of saving an offer or a request, in its transaction and under its audit row: a row of its
    own would tell that there is a list.
    """
    wanted = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if len(wanted) > LONGEST:
        raise ValidationError({"never": f"Name {LONGEST} people or practices at most."})
    practices = Organisation.objects.filter(
        kind=Kind.PRACTICE, code__in=[line.upper() for line in wanted]
    ).in_bulk(field_name="code")
    entries, problems = {}, []
    for line in wanted:
        entry = _entry(person, line, practices.get(line.upper()))
        if entry is None:
            problems.append(f"{line} is neither an e-mail address nor the code of a practice.")
        else:
            entries[entry.practice_id or entry.email_digest] = entry
    if problems:
        raise ValidationError({"never": problems})
    NeverEntry.objects.filter(owner=person).delete()
    NeverEntry.objects.bulk_create(entries.values())


def _entry(person: Person, line: str, practice: Organisation | None) -> NeverEntry | None:
    if practice is not None:
        return NeverEntry(owner=person, practice=practice)
    try:
        validate_email(line)
    except ValidationError:
        return None
    return NeverEntry(owner=person, email_digest=email_digest(line), sealed_label=seal(line))
