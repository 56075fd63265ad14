"""The forms that a visitor sends: a story to check, the times of one hold, a report of an error.

Nothing sent is kept or logged, but reports where the operator takes them.

Bodies are read into memory within bounds (``safety`` stops a body that is too long before it has arrived), never into
a file. Every answer says that nobody may store it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request, Response
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from ledger287.core.query_error import Refused
from ledger287.web.forms import readings, reports
from ledger287.web.forms.stories import MOST_BYTES, MOST_TEXT, Refusal, examine
from ledger287.web.pages import KINDS, about, check
from ledger287.web.pages.law import hold
from ledger287.web.render.addresses import prefix
from ledger287.web.render.page import Page
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.rendering import MEDIA, html
from ledger287.web.render.response import NEVER, respond
from ledger287.web.server.kept.kept_answers import pack
from ledger287.web.server.query import LANGUAGES, Language, read_query, refuse_fields, refuse_unknown
from ledger287.web.server.site import Site
from ledger287.web.server.workers.shares import visitor_of

BY_NAME = {kind.name: kind for kind in KINDS}
TAKES: Mapping[str, Sequence[str]] = {
    "check": ("text", "file", "date", "kept", "claim", "undo", *readings.CHOICES),
    "hold": (*hold.FIELDS, *hold.WHICH, "blank"),
    "about": reports.FIELDS,
}
"""The fields of each form."""
MOST_FIELDS = 60
OWN = "same-origin"
"""Where a browser says that a form of this site came from."""
HIDDEN: dict[str, Any] = {"include_in_schema": False, "methods": ["POST"]}
CALENDAR = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class SentForm:
    """What a form held: its fields, the file where one was chosen, and who sent it."""

    fields: Mapping[str, str]
    name: str = ""
    data: bytes = b""
    visitor: str = ""


class UnreadableForm(Exception):
    """A body that is not a form."""


class InMemoryForm(MultiPartParser):
    """Reads a form with a file, and never puts the file on a disk."""

    spool_max_size = 2 * MOST_BYTES


async def read_form(request: Request, takes: Sequence[str]) -> SentForm:
    """The fields of a form, which are some of ``takes``. Raises UnreadableForm; Refused for any other."""
    refuse_unknown(request.query_params, ())
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request, takes)
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise UnreadableForm
    body = (await request.body()).decode("utf-8", "replace")
    try:
        sent = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise UnreadableForm from None
    refuse_fields((name for name, _ in sent), takes)
    return SentForm(dict(sent))


async def _multipart(request: Request, takes: Sequence[str]) -> SentForm:
    parser = InMemoryForm(
        request.headers, request.stream(), max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES
    )
    try:
        form = await parser.parse()
    except (MultiPartException, FormParserError, ValueError):
        raise UnreadableForm from None
    refuse_fields((key for key, _ in form.multi_items()), takes)
    fields, name, data = {}, "", b""
    for key, value in form.multi_items():
        if isinstance(value, UploadFile):
            name, data = value.filename or "", await value.read()
            await value.close()
        else:
            fields[key] = value
    return SentForm(fields, name, data)


Answer = Callable[[Site, Language, SentForm], Awaitable[tuple[Page, int, Mapping[str, str]]]]


def add(app: FastAPI, site: Site) -> None:
    """Add the URLs that take a form."""
    for lang in LANGUAGES:
        for name, answer in (("check", checked), ("hold", held), ("about", reported)):
            pattern = prefix(lang) + BY_NAME[name].pattern
            app.add_api_route(pattern, _handler(site, lang, name, answer), name=name, **HIDDEN)
        app.add_api_route(f"{prefix(lang)}/hold.ics", _calendar(site, lang), name="hold", **HIDDEN)


def _handler(site: Site, lang: Language, name: str, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        try:
            if name == "about" and request.headers.get("sec-fetch-site", OWN) not in (OWN, "none"):
                raise UnreadableForm  # another site may not use its visitors to fill the operator's folder
            sent = await read_form(request, TAKES[name])
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", str(refused))
        except UnreadableForm:
            return _shown(site, lang, name, request, _unreadable(site, name), 400)
        page, status, headers = await answer(site, lang, replace(sent, visitor=visitor_of(request.client)))
        return _shown(site, lang, name, request, page, status, headers)

    return handler


def _shown(
    site: Site,
    lang: Language,
    name: str,
    request: Request,
    page: Page,
    status: int,
    headers: Mapping[str, str] | None = None,
) -> Response:
    kind = BY_NAME[name]
    text = html(f"{name}.html", kind, page, read_query(lang, {}, site.today()), site.edition, {}, BY_NAME)
    body = pack(text.encode("utf-8", "replace"), MEDIA["html"], status)
    return respond(body, request.headers, cache=NEVER, extra=(headers or {}).items())


def _unreadable(site: Site, name: str) -> Page:
    """The page for a body that is not a form."""
    if name == "about":
        return about.shown(site.edition, reports.Report(why="form"))
    return check.refused("form", "", "") if name == "check" else hold.unreadable()


async def checked(site: Site, lang: Language, sent: SentForm) -> tuple[Page, int, Mapping[str, str]]:
    """A story that was sent, with its answers."""
    del lang
    text, date = sent.fields.get("text", ""), sent.fields.get("date", "").strip()[:40]
    given = text.encode("utf-8", "replace")
    try:
        chosen = readings.kept(sent.fields)
    except readings.NotChosen:
        return check.refused("form", "", date, text[:MOST_TEXT]), 400, {}
    if sent.data:
        found = await examine(site, sent.data, sent.name, date, sent.visitor)
    elif len(given) > MOST_TEXT:
        found = Refusal("long", 413, "")
    else:
        found = await examine(site, given, "your text", date, sent.visitor, chosen)
    if isinstance(found, Refusal):
        more = {"retry-after": str(found.retry_after)} if found.retry_after else {}
        return check.refused(found.why, found.says, date, "" if sent.data else text[:MOST_TEXT]), found.status, more
    return (
        check.answered(found, check.Choosing(readings.carried(chosen), tuple(chosen), readings.opened(sent.fields))),
        200,
        {},
    )


async def held(site: Site, lang: Language, sent: SentForm) -> tuple[Page, int, Mapping[str, str]]:
    """The clock of the hold that was sent."""
    del site
    page, status = hold.answered(lang, sent.fields)
    return page, status, {}


REPORTED = {"": 200, "none": 405, "many": 503, "full": 503, "disk": 500}
"""The status of what became of a report; of any other fault in it, 400."""


async def reported(site: Site, lang: Language, sent: SentForm) -> tuple[Page, int, Mapping[str, str]]:
    """A report of an error, written for the operator."""
    del lang
    found = reports.take(sent.fields)
    again = sent.fields if found.why else {}
    more = {"many": {"retry-after": str(int(reports.HOUR))}, "none": {"allow": "GET, HEAD"}}.get(found.why, {})
    return about.shown(site.edition, found, again), REPORTED.get(found.why, 400), more


def _calendar(site: Site, lang: Language) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        try:
            sent = await read_form(request, TAKES["hold"])
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", str(refused))
        except UnreadableForm:
            return _shown(site, lang, "hold", request, _unreadable(site, "hold"), 400)
        entries = hold.calendar(sent.fields, lang)
        if entries is None:
            page, status = hold.answered(lang, sent.fields)
            return _shown(site, lang, "hold", request, page, max(status, 400))
        body = pack(entries.encode(), CALENDAR)
        return respond(
            body, request.headers, cache=NEVER, extra=(("content-disposition", 'attachment; filename="hold.ics"'),)
        )

    return handler
