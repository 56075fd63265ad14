"""A problem -> the response that tells it: problem details to programs, a page to people."""

import logging
from collections.abc import Mapping

from starlette.responses import PlainTextResponse, Response

from ledger287.web.pages import KINDS, problem_page
from ledger287.web.render.problem.problems import KINDS as PROBLEMS
from ledger287.web.render.problem.problems import problem_response
from ledger287.web.render.rendering import MEDIA, html
from ledger287.web.render.response import NEVER, SAFE
from ledger287.web.server.query import LANGUAGES, Language, read_query
from ledger287.web.server.site import Site

log = logging.getLogger("ledger287.web")

BY_NAME = {kind.name: kind for kind in KINDS}


def for_programs(path: str) -> bool:
    """Whether a URL is one that programs read."""
    return path.startswith("/api/") or path.endswith(".json")


def language_of(path: str) -> Language:
    """The language of a URL."""
    return next((lang for lang in LANGUAGES if path == f"/{lang}" or path.startswith(f"/{lang}/")), "en")


def tell(site: Site, path: str, kind: str, says: str, headers: Mapping[str, str] | None = None) -> Response:
    """The response for a request that is not answered."""
    if for_programs(path):
        return problem_response(kind, says, path, headers=headers)
    status = PROBLEMS[kind].status
    sent_headers = {**SAFE, "cache-control": NEVER, **(headers or {})}
    try:
        shown, page = problem_page(status, says)
        query = read_query(language_of(path), {}, site.today())
        text = html("problem.html", shown, page, query, site.edition, {}, BY_NAME)
    except Exception as error:  # a page that tells of an error must not end in another one
        log.error("the page of a problem cannot be made: %s", type(error).__name__)
        return PlainTextResponse(says, status, sent_headers)
    return Response(text.encode("utf-8", "replace"), status, {**sent_headers, "content-type": MEDIA["html"]})
