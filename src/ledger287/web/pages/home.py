"""Home: the latest list's totals, growth, the map, and the latest changes."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from itertools import chain
from typing import Any

from ledger287.charts.series.steps import Event, Series, marked, month_ends, series_svg
from ledger287.core import declared
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.history import grown, lives
from ledger287.web.edition.snapshot import latest, status
from ledger287.web.pages.places.map import holding
from ledger287.web.pages.then import is_before_lists, then_page
from ledger287.web.render import languages
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Query

DAYS_OF_CHANGES = 30
CHANGES_SHOWN = 12


@cache
def events() -> tuple[Event, ...]:
    """The dated events that the growth chart marks."""
    data = declared.declared_yaml("web/events.yml")
    return tuple(Event(entry["day"], entry["says"]) for entry in data)


def national(edition: Edition, query: Query) -> Series | None:
    """Agreements by model on each day with a list, up to the requested day."""
    return grown(edition, query, chain.from_iterable(lives(edition).by_state.values()), names(query))


def names(query: Query) -> dict[str, str]:
    """The models' names in the requested language."""
    words = languages.translations(query.lang)
    return {code.code: words.gettext(code.name) for code in declared.every_model()}


def growth_charts(series: Series | None, query: Query, title: str) -> Mapping[str, Any] | None:
    """A growth chart for wide and for narrow screens, and the events that it marks."""
    if series is None or not any(series.totals):
        return None
    words = languages.translations(query.lang)
    marks = [Event(event.day, words.gettext(event.says)) for event in events()]
    return {
        "wide": series_svg(series, marks, title, 1080, 340),
        "narrow": series_svg(series, marks, title, 350, 260),
        "events": marked(series, marks),
        "months": month_ends(series),
        "counts": [
            (model, name, series.counts[model][-1]) for model, name in series.labels.items() if model in series.counts
        ],
    }


def make(edition: Edition, query: Query) -> Page:
    """The page of the nation on a day."""
    if is_before_lists(edition, query):
        return then_page(edition, query)
    nation = status(edition, query)
    recent = latest(edition, query)
    since = recent.until - timedelta(days=DAYS_OF_CHANGES - 1)
    changes = [row for row in recent.rows if row["day"] >= since]
    words = languages.translations(query.lang)
    title = words.gettext("Agreements in force by model since January 2021")
    return Page(
        answer={"status": nation, "changes": {"since": since, "until": recent.until, "items": changes}},
        list=nation.list,
        shown={
            "status": nation,
            "charts": growth_charts(national(edition, query), query, title),
            "changes": changes[:CHANGES_SHOWN],
            "more": len(changes) > CHANGES_SHOWN,
            "since": since,
            "until": recent.until,
            **holding(edition, query),
        },
    )


KINDS = (PageKind("home", "/", make, once),)
