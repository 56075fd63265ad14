"""Home: the latest list's totals, growth, the map, and the latest changes."""

from datetime import timedelta
from functools import cache

import yaml

from ledger287 import declared
from ledger287.charts.series import Event, Series, series_svg
from ledger287.foundation.spans import day_of
from ledger287.record.ledger import MODELS
from ledger287.web import languages
from ledger287.web.asked import Asked
from ledger287.web.edition import Edition
from ledger287.web.page import Kind, Page, once

DAYS_OF_CHANGES = 30
CHANGES_SHOWN = 12


@cache
def events() -> tuple[Event, ...]:
    """The dated events that the growth chart marks."""
    data = yaml.load(declared.text("web/events.yml"), declared.Loader)
    return tuple(Event(entry["day"], entry["says"]) for entry in data)


def growth_charts(edition: Edition, asked: Asked) -> dict[str, str]:
    """The growth chart for wide and for narrow screens, up to the day asked for."""
    until = min(asked.on, asked.known_on or asked.on)
    rows = edition.growth.filter(edition.growth["day"] <= until)
    words = languages.translations(asked.lang)
    names = {code.code: words.gettext(code.name) for code in declared.models()}
    series = Series(tuple(rows["day"].to_list()), {model: rows[model].to_list() for model in MODELS}, names)
    marked = [Event(event.day, words.gettext(event.says)) for event in events()]
    title = words.gettext("Agreements in force by model since January 2021")
    return {
        "wide": series_svg(series, marked, title, 1080, 340),
        "narrow": series_svg(series, marked, title, 350, 260),
    }


def make(edition: Edition, asked: Asked) -> Page:
    """The page of the nation on a day."""
    status = edition.atlas.status(asked.on, known_on=asked.known_on)
    newest = day_of(status.list.published_at) if status.list else asked.on
    since = newest - timedelta(days=DAYS_OF_CHANGES - 1)
    changes = edition.atlas.changes(since, newest, known_on=asked.known_on)
    events_of_it = changes.filter(changes["kind"] != "corrected")
    return Page(
        answer={"status": status, "changes": {"since": since, "until": newest, "items": changes.to_dicts()}},
        list=status.list,
        shown={
            "status": status,
            "charts": growth_charts(edition, asked),
            "changes": events_of_it.reverse().head(CHANGES_SHOWN).to_dicts(),
            "since": since,
            "until": newest,
        },
    )


KINDS = (Kind("home", "/", make, once),)
