"""What went wrong, for programs: problem details (RFC 9457) as JSON.

A problem gives its kind as a URI that never changes, and what to request instead. It repeats no more of a request than
the path, and the value that was not understood.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from ledger287.web.render.languages import N_
from ledger287.web.render.response import NEVER, SAFE

AUTHORITY = "tag:ledger287.invalid,2026:"
"""What our tag URIs (RFC 4151) begin with; the name is reserved, so that nobody else can own it."""
MEDIA = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: its status and its title in words."""

    name: str
    status: int
    title: str


KINDS = {
    kind.name: kind
    for kind in (
        ProblemKind("cannot-be-answered", 400, N_("The question cannot be answered as given")),
        ProblemKind("cursor", 400, N_("The cursor belongs to another question")),
        ProblemKind("host", 400, N_("The site is not served under this name")),
        ProblemKind("upgrade", 400, N_("The site does not speak this protocol")),
        ProblemKind("not-found", 404, N_("There is nothing at this URL")),
        ProblemKind("method", 405, N_("The URL does not take this method")),
        ProblemKind("too-slow", 408, N_("The request took too long to arrive")),
        ProblemKind("cursor-of-an-older-record", 410, N_("The record was replaced since the first page was read")),
        ProblemKind("too-large", 413, N_("The request is too large")),
        ProblemKind("address-too-long", 414, N_("The URL is too long")),
        ProblemKind("media-type", 415, N_("The request is not in a form that this URL reads")),
        ProblemKind("parameters", 422, N_("A parameter was not understood")),
        ProblemKind("story", 422, N_("The story cannot be checked")),
        ProblemKind("headers-too-large", 431, N_("The request's headers are too large")),
        ProblemKind("error", 500, N_("An error of this program; it was noted, without what you sent")),
        ProblemKind("busy", 503, N_("Too many requests at once")),
    )
}


def problem(kind: str, detail: str, instance: str, errors: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Problem details as a dictionary."""
    known = KINDS[kind]
    content: dict[str, Any] = {
        "type": f"{AUTHORITY}problem/{known.name}",
        "title": known.title,
        "status": known.status,
        "detail": detail,
        "instance": instance[:500],
    }
    return content | {"errors": list(errors)} if errors else content


def problem_response(
    kind: str,
    detail: str,
    instance: str,
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Problem details as a response, which nobody keeps."""
    content = problem(kind, detail, instance, errors)
    data = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    return Response(data, content["status"], {**SAFE, "cache-control": NEVER, **(headers or {})}, MEDIA)


def kind_of(status: int) -> str:
    """The kind of problem that a bare status stands for."""
    for kind in KINDS.values():
        if kind.status == status:
            return kind.name
    return "error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "cannot-be-answered"
