"""What became of a file: the same account for the command, the page and the API."""

from dataclasses import dataclass, field
from typing import Any, Literal

from retention.imports.results import ReadResult, Rejection

Outcome = Literal["created", "changed", "unchanged"]
UNCHANGED: Outcome = "unchanged"


class Refused(Exception):
    """The file as a whole cannot be stored; the message says why and what to do."""


@dataclass
class FileReport:
    """Counts of input rows: created + changed + unchanged + rejected = rows.

    A published file is stored whole or not at all. So with any row rejected nothing is created or
    changed, and the good rows count as unchanged. A file that cannot be read at all has one row,
    its first line, and that is rejected.
    """

    file: str
    format: str = ""
    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def unreadable(cls, file: str, reason: str) -> "FileReport":
        """Return the report of a file of which nothing could be read."""
        return cls(file=file, rows=1, rejected=[Rejection(1, reason)])

    @classmethod
    def of(cls, file: str, result: ReadResult[Any]) -> "FileReport":
        """Return the report of a file as read, before it is compared with the record."""
        return cls(
            file=file,
            format=result.format,
            rows=result.row_count,
            unchanged=len(result.rows),
            rejected=list(result.rejected),
            warnings=list(result.warnings),
        )

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the file was stored, or would be."""
        return bool(self.rejected)

    def count(self, outcomes: list[Outcome]) -> None:
        """Take over what became of each row."""
        self.created = outcomes.count("created")
        self.changed = outcomes.count("changed")
        self.unchanged = outcomes.count("unchanged")

    def refuse(self, reason: str, line: int = 1) -> None:
        """Refuse the whole file after its rows were read; `line` is the row at fault."""
        self.rejected.append(Rejection(line, reason))
        # It was counted before it was refused, and nothing of it is stored.
        self.created = self.changed = 0
        self.unchanged = self.rows - len(self.rejected)

    def as_json(self) -> dict[str, Any]:
        """Return the report in the shape that `import_data --json` prints."""
        return {
            "file": self.file,
            "format": self.format,
            "rows": self.rows,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": [{"line": item.line, "reason": item.reason} for item in self.rejected],
            "warnings": self.warnings,
        }
