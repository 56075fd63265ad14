"""The timeline: what happened since 1996, by day, with sources; and the program's size since 2002 as far as known."""

import itertools
from datetime import date
from typing import Any

import polars as pl

from ledger287.analysis.timeline import TimelineEntry, every_kind, timeline
from ledger287.charts.series.since_2002 import ListedStretch, PublishedPoint, since_2002_svg
from ledger287.ledger.query.before.past import Past
from ledger287.sources.figures.model import PublishedFigure
from ledger287.sources.figures.reading import figures
from ledger287.sources.ice_rosters.words import ended_model
from ledger287.web.edition.edition import Edition
from ledger287.web.render import languages
from ledger287.web.render.languages import N_
from ledger287.web.render.law.law_words import law_in
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Language, Query

FAR = 400
"""Days without a page or list from which a stretch of them ends."""
COUNTED = "287(g) agreements in force"


def make(edition: Edition, query: Query) -> Page:
    """The timeline of the nation, of a state or of an agency; of one kind, if given."""
    state, agency, kind = query.get("state"), query.get("agency"), query.get("kind")
    since, until = query.day("since"), query.day("until")
    wanted = [kind] if kind else ()
    found = timeline(edition.atlas, state=state, agency=agency, kinds_wanted=wanted, since=since, until=until)
    years: dict[int, list[TimelineEntry]] = {}
    for entry in found.entries:
        years.setdefault(entry.day.year, []).append(entry)
    chart = None if state or agency or kind or since or until else size_since_2002(edition, query)
    return Page(
        {"timeline": found},
        table=lambda: _table(found.entries),
        shown={
            "found": found,
            "years": years,
            "every_kind": every_kind(),
            "chart": chart,
            "chosen": {"state": found.state, "agency": agency, "kind": kind, "since": since, "until": until},
        },
    )


def _table(entries: tuple[TimelineEntry, ...]) -> pl.DataFrame:
    columns = ("day", "since", "kind", "what", "amount", "says", "by", "source", "grade", "locator", "url", "state")
    rows = [{name: getattr(entry, name) for name in columns} for entry in entries]
    return pl.DataFrame(rows, infer_schema_length=None)


PUBLISHED = N_("ICE’s pages and lists, and counts that others published")


def size_since_2002(edition: Edition, query: Query) -> dict[str, Any] | None:
    """The program's size since 2002, for wide and narrow screens; None for a record that is not joined to its past."""
    past = edition.atlas.past
    if past is None:
        return None
    pages = [(one.as_of, past.rows_on(one).height) for one in past.rosters]
    growth = edition.atlas.growth()
    models = [name for name in growth.columns if name not in ("day", "list")]
    lists = [(row["day"], sum(row[name] for name in models)) for row in growth.iter_rows(named=True)]
    stretches = [*_stretches("pages", pages), *_stretches("lists", lists)]
    end, of_models = lists[-1][0], _of_models(past, growth)
    points = [
        PublishedPoint(one.as_of, int(one.value), _said(one, query.lang))
        for one in figures()
        if one.subject == COUNTED and one.value is not None and one.as_of <= end
    ]
    gettext = languages.translations(query.lang).gettext
    title, gap = gettext("Agreements in force since 2002, as far as it is known"), gettext("no page, no list")
    return {
        "wide": since_2002_svg(stretches, points, gap, title, 1080, 340, of_models),
        "narrow": since_2002_svg(stretches, points, gap, title, 350, 260, of_models),
        "title": title,
        "source": PUBLISHED,
        "key": ("JEM", "WSO", "TFM", "HYB"),
        "counts": [("", gettext(N_("Agreements")), lists[-1][1])],
        "months": list({day.replace(day=1): (day, (count,)) for day, count in sorted([*pages, *lists])}.values()),
        "values": lambda: _values([*stretches, *of_models], points),
    }


def _values(stretches: list[ListedStretch], points: list[PublishedPoint]) -> pl.DataFrame:
    """What the drawing shows, a row a count: from pages, from lists, of a model, or published by others."""
    rows = [(day, one.kind, count, "") for one in stretches for day, count in one.counts]
    rows += [(one.day, "published", one.value, one.says) for one in points]
    return pl.DataFrame(rows, ["day", "of", "agreements", "says"], orient="row", infer_schema_length=None)


def _of_models(past: Past, growth: pl.DataFrame) -> list[ListedStretch]:
    """The models of the time, each for as long as pages or lists have it; a page without models has none."""
    counts: list[tuple[date, dict[str, int]]] = [
        (one.as_of, dict(past.rows_on(one).drop_nulls("model").group_by("model").len().iter_rows()))
        for one in past.rosters
    ]
    names = [name for name in growth.columns if name not in ("day", "list")]
    counts += [(row["day"], {name: row[name] for name in names}) for row in growth.iter_rows(named=True)]
    found = []
    for model in dict.fromkeys(name for _, each in counts for name in sorted(each)):
        run: list[tuple[date, int]] = []
        for (_, before), (day, each) in itertools.pairwise([(date.min, {}), *counts]):
            if each.get(model):
                run.append((day, each[model]))
            elif before.get(model):
                run.append((day, 0 if each and not ended_model(model) else before[model]))  # to the page without it
        found += _stretches(model, run)
    return found


def _said(one: PublishedFigure, lang: Language) -> str:
    """A published count with its day, who says so, and where."""
    if lang == "en":
        return f"{one.said()} ({one.by}; {one.source})"
    amount, by, source = (law_in(text, lang) or text for text in (one.amount(), one.by, one.source))
    return f"{amount}, {languages.date_in(one.as_of, lang)} ({by}; {source})"


def _stretches(kind: str, counts: list[tuple[date, int]]) -> list[ListedStretch]:
    """Counts in stretches without a gap."""
    found: list[list[tuple[date, int]]] = []
    for day, count in counts:
        if found and (day - found[-1][-1][0]).days <= FAR:
            found[-1].append((day, count))
        else:
            found.append([(day, count)])
    return [ListedStretch(kind, tuple(each)) for each in found]


def newest_figures(lang: Language = "en") -> list[dict[str, Any]]:
    """The figures and events, the one known last first, as a feed needs them."""

    def said(text: str) -> str:
        return (law_in(text, lang) or text) if text else ""

    ordered = sorted(figures(), key=lambda one: (one.known_on, one.as_of, one.id), reverse=True)
    return [
        {
            "id": one.id,
            "title": f"{said(one.subject)}: {said(one.amount()) or languages.date_in(one.as_of, lang)}",
            "says": f"{said(one.says)}. {said(one.by)}, {languages.date_in(one.as_of, lang)}; {said(one.source)} "
            f"({said(one.grade)}).",
            "known_on": one.known_on,
            "kind": one.kind,
        }
        for one in ordered
    ]


KINDS = (
    PageKind(
        "timeline",
        "/timeline",
        make,
        once,
        takes=("state", "agency", "kind", "since", "until"),
        table=True,
        timed=False,
    ),
)
