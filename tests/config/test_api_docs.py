"""The docs page tells every operation, without a script."""

import pytest
from django.test import Client

from config.api import api
from config.api_docs import groups, kind_of, paragraphs, properties

pytestmark = pytest.mark.django_db


def test_the_page_tells_every_operation_and_error(client: Client) -> None:
    response = client.get("/api/v1/docs")
    text = response.content.decode()
    assert response.status_code == 200
    for methods in api.get_openapi_schema()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in text
    assert "too_many_requests" in text
    assert "cdn" not in text


def test_operations_stand_in_groups_with_their_values() -> None:
    found = {
        words.key: words for group in groups(api.get_openapi_schema()).values() for words in group
    }
    draft = found["save_my_draft"]
    assert (draft.method, draft.status) == ("PUT", "200")
    captions = {table.caption: table for table in draft.tables}
    assert ("week[].minutes", "integer, 1 to 480", "") in captions["Body, application/json"].rows
    assert captions["Parameters"].rows == [("post_id", "uuid", "")]
    assert found["withdraw_my_offer"].status == "204"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "date"}, "date"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer or null"),
        ({"enum": ["a", "b"], "type": "string"}, "one of a, b"),
        ({"type": "array", "items": {"type": "string"}}, "list of string"),
        ({"$ref": "#/components/schemas/Thing"}, "Thing"),
        ({"$ref": "#/components/schemas/Day"}, "one of 0, 1"),
        ({}, "any"),
    ],
)
def test_kinds_are_told_in_a_word_or_two(schema: dict[str, object], words: str) -> None:
    assert kind_of(schema, {"Day": {"enum": [0, 1], "type": "integer"}}) == words


def test_a_list_of_objects_is_told_by_its_items() -> None:
    thing = {"properties": {"name": {"type": "string"}}, "required": ["name"]}
    listed = {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
    assert [value.name for value in properties(listed, {"Thing": thing})] == ["name"]


def test_paragraphs_are_lines_without_marks() -> None:
    assert paragraphs("Send `token`\nwith it.\n\nThen read.") == [
        "Send token with it.",
        "Then read.",
    ]
