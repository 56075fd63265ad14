"""The page of the API, for people: its URLs, parameters and errors, each with a real example."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from ledger287.web.api_v1.openapi import example_answer, parameters, plain_schema
from ledger287.web.api_v1.operations import OPERATIONS, ROOT, Operation
from ledger287.web.api_v1.posting import POSTS, Posting
from ledger287.web.edition.edition import Edition
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.render.problem.problems import KINDS as PROBLEMS
from ledger287.web.server.query import Query

LINES = 48
"""Lines of an example that are shown."""


def make(edition: Edition, query: Query) -> Page:
    """The page."""
    del query
    reading = [_reading(edition, operation) for operation in OPERATIONS]
    posting = [_posting(edition, each) for each in POSTS]
    named = [{key: each[key] for key in ("name", "method", "address", "says")} for each in (*reading, *posting)]
    return Page(
        {"openapi": f"{ROOT}/openapi.json", "operations": named},
        shown={"operations": [*reading, *posting], "problems": PROBLEMS.values(), "root": ROOT},
    )


def _reading(edition: Edition, operation: Operation) -> dict[str, Any]:
    path = {name: value for name, value in operation.example.items() if f"{{{name}}}" in operation.path}
    query = {name: value for name, value in operation.example.items() if name not in path}
    href = operation.address.format(**path) + (f"?{urlencode(query)}" if query else "")
    return {
        "name": operation.name,
        "method": "GET",
        "address": operation.address,
        "says": operation.says,
        "about": operation.about,
        "parameters": parameters(operation),
        "href": href,
        "body": None,
        "answer": _excerpt(example_answer(edition, operation)),
    }


def _posting(edition: Edition, posting: Posting) -> dict[str, Any]:
    schema = plain_schema(posting.takes)
    required = schema.get("required", ())
    taken = [
        {"name": name, "in": "body", "required": name in required, "description": each.get("description")}
        for name, each in schema["properties"].items()
    ]
    return {
        "name": posting.name,
        "method": "POST",
        "address": posting.address,
        "says": posting.says,
        "about": posting.about,
        "parameters": taken,
        "href": None,
        "body": _excerpt(posting.example),
        "answer": _excerpt(posting.example_answer(edition)),
    }


def _excerpt(answer: Mapping[str, Any] | None) -> str | None:
    if answer is None:
        return None
    lines = json.dumps(answer, ensure_ascii=False, indent=1).split("\n")
    return "\n".join(lines if len(lines) <= LINES else [*lines[:LINES], "…"])


KINDS = (PageKind("api", "/api", make, once, timed=False, live=True, daily=True),)
