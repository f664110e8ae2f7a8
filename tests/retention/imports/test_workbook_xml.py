"""XML goes to its handlers in pieces, names without prefixes, and nothing explodes."""

import io

import pytest

from retention.imports.files import UnreadableFileError
from retention.imports.workbook_xml import CHUNK_BYTES, Attributes, parsed


def events(xml: bytes) -> list[str]:
    found: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        found.append(f"<{name}{''.join(f' {key}={value}' for key, value in attributes.items())}>")

    for _ in parsed(
        io.BytesIO(xml).read, start, lambda name: found.append(f"</{name}>"), found.append
    ):
        pass
    return found


def test_elements_texts_and_prefixes() -> None:
    xml = b'<x:a xmlns:x="u"><x:b r="1">text</x:b></x:a>'
    assert events(xml) == ["<a xmlns:x=u>", "<b r=1>", "text", "</b>", "</a>"]


@pytest.mark.parametrize("extra", [-1, 0, 1, CHUNK_BYTES])
def test_a_text_over_the_edge_of_a_chunk_is_whole(extra: int) -> None:
    text = "é" * ((CHUNK_BYTES + extra) // 2)
    found = events(f"<a>{text}</a>".encode())
    assert "".join(found[1:-1]) == text


def test_it_pauses_after_each_chunk() -> None:
    xml = b"<a>" + b" " * CHUNK_BYTES * 3 + b"</a>"
    pauses = list(parsed(io.BytesIO(xml).read, lambda *_: None, lambda _: None))
    # Four chunks, and the end.
    assert len(pauses) == 5


@pytest.mark.parametrize("xml", [b"", b"<a>", b"<a></b>", b"<a>\xff</a>", b"text"])
def test_broken_xml_is_damage(xml: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="damaged"):
        events(xml)


def test_a_document_type_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="document type"):
        events(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
