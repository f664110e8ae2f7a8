"""The ways in which programs write one and the same table: for the property tests of readers."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Writing:
    """One way: the order of columns, the case of the header, encoding, line ends, quotes."""

    columns: Sequence[str]
    upper: bool | None
    encoding: str
    line_end: str
    quoting: int

    def of(self, rows: Sequence[Mapping[str, str]]) -> bytes:
        """Write rows this way."""
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, lineterminator=self.line_end, quoting=self.quoting)  # type: ignore[arg-type]  # the csv module's own constants
        writer.writerow([self._cased(name) for name in self.columns])
        writer.writerows([[row[name] for name in self.columns] for row in rows])
        return stream.getvalue().encode(self.encoding)

    def _cased(self, name: str) -> str:
        if self.upper is None:
            return name
        return name.upper() if self.upper else name.lower()


def writings(columns: Sequence[str]) -> st.SearchStrategy[Writing]:
    """Return the ways to write a table of these columns."""
    return st.builds(
        Writing,
        columns=st.permutations(columns),
        upper=st.sampled_from([None, True, False]),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
        line_end=st.sampled_from(["\n", "\r\n", "\r"]),
        quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    )
