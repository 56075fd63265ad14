"""The API, version 1: the questions of the command line over HTTP, with the same answers as its ``--json``.

Parameters are read by pydantic models, answers are cached as pages are, errors are problem details (RFC 9457), and
``/api/v1/openapi.json`` describes all of it. Any site may read with GET, without credentials. POST takes JSON alone,
which browsers send to another site only where it allows that; it is not allowed, so that no page can use its
visitors to have stories checked here.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from ledger287.core.problem import Refused
from ledger287.core.query_error import by_name, text_of
from ledger287.web.api_v1.openapi import document
from ledger287.web.api_v1.operations import OPERATIONS, ROOT, Operation
from ledger287.web.api_v1.paging import BadCursor, OldCursor
from ledger287.web.api_v1.parameters import Parameters
from ledger287.web.api_v1.posting import POSTS, NotChecked, Posting
from ledger287.web.edition.edition import Edition
from ledger287.web.forms.stories import Refusal
from ledger287.web.render.problem.problems import MEDIA, problem, problem_response
from ledger287.web.render.rendering import as_bytes
from ledger287.web.render.response import FRESH, NEVER, SAFE, alias_of, respond
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import Missing
from ledger287.web.server.site import Site
from ledger287.web.server.workers.shares import visitor_of

READABLE = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "etag, last-modified, link"),
    ("cross-origin-resource-policy", "cross-origin"),
)
JSON = "application/json"


class NotUnderstood(Exception):
    """Parameters that were refused: each with what was expected."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("parameters")
        self.errors = errors

    @property
    def says(self) -> str:
        """All of it in one line."""
        return "; ".join(f"{error['parameter']}: {error['says']}" for error in self.errors)


def add(app: FastAPI, site: Site) -> None:
    """Add every URL of the API."""
    for operation in OPERATIONS:
        _route(app, operation.address, _reader(site, operation), f"api.{operation.name}", ["GET", "HEAD"])
    for posting in POSTS:
        _route(app, posting.address, _poster(site, posting), f"api.{posting.name}", ["POST"])
    _route(app, f"{ROOT}/openapi.json", _described(site), "api.openapi", ["GET", "HEAD"])
    answered = [each.address for each in OPERATIONS] + [each.address for each in POSTS]
    for path in (f"{ROOT}/openapi.json", *answered):
        _route(app, path, _preflight, "api.preflight", ["OPTIONS"])


def _route(app: FastAPI, path: str, handler: Callable[..., Awaitable[Response]], name: str, methods: list[str]) -> None:
    app.add_api_route(path, handler, name=name, methods=methods, include_in_schema=False, response_model=None)


def _reader(site: Site, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def read(request: Request) -> Response:
        where = request.url.path
        try:
            wanted = _read_query(operation.takes, request)
        except NotUnderstood as error:
            return problem_response("parameters", error.says, where, error.errors, dict(READABLE))
        path = {name: str(value) for name, value in request.path_params.items()}
        given = wanted.model_dump_json(exclude_defaults=True)
        key = (f"api.{operation.name}", tuple(path.items()), given)
        link = str(request.url.path)
        body = await site.body(
            key, lambda edition: _answered(edition, operation, wanted, path, link), alias_of(request)
        )
        return respond(body, request.headers, cache=FRESH if body.status == 200 else NEVER)

    return read


def _read_query(model: type[Parameters], request: Request) -> Parameters:
    """The parameters of a query; one that may not be repeated is refused where it is."""
    given: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name == "kind":
            given.setdefault(name, []).append(value)
        elif name in given:
            raise NotUnderstood([{"parameter": name[:50], "says": "Expected it once, found it more often."}])
        else:
            given[name] = value
    return _validated(model, given)


def _validated(model: type[Parameters], given: Any) -> Parameters:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise NotUnderstood([_error_text(each, model) for each in error.errors(include_url=False)]) from None


def _error_text(error: Any, model: type[Parameters]) -> dict[str, str]:
    name = str(error["loc"][0])[:50] if error["loc"] else "body"
    says = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        says = f"No such parameter. Expected: {', '.join(model.model_fields) or 'none'}"
    return {"parameter": name, "says": f"{says[:300].rstrip('.')}."}


def _answered(edition: Edition, operation: Operation, wanted: Parameters, path: dict[str, str], where: str) -> Body:
    try:
        answer = operation.make(edition, wanted, *path.values())
    except Refused as refused:
        kinds = {Missing: "not-found", BadCursor: "cursor", OldCursor: "cursor-of-an-older-record"}
        problem_body = problem(kinds.get(type(refused), "cannot-be-answered"), text_of(refused, by_name), where)
        body = pack(as_bytes(problem_body), MEDIA, problem_body["status"])
        return _with(body, READABLE)
    body = pack(as_bytes(answer), JSON)
    return _with(body, (*READABLE, *_next(answer, wanted, where)))


def _next(answer: Any, wanted: Parameters, where: str) -> tuple[tuple[str, str], ...]:
    """A Link header to the next page, where there is one."""
    from urllib.parse import urlencode

    following = answer.get("next") if isinstance(answer, dict) else None
    if not following:
        return ()
    given = wanted.model_dump(mode="json", exclude_defaults=True, exclude={"cursor"})
    query = urlencode({**given, "cursor": following}, doseq=True)
    return (("link", f'<{where}?{query}>; rel="next"'),)


def _with(body: Body, extra: tuple[tuple[str, str], ...]) -> Body:
    return Body(body.data, body.media_type, body.packed, body.tag, body.status, extra=extra)


def _poster(site: Site, posting: Posting) -> Callable[[Request], Awaitable[Response]]:
    async def post(request: Request) -> Response:
        where = request.url.path
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            return problem_response("media-type", f"Expected a body of the type {JSON}.", where)
        try:
            for name in request.query_params:
                raise NotUnderstood([{"parameter": name[:50], "says": "Expected in the body; the URL takes none."}])
            wanted = _validated(posting.takes, _parsed(await request.body()))
            answer = await posting.answer(site, wanted, visitor_of(request.client))
        except NotUnderstood as error:
            return problem_response("parameters", error.says, where, error.errors)
        except NotChecked as error:
            return _not_checked(error.refusal, where)
        except Refused as refused:
            return problem_response("cannot-be-answered", text_of(refused, by_name), where)
        return Response(as_bytes(answer), 200, {**SAFE, "cache-control": NEVER}, JSON)

    return post


def _not_checked(refusal: Refusal, where: str) -> Response:
    kinds = {413: "too-large", 422: "story", 503: "busy"}
    more = {"retry-after": str(refusal.retry_after)} if refusal.retry_after else {}
    return problem_response(kinds.get(refusal.status, "cannot-be-answered"), refusal.says, where, headers=more)


def _parsed(data: bytes) -> Any:
    try:
        found = json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotUnderstood([{"parameter": "body", "says": "Expected a JSON object."}])
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are each given once; which of two equal ones is meant is not guessed at."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotUnderstood([{"parameter": twice[:50], "says": "Expected it once, found it more often."}])
    return found


def _described(site: Site) -> Callable[[Request], Awaitable[Response]]:
    def make(edition: Edition) -> Body:
        return _with(pack(as_bytes(document(edition, site.base_url)), JSON), READABLE)

    async def described(request: Request) -> Response:
        return respond(await site.body(("api.openapi",), make, alias_of(request)), request.headers)

    return described


async def _preflight(request: Request) -> Response:
    """What a browser asks before it reads for another site: reading is open, writing is not."""
    del request
    allowed = {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "accept, if-none-match, if-modified-since",
        "access-control-max-age": "86400",
    }
    return Response(status_code=204, headers={**SAFE, "cache-control": NEVER, **allowed})
