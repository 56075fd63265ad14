"""Atom feeds (RFC 4287) of changes: of the nation, of a state, of an agency, each in every language.

An entry is a change, newest knowledge first; its id is derived from what the change is, so that it is the same in every
edition that has it. Corrections by ICE are not events, and say so. URLs are absolute where the site knows its own
(``--base-url``), else from the root; the Host that a request names is never used, since what is cached for one visitor
is sent to the next.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import polars as pl
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.query_error import text_of
from ledger287.core.time import day_of, end_of_day
from ledger287.ledger.query.history import MODELS
from ledger287.ledger.query.parameters import read_kinds, read_state
from ledger287.web.edition.edition import Edition
from ledger287.web.pages.record.timeline import newest_figures
from ledger287.web.render import languages
from ledger287.web.render.addresses import address, prefix
from ledger287.web.render.problem.problem_response import BY_NAME, tell
from ledger287.web.render.problem.problem_words import on_page
from ledger287.web.render.problem.problems import AUTHORITY
from ledger287.web.render.response import alias_of, respond
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import LANGUAGES, Language, Missing, refuse_repeated
from ledger287.web.server.site import Site

MOST = 100
MEDIA = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
"""Of paged and archived feeds (RFC 5005)."""
KINDS = {
    "nation": "/feeds/changes.atom",
    "state": "/feeds/state/{place}.atom",
    "agency": "/feeds/agency/{place}.atom",
    "county": "/feeds/county/{place}.atom",
    "model": "/feeds/model/{place}.atom",
}
TIMELINE = "/feeds/timeline.atom"
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
READABLE = (("access-control-allow-origin", "*"),)

Gettext = Callable[[str], str]


def add(app: FastAPI, site: Site) -> None:
    """Add every feed."""
    for kind, pattern in KINDS.items():
        for lang in LANGUAGES:
            path, handler = prefix(lang) + pattern, _handler(site, kind, lang)
            app.add_api_route(path, handler, name=f"feed.{kind}", methods=["GET", "HEAD"], include_in_schema=False)
    for lang in LANGUAGES:
        path, handler = prefix(lang) + TIMELINE, _handler(site, "timeline", lang)
        app.add_api_route(path, handler, name="feed.timeline", methods=["GET", "HEAD"], include_in_schema=False)


def _handler(site: Site, kind: str, lang: Language) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        place = str(request.path_params.get("place", ""))
        try:
            kinds, archive = _parameters_of(request, () if kind == "timeline" else ("kind", "archive"))
            key = (f"feed.{kind}", lang, place, kinds, archive)
            body = await site.body(
                key,
                lambda edition: feed_body(edition, kind, lang, place, site.base_url, kinds, archive),
                alias_of(request),
            )
        except Missing as missing:
            return tell(site, request.url.path, "not-found", str(missing))
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", text_of(refused, on_page))
        return respond(body, request.headers)

    return handler


def _parameters_of(request: Request, takes: tuple[str, ...]) -> tuple[tuple[str, ...], int | None]:
    """The kinds of change that a feed is narrowed to, and the archive. Raises Refused for all that it does not take."""
    for name in request.query_params:
        if name not in takes:
            expected = "a feed takes kind, as in ?kind=signed&kind=delisted, and archive" if takes else "it takes none"
            raise Refused(f"no parameter {name[:50]!r}; {expected}.")
    refuse_repeated(request.query_params, ("kind",))
    archive = request.query_params.get("archive")
    if archive is not None and not re.fullmatch(r"[1-9][0-9]{0,5}", archive):
        raise Refused(f"archive: expected a number from 1, found {archive[:50]!r}.")
    kinds = read_kinds(request.query_params.getlist("kind"))
    for kind in kinds:
        if (times := kinds.count(kind)) > 1:
            raise Refused(f"expected the parameter {f'kind={kind}'!r} once, found it {times} times.")
    return tuple(sorted(kinds)), int(archive) if archive else None


def feed_body(
    edition: Edition,
    kind: str,
    lang: Language,
    place: str,
    base_url: str,
    kinds: tuple[str, ...] = (),
    archive: int | None = None,
) -> Body:
    """A feed, of some kinds of change where they are named. Raises Missing where no such place or agency is."""
    if kind == "timeline":
        content = timeline_feed(lang, base_url)
    else:
        content = feed(edition, kind, lang, place, base_url, kinds, archive)
    found = pack(content, MEDIA)
    return Body(found.data, found.media_type, found.packed, found.tag, extra=READABLE)


def feed(
    edition: Edition,
    kind: str,
    lang: Language,
    place: str,
    base_url: str = "",
    kinds: tuple[str, ...] = (),
    archive: int | None = None,
    archived: bool = True,
) -> bytes:
    """A feed as XML: its newest changes, or one archive. Without ``archived`` it leads to no archives."""
    gettext = languages.translations(lang).gettext
    every, about, page = of_place(edition, kind, place, lang, kinds)
    archives = every.height // MOST if every.height > MOST and archived else 0
    if archive is not None and archive > archives:
        raise Missing(f"This feed has {archives} archives; there is no {archive}.")
    rows = _part(every, archive).to_dicts()
    if kinds:
        about += f" ({', '.join(_kinds(gettext)[one] for one in kinds)})"
    title = gettext("Changes of the 287(g) program")
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xmlns:fh": HISTORY, "xml:lang": lang})
    its = next(iter(page[1].values()), "")
    own = address(KINDS[kind], {"place": its} if its else {}, lang=lang)
    named = [("kind", one) for one in kinds]
    path = _with_query(own, named)
    _put(root, "id", f"{AUTHORITY}feed{path}")
    _put(root, "title", f"{title}: {about}")
    about_lists = gettext("By the lists that ICE published. Corrections by ICE are not events and say so.")
    edge = gettext("Cannot tell after {day}: the newest list is of that day.").format(day=_day(edition.newest, lang))
    _put(root, "subtitle", f"{about_lists} {edge}")
    newest = rows[0]["known_from"] if rows else edition.changed_at
    _put(root, "updated", _instant(newest))
    for rel, number in _around(archive, archives):
        to = _with_query(own, [*named, ("archive", str(number))] if number else named)
        _link(root, rel, base_url + to, MEDIA.partition(";")[0])
    if archive:
        ElementTree.SubElement(root, "fh:archive")
    _link(root, "alternate", base_url + page_address(page, lang), "text/html")
    _put(ElementTree.SubElement(root, "author"), "name", "ledger287")
    _put(root, "rights", gettext("Public domain: facts stated in works of the US government."))
    for row in rows:
        _entry(root, row, lang, gettext, base_url)
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()


def _part(every: pl.DataFrame, archive: int | None) -> pl.DataFrame:
    """The newest changes, or those of an archive. Archives count from the oldest, so that a full one never changes."""
    if archive is None:
        return every.head(MOST)
    return every.slice(every.height - archive * MOST, MOST)


def _around(archive: int | None, archives: int) -> list[tuple[str, int | None]]:
    """The links of a feed to itself and its archives (RFC 5005): each relation, with an archive's number or none."""
    found: list[tuple[str, int | None]] = [("self", archive)]
    if archive is None:
        return [*found, ("prev-archive", archives)] if archives else found
    found.append(("current", None))
    if archive > 1:
        found.append(("prev-archive", archive - 1))
    return [*found, ("next-archive", archive + 1)] if archive < archives else found


def _with_query(path: str, named: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(named)}" if named else path


def timeline_feed(lang: Language, base_url: str = "") -> bytes:
    """The dated figures and events as XML, the one that became known last first; the name of a source is its own."""
    gettext = languages.translations(lang).gettext
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    path = address(TIMELINE, {}, lang=lang)
    rows = newest_figures(lang)
    _put(root, "id", f"{AUTHORITY}feed{path}")
    _put(root, "title", gettext("Timeline of the 287(g) program"))
    _put(root, "updated", _instant(end_of_day(rows[0]["known_on"])))
    _link(root, "self", base_url + path, MEDIA.partition(";")[0])
    _link(root, "alternate", base_url + page_address(("timeline", {}), lang), "text/html")
    _put(ElementTree.SubElement(root, "author"), "name", "ledger287")
    for row in rows:
        entry = ElementTree.SubElement(root, "entry")
        _put(entry, "id", f"{AUTHORITY}figure/{row['id']}{prefix(lang)}")
        _put(entry, "title", row["title"])
        _put(entry, "updated", _instant(end_of_day(row["known_on"])))
        _link(entry, "alternate", base_url + page_address(("timeline", {}), lang), "text/html")
        ElementTree.SubElement(entry, "category", {"term": row["kind"]})
        _put(entry, "content", row["says"], {"type": "text"})
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()


def of_place(
    edition: Edition, kind: str, place: str, lang: Language, kinds: tuple[str, ...] = ()
) -> tuple[pl.DataFrame, str, tuple[str, dict[str, str]]]:
    """The changes of a feed, newest first, what it is about, and the page that it belongs to."""
    gettext = languages.translations(lang).gettext
    known = _newest_known(edition)
    known = known.filter(pl.col("kind").is_in(kinds)) if kinds else known
    if kind == "nation":
        return known, gettext("United States"), ("changes", {})
    if kind == "state":
        try:
            code = read_state(place) or ""
        except Refused as refused:
            raise Missing(*refused.parts) from None
        mine = known.filter(pl.col("state") == code)
        return mine, gettext(edition.state_names[code]), ("state", {"state": code})
    if kind == "model":
        code = place.upper()
        if code not in MODELS:
            raise Missing(f"No model {place!r}. Expected one of: {', '.join(MODELS)}.")
        mine = known.filter(pl.col("model") == code)
        return mine, _model_name(code, gettext), ("model", {"model": code})
    if kind == "county":
        return _of_county(edition, known, place, lang)
    row = edition.indexes.agencies.get(place) or edition.then.get(place)
    if row is None:
        raise Missing(f"No agency has the id {place!r}.")
    mine = known.filter(pl.col("agency_id") == place)
    return mine, f"{row['name']}, {row['state']}", ("agency", {"id": place})


def _model_name(code: str, gettext: Gettext) -> str:
    return gettext(next(one.name for one in declared.every_model() if one.code == code))


def _of_county(
    edition: Edition, known: pl.DataFrame, place: str, lang: Language
) -> tuple[pl.DataFrame, str, tuple[str, dict[str, str]]]:
    """The changes of a county's local agencies, by its code."""
    if place not in edition.atlas.geography.every_county:
        raise Missing(f"No county has the code {place!r}; expected five digits, as 12021 for Collier County, Florida.")
    spot, agencies = edition.atlas.local_agencies(place)
    mine = known.filter(pl.col("agency_id").is_in(agencies))
    return mine, f"{languages.county_in(spot.name, lang)}, {spot.state}", ("county", {"fips": place})


def _newest_known(edition: Edition) -> pl.DataFrame:
    """Every change that was not withdrawn, the one that became known last first."""

    def make() -> pl.DataFrame:
        found = edition.atlas.changes(date.min, edition.today())
        order = ["known_from", "day", "state", "agency", "model", "kind", "field"]
        return found.sort(order, descending=[True, True, False, False, False, False, False], nulls_last=True)

    kept: pl.DataFrame = edition.recent.get(("feeds", edition.today()), make)
    return kept


def _entry(root: ElementTree.Element, row: Mapping[str, Any], lang: Language, gettext: Gettext, base_url: str) -> None:
    entry = ElementTree.SubElement(root, "entry")
    what = _kinds(gettext)[row["kind"]]
    _put(entry, "id", entry_id(row, lang))
    _put(entry, "title", title_of(row, gettext))
    _put(entry, "updated", _instant(row["known_from"]))
    _put(entry, "published", _instant(row["known_from"]))
    page = ("agency", {"id": row["agency_id"]}) if "agency" in BY_NAME else ("state", {"state": row["state"]})
    _link(entry, "alternate", base_url + page_address(page, lang), "text/html")
    ElementTree.SubElement(entry, "category", {"term": row["kind"], "label": what})
    _put(entry, "content", sentence(row, lang, gettext), {"type": "text"})


def title_of(row: Mapping[str, Any], gettext: Gettext) -> str:
    """A change in a line."""
    who = f"{row['agency']}, {row['state']}"
    if row["kind"] == "corrected":
        word = gettext("Correction")
        return f"{word}: {who}"
    return f"{who}: {_kinds(gettext)[row['kind']]} ({row['model']})"


def sentence(row: Mapping[str, Any], lang: Language, gettext: Gettext) -> str:
    """What happened, in words: model, what, when, and the list by which it was known."""
    what = _kinds(gettext)[row["kind"]]
    models = {code.code: gettext(code.name) for code in declared.every_model()}
    model = models.get(row["model"], row["model"])
    says = f"{model}: {what}, {_day(row['day'], lang)}." if model else f"{what}, {_day(row['day'], lang)}."
    if row["field"] and (row["before"] or row["after"]):
        before, after = ((row[name] or "").strip() or gettext("empty") for name in ("before", "after"))
        if row["field"] == "signed":
            before, after = (languages.iso_day_in(value, lang) for value in (before, after))
        field = _fields(gettext).get(row["field"], row["field"])
        says += f" {field}: {before} → {after}."
    known = gettext("Known from ICE’s list")
    return f"{says} {known} {row['first_list']}, {_day(day_of(row['known_from']), lang)}."


def _fields(gettext: Gettext) -> dict[str, str]:
    """The cells of a row in words."""
    return {
        "state": gettext("State"),
        "agency": gettext("Agency"),
        "type": gettext("Type"),
        "county": gettext("County"),
        "model": gettext("Model"),
        "signed": gettext("Signed"),
        "moa": gettext("Document"),
        "addendum": gettext("Addendum"),
    }


def _kinds(gettext: Gettext) -> dict[str, str]:
    """The kinds of change in words."""
    return {
        "signed": gettext("signed"),
        "listed": gettext("listed for the first time"),
        "renewed": gettext("renewed"),
        "perhaps_renewed": gettext("perhaps renewed"),
        "switched": gettext("switched to another model"),
        "relisted": gettext("listed again"),
        "delisted": gettext("delisted"),
        "addendum": gettext("given an addendum"),
        "pended": gettext("new on the pending list"),
        "pending_dropped": gettext("gone from the pending list without a signing"),
        "corrected": gettext("corrected by ICE"),
    }


def entry_id(row: Mapping[str, Any], lang: Language) -> str:
    """A tag URI (RFC 4151) derived from what a change is; it does not depend on when or where it is served."""
    names = ("kind", "day", "agency_id", "model", "agreement_id", "other_id", "field", "before", "after", "first_list")
    contents = "\x1f".join(str(row[name]) for name in names)
    return f"{AUTHORITY}change/{sha256(contents.encode()).hexdigest()[:20]}{prefix(lang)}"


def page_address(page: tuple[str, dict[str, str]], lang: Language) -> str:
    """The path of a page in a language."""
    name, places = page
    return address(BY_NAME[name].pattern, places, lang=lang) if name in BY_NAME else address("/", {}, lang=lang)


def _day(day: Any, lang: Language) -> str:
    return languages.date_in(day, lang)


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _put(parent: ElementTree.Element, name: str, text: str, more: Mapping[str, str] | None = None) -> None:
    ElementTree.SubElement(parent, name, dict(more or {})).text = NOT_XML.sub("", text)


def _link(parent: ElementTree.Element, rel: str, href: str, media: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": media, "href": href})
