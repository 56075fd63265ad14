"""A page -> its bytes: HTML by a template in the requested language, JSON, or CSV."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

import jinja2
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup
from pydantic_core import to_json

from ledger287 import __version__
from ledger287.core import declared
from ledger287.core.jsonable import as_json
from ledger287.core.time import EASTERN, day_of
from ledger287.law.lawbook.provisions import Parameter
from ledger287.sources.ice_rosters.words import models_then
from ledger287.web.edition.edition import Edition
from ledger287.web.render import languages
from ledger287.web.render.addresses import address, relative
from ledger287.web.render.assets import assets
from ledger287.web.render.day_apart import AskedDay, marked, marked_answer
from ledger287.web.render.end_tags import without_implied_ends
from ledger287.web.render.law.law_words import law_in
from ledger287.web.render.lean import LeanEnvironment
from ledger287.web.render.page import Page, PageKind
from ledger287.web.server.operator import operator
from ledger287.web.server.query import LANGUAGES, Form, Language, Query

MEDIA: dict[Form, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def render(
    kind: PageKind,
    page: Page,
    page_query: Query,
    edition: Edition,
    path: Mapping[str, str],
    form: Form,
    kinds: Mapping[str, PageKind],
    fixed: bool = False,
    marks: bool = False,
) -> bytes:
    """The bytes of a page. ``fixed`` ones are for a static export: no page of another day, no live page is linked,
    implied end tags are left out, and JSON is on one line. With ``marks``, a page of a kind with ``day_apart`` is to be
    completed for a day.
    """
    marks = marks and kind.day_apart
    if form == "json":
        return as_bytes(marked_answer(page.answer, page_query.on) if marks else page.answer, kind.compact or fixed)
    if form == "csv":
        if page.table is None:
            raise ValueError(f"{kind.name} has no table")
        table = page.table() if callable(page.table) else page.table
        return table if isinstance(table, bytes) else table.write_csv().encode()
    name = f"{page.template or kind.name}.html"
    made = html(name, kind, page, page_query, edition, path, kinds, fixed, marks)
    return (without_implied_ends(made) if fixed else made).encode()


def as_bytes(answer: Any, compact: bool = False) -> bytes:
    """An answer as JSON, in UTF-8, with a line's end."""
    if compact:
        return (json.dumps(as_json(answer), ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    return to_json(as_json(answer), indent=1) + b"\n"  # json's own takes seven times as long where it indents


def html(
    template: str,
    kind: PageKind,
    page: Page,
    page_query: Query,
    edition: Edition,
    path: Mapping[str, str],
    kinds: Mapping[str, PageKind],
    fixed: bool = False,
    marks: bool = False,
) -> str:
    """A template filled with a page."""

    page_time = page_query.time

    def href(name: str, form: Form = "html", *, query: Mapping[str, str] | None = None, **places: str) -> str:
        """The URL of a page in this language, on the day that this page was requested for."""
        target = kinds[name]
        given = dict(page_time) if target.timed else {}
        if query:
            given |= {key: str(value) for key, value in query.items() if value}
        return link(address(target.pattern, places, given, lang=page_query.lang, form=form))

    def here(form: Form = "html", *, lang: Language | None = None, **changed: str | None) -> str:
        """This page's own URL, in another form or language or with some parameters changed."""
        given = {name: page_query.given.get(name, "") for name in kind.parameters}
        given |= {name: value or "" for name, value in changed.items()}
        own = address(kind.pattern, path, given, lang=lang or page_query.lang, form=form)
        return link(f"{own}.gz" if fixed and kind.long_data and form != "html" else own)

    def link(whole: str) -> str:
        return relative(whole, address(kind.pattern, path, lang=page_query.lang)) if fixed else whole

    environment = _environment(page_query.lang)
    filters = environment.filters
    said = AskedDay(page_query.on.isoformat(), filters["day"](page_query.on), filters["number"])
    return environment.get_template(template).render(
        kind=kind,
        page=page,
        answer=page.answer,
        list=page.list,
        query=page_query,
        asked_day=marked(page_query.on, page_query.lang) if marks else said,
        edition=edition,
        lang=page_query.lang,
        languages={lang: languages.NAMES[lang] for lang in LANGUAGES},
        kinds=kinds,
        href=href,
        here=here,
        link=link,
        asset=lambda name: link(assets()[name].address),
        fixed=fixed,
        zipped=" (gzip)" if fixed and kind.long_data else "",
        **page.shown,
    )


def _by_name(edition: Edition, gettext: Callable[[str], str], codes: Iterable[str]) -> list[tuple[str, str]]:
    """Code and name of each state of some, in the order of its names in a language; territories last."""
    apart = {code.code for code in declared.territories()}
    named = [(code, gettext(edition.state_names[code])) for code in codes]
    return sorted(named, key=lambda each: (each[0] in apart, languages.unaccented(each[1])))


MODEL = Markup('<abbr class="model m-{}" title="{}">{}</abbr>')
"""A model's code, with its name where it is pointed at."""


def _model_names() -> dict[str, str]:
    then = {one.code: one.name for one in models_then() if one.ended}
    return then | {code.code: code.name for code in declared.every_model()}


MARKED = '<span lang="en">'


def opening(text: str) -> str:
    """A sentence with a capital letter, though it is marked as English."""
    kind = type(text)
    head = MARKED if isinstance(text, Markup) and text.startswith(MARKED) else ""
    rest = str(text)[len(head) :]
    return kind(head + rest[:1].upper() + rest[1:])


def unit_of(one: Parameter) -> str:
    """The unit of a rule's value: of 1 in the singular."""
    first, *rest = one.unit.split()
    return " ".join([first.removesuffix("s"), *rest]) if one.value == 1 else one.unit


@cache
def _environment(lang: Language) -> jinja2.Environment:
    words = languages.translations(lang)
    found = LeanEnvironment(
        words,
        loader=jinja2.PackageLoader("ledger287.web", "templates"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    locale = languages.locale(lang)

    @lru_cache(maxsize=10_000)
    def day(value: date | datetime | None, form: str = "long") -> str:
        """August 14, 2025, or Aug 14, 2025 where ``form`` is medium; a date and time by its Eastern day."""
        if value is None:
            return words.gettext("unknown")
        shown_day = day_of(value) if isinstance(value, datetime) else value
        return languages.date_in(shown_day, lang, form)

    @lru_cache(maxsize=5_000)
    def number(value: float | None, digits: int = 0) -> str:
        """1,783; with ``digits``, always so many behind the point, so that a column is level."""
        form = f"#,##0.{'0' * digits}" if digits else None
        return words.gettext("unknown") if value is None else format_decimal(value, form, locale=locale)

    @lru_cache(maxsize=5_000)
    def percent(value: float, digits: int = 1) -> str:
        return format_percent(value, format="#,##0" + ("." + "0" * digits if digits else "") + "%", locale=locale)

    def hour(value: datetime) -> str:
        """The time of day in US Eastern time, as in 17:00 ET."""
        return f"{value.astimezone(EASTERN):%H:%M} ET"

    def month(value: date, form: str = "long") -> str:
        """August 2025, or Aug where ``form`` is short."""
        if form == "short":
            return languages.short_month(value, lang)
        return languages.month_in(value, lang)

    def law(text: str) -> str:
        """What a rule says; English that is not translated is marked as English."""
        own = law_in(text, lang)
        return Markup('<span lang="en">{}</span>').format(text) if own is None else own

    found.filters |= {"opening": opening, "law": law, "law_text": lambda text: law_in(text, lang) or text}
    found.filters["unit"] = unit_of
    found.filters |= {
        "county": lambda name: languages.county_in(name, lang),
        "the_county": lambda name: languages.county_in(name, lang, article=True),
    }
    found.filters["iso_day"] = lambda text: languages.iso_day_in(text, lang)
    found.filters |= {"day": day, "month": month, "hour": hour, "number": number, "percent": percent}
    found.globals |= {
        "named_states": lambda edition: _by_name(edition, words.gettext, edition.states),
        "all_states": lambda edition: _by_name(
            edition, words.gettext, (code.code for code in (*declared.states(), *declared.territories()))
        ),
        "version": __version__,
        "operator": operator,
        "model_names": (names := _model_names()),
        "model_tag": {code: MODEL.format(code, words.gettext(name), code) for code, name in names.items()},
    }
    return found
