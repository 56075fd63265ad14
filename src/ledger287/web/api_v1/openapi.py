"""The operations -> their description as OpenAPI 3.1, with examples answered from the record that is served.

Long arrays of an example are cut to their first two entries; all else is as it is answered.
"""

from collections.abc import Mapping
from typing import Any

from ledger287.core.jsonable import as_json
from ledger287.core.problem import Refused
from ledger287.web.api_v1.operations import OPERATIONS, Operation
from ledger287.web.api_v1.parameters import Paged, Parameters
from ledger287.web.api_v1.posting import POSTS, Posting
from ledger287.web.api_v1.schemas import Schema, schema_of, shortened
from ledger287.web.edition.edition import Edition
from ledger287.web.render.problem.problems import KINDS, MEDIA, problem

VERSION = "1.0.0"
ABOUT = """\
The record of ICE's 287(g) program as data: which agency holds which agreement, since when, under which model, what
changed and when, and the cell in which each value was printed.

The answers are those of `ledger287 … --json` on the command line and of the Python package. `on` asks for the day a
thing was true, `known_on` for what the lists published by the end of a day showed; days are US Eastern.

Long answers come in pages: `next` of one page is the `cursor` of the next, with the same parameters. If the record is
replaced in the meantime, the old cursor gets a 410; begin again. Answers carry an ETag and Last-Modified. Errors are
problem details (RFC 9457). Any site may read with GET; POST is not open to other sites' scripts.
"""
ERRORS = {
    400: "cannot-be-answered", 404: "not-found", 405: "method", 408: "too-slow", 410: "cursor-of-an-older-record",
    413: "too-large", 414: "address-too-long", 415: "media-type", 422: "parameters", 431: "headers-too-large",
    500: "error", 503: "busy",
}  # fmt: skip
OF_READING = (400, 404, 405, 414, 422, 431, 503)
OF_POSTING = (400, 405, 408, 413, 415, 422, 503)
COMMON = ("on", "known_on", "state", "model", "county", "limit", "cursor")
"""Parameters that many operations share; they come after an operation's own."""
PROBLEM: Schema = {
    "type": "object",
    "title": "Problem",
    "description": "Problem details (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri", "enum": []},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "says": {"type": "string"}},
                "required": ["parameter", "says"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["type", "title", "status", "detail", "instance"],
    "additionalProperties": False,
}


def document(edition: Edition, base_url: str) -> dict[str, Any]:
    """The complete description."""
    schemas: dict[str, Schema] = {"Problem": _problem_schema()}
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths[operation.address] = {"get": _reading(operation, edition, schemas)}
    for posting in POSTS:
        paths[posting.address] = {"post": _posting(posting, edition, schemas)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ledger287",
            "version": VERSION,
            "summary": "The 287(g) program as a record that can be checked",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base_url or "/"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _problem_schema() -> Schema:
    kinds = [problem(name, "", "")["type"] for name in KINDS]
    properties = PROBLEM["properties"]
    return {**PROBLEM, "properties": {**properties, "type": {**properties["type"], "enum": kinds}}}


def _reading(operation: Operation, edition: Edition, schemas: dict[str, Schema]) -> dict[str, Any]:
    content: Schema = {"schema": schema_of(operation.gives, schemas)}
    example = example_answer(edition, operation)
    if example is not None:
        content["example"] = example
    answer = {
        "description": operation.says + ".",
        "headers": _headers(paged=issubclass(operation.takes, Paged)),
        "content": {"application/json": content},
    }
    errors = (*OF_READING, 410) if issubclass(operation.takes, Paged) else OF_READING
    return {
        "operationId": operation.name,
        "summary": operation.says,
        "description": operation.about,
        "parameters": parameters(operation),
        "responses": {
            "200": answer,
            "304": {"description": "The client already has this answer."},
            **_problems(errors, operation.address),
        },
    }


def _posting(posting: Posting, edition: Edition, schemas: dict[str, Schema]) -> dict[str, Any]:
    body = {"schema": plain_schema(posting.takes), "example": posting.example}
    answer = {"schema": posting.schema(schemas), "example": posting.example_answer(edition)}
    return {
        "operationId": posting.name,
        "summary": posting.says,
        "description": posting.about,
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "200": {"description": posting.says + ".", "content": {"application/json": answer}},
            **_problems(OF_POSTING, posting.address),
        },
    }


def example_answer(edition: Edition, operation: Operation) -> Any:
    """The real answer to an operation's example, shortened; None where the record that is served has none."""

    def make() -> Any:
        try:
            return shortened(as_json(operation.make(edition, *example_of(operation))))
        except Refused:
            return None

    return edition.recent.get(("api example", operation.name), make)


def example_of(operation: Operation) -> tuple[Any, ...]:
    """The example's parameters as read, then what its path names."""
    given = dict(operation.example)
    path = [given.pop(name) for name in _in_path(operation)]
    return operation.takes.model_validate(given), *path


def _in_path(operation: Operation) -> list[str]:
    return [part.strip("{}") for part in operation.path.split("/") if part.startswith("{")]


def parameters(operation: Operation) -> list[dict[str, Any]]:
    """The parameters of an operation, as OpenAPI describes them."""
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "minLength": 1},
            "example": operation.example[name],
        }
        for name in _in_path(operation)
    ]
    described = plain_schema(operation.takes)
    for name, schema in sorted(described["properties"].items(), key=_place):
        described_as = {"name": name, "in": "query", "required": name in described.get("required", ())}
        about = schema.pop("description", None)
        described_as |= {"description": about, "schema": schema}
        if name in operation.example:
            described_as["example"] = _typed(operation.example[name], schema)
        found.append(described_as)
    return found


def _place(entry: tuple[str, Any]) -> int:
    return COMMON.index(entry[0]) if entry[0] in COMMON else -1


def plain_schema(model: type[Parameters]) -> Schema:
    """A pydantic model's schema, without titles, and without null where leaving out means the same."""
    schema = model.model_json_schema()
    for entry in schema.get("properties", {}).values():
        entry.pop("title", None)
        choices = [each for each in entry.pop("anyOf", ()) if each != {"type": "null"}]
        for choice in choices[:1]:
            entry.update(choice)
        if entry.get("default", ...) in (None, [], ()):
            entry.pop("default")
    return schema


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("type") == "boolean":
        return text == "true"
    return int(text) if schema.get("type") == "integer" else text


def _headers(paged: bool) -> dict[str, Any]:
    text = {"type": "string"}
    headers = {
        "ETag": {"description": "Changes with the answer's bytes.", "schema": text},
        "Last-Modified": {"description": "When answers last changed.", "schema": text},
    }
    link = {"Link": {"description": 'The next page, as rel="next"; none on the last one.', "schema": text}}
    return headers | link if paged else headers


def _problems(statuses: tuple[int, ...], address: str) -> dict[str, Any]:
    return {
        str(status): {
            "description": KINDS[ERRORS[status]].title + ".",
            "content": {
                MEDIA: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": problem(ERRORS[status], KINDS[ERRORS[status]].title + ".", address),
                }
            },
        }
        for status in sorted(statuses)
    }
