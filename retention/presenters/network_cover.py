"""A network's cover as a table."""

from retention.models.session_pattern import PartOfDay, Weekday
from retention.presenters.session_grid import TableWords
from retention.queries.network_cover import NetworkCover


def cover_table(cover: NetworkCover) -> TableWords:
    """Return days by parts of the day: "16 to 23", or a star where it may not be told."""
    return TableWords(
        headers=("Day", *(str(part.label) for part in PartOfDay)),
        rows=tuple(
            (
                str(day.label),
                *(str(cover.half_days[day.value, part]) for part in PartOfDay.values),
            )
            for day in Weekday
        ),
    )
