"""The page that describes the API, made from its OpenAPI description; it needs no script."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from accounts.api_errors import ERRORS

METHODS = ("get", "post", "put", "delete")


@dataclass(frozen=True)
class Value:
    """A parameter, or a property of a body."""

    name: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True)
class ValueTable:
    """A table of values, as templates/nhs/table.html takes it."""

    key: str
    caption: str
    rows: list[tuple[str, str, str]]
    headers: tuple[str, ...] = ("Name", "Kind", "Meaning")


@dataclass(frozen=True)
class OperationWords:
    """One operation as the page tells it."""

    key: str
    method: str
    path: str
    summary: str
    description: list[str]
    status: str
    tables: list[ValueTable]


class DocsPage(DocsBase):
    """Renders /api/v1/docs."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Return the page."""
        schema: dict[str, Any] = api.get_openapi_schema()
        rows = [(str(status), code, words) for status, (code, words) in ERRORS.items()]
        context = {
            "about": paragraphs(schema["info"]["description"]),
            "groups": groups(schema),
            "errors": ValueTable("errors", "Errors", rows, ("Status", "Code", "Meaning")),
        }
        return render(request, "api/docs.html", context)


def groups(schema: dict[str, Any]) -> dict[str, list[OperationWords]]:
    """Return the operations of an OpenAPI description by their first tag, in its order."""
    found: defaultdict[str, list[OperationWords]] = defaultdict(list)
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                words = _operation(method, path, operation, schema["components"]["schemas"])
                found[operation["tags"][0]].append(words)
    return dict(found)


def _operation(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> OperationWords:
    key = operation["operationId"]
    # The first is the operation's own; errors are the same for all, and told once for all.
    status, answer = next(iter(operation["responses"].items()))
    tables = [_table(f"{key}-parameters", "Parameters", _parameters(operation, schemas))]
    for kind, body in operation.get("requestBody", {}).get("content", {}).items():
        tables.append(_table(f"{key}-body", f"Body, {kind}", properties(body["schema"], schemas)))
    for body in answer.get("content", {}).values():
        tables.append(_table(f"{key}-answer", "Answer", properties(body["schema"], schemas)))
    return OperationWords(
        key=key,
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=paragraphs(operation.get("description", "")),
        status=str(int(status)),
        tables=[table for table in tables if table.rows],
    )


def _parameters(operation: dict[str, Any], schemas: dict[str, Any]) -> list[Value]:
    return [
        Value(
            name=parameter["name"],
            kind=kind_of(parameter["schema"], schemas),
            required=parameter["required"],
            description=parameter.get("description", ""),
        )
        for parameter in operation["parameters"]
    ]


def _table(key: str, caption: str, values: list[Value]) -> ValueTable:
    rows = [(v.name, v.kind + ("" if v.required else " (optional)"), v.description) for v in values]
    return ValueTable(key, caption, rows)


def paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs, each in one line and without the marks around code."""
    return [" ".join(part.split()).replace("`", "") for part in text.split("\n\n")]


def properties(schema: dict[str, Any], schemas: dict[str, Any]) -> list[Value]:
    """Return the properties of an object; those of the items for a list of objects."""
    items = schema.get("items", schema)
    named = schemas.get(_reference(items), items)
    required = named.get("required", [])
    values = []
    for name, value in named.get("properties", {}).items():
        values.append(
            Value(name, kind_of(value, schemas), name in required, value.get("description", ""))
        )
        inner = schemas.get(_reference(value.get("items", {})))
        if inner:
            within = properties(inner, schemas)
            values += [
                Value(f"{name}[].{v.name}", v.kind, v.required, v.description) for v in within
            ]
    return values


def kind_of(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Return what a value is, in a word or two, with its choices or limits."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(kind_of(choice, schemas) for choice in schema["anyOf"]))
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if reference := _reference(schema):
        # A list of choices is shown in place; any other object by its name.
        named = schemas.get(reference, {})
        return kind_of(named, schemas) if "enum" in named else reference
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}), schemas)}"
    kind = str(schema.get("format") or schema.get("type", "any"))
    if "minimum" in schema and "maximum" in schema:
        return f"{kind}, {schema['minimum']} to {schema['maximum']}"
    return kind


def _reference(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
