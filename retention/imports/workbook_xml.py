"""The XML of a workbook, fed to handlers piece by piece: nothing of it is ever held whole."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from retention.imports.files import UnreadableFileError

# Small, so that a hostile row of one far cell is unfolded a few hundred times at most at once.
CHUNK_BYTES = 16 * 1024
DAMAGED = "The workbook is damaged or only partly downloaded. Download it again."

Attributes = Mapping[str, str]


def parsed(
    read: Callable[[int], bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Feed XML to the handlers, pausing after each chunk; names come without their prefix."""
    parser = expat.ParserCreate()
    # A text comes whole, and not in a piece for each entity in it.
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        while chunk := read(CHUNK_BYTES):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    # An encoding that nobody knows is a LookupError, one that expat cannot use a ValueError.
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnreadableFileError(DAMAGED) from error


def _refuse_document_type(*_: object) -> None:
    raise UnreadableFileError(
        "The workbook holds a document type, which no spreadsheet program writes. "
        "Download it again from the publisher."
    )


def read_attributes(
    archive: zipfile.ZipFile, name: str, start: Callable[[str, Attributes], None]
) -> None:
    """Read a part of which only the elements' attributes matter."""
    with archive.open(name) as stream:
        for _ in parsed(stream.read, start, lambda name: None):
            pass
