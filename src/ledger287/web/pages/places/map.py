"""The map: its page, its data by the day, and what a page that holds it needs."""

from collections.abc import Mapping
from typing import Any

from ledger287.charts.maps.map_page import map_data
from ledger287.charts.maps.map_words import map_words
from ledger287.charts.series.growth import daily
from ledger287.places.jurisdictions.kinds import KINDS as KINDS_OF_AGENCY
from ledger287.web.edition import snapshot
from ledger287.web.edition.edition import Edition
from ledger287.web.pages.then import is_before_lists, then_page
from ledger287.web.render import languages
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Query


def make(edition: Edition, query: Query) -> Page:
    """The nation's map, up to a day; for a day before the lists, which print counties, the page of that day."""
    if is_before_lists(edition, query):
        return then_page(edition, query)
    status = snapshot.status(edition, query)
    grown = daily(edition.atlas, query.on, query.known_on)
    answer = {
        "on": query.on,
        "known_on": query.known_on,
        "list": status.list,
        **map_data(grown, edition.jurisdictions, daily=True),
    }
    return Page(answer, status.list, None, {"status": status, **holding(edition, query)})


def holding(edition: Edition, query: Query, model: str = "") -> Mapping[str, Any]:
    """What a template that holds the map needs; ``model`` is the one that is shown first."""
    words = languages.translations(query.lang)
    kinds = [kind.replace("_", " ") for kind in KINDS_OF_AGENCY]
    said = map_words(kinds, words.gettext, words.ngettext) | {"county_kinds": languages.county_kinds(query.lang)}
    names = {code: words.gettext(name) for code, name in edition.state_names.items()}
    return {"map_words": {"lang": languages.LOCALES[query.lang][:2], "words": said, "names": names}, "map_model": model}


KINDS = (PageKind("map", "/map", make, once, compact=True),)
