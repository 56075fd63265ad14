"""Check: a story is pasted or chosen, and its figures are answered next to its text. Nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger287.factcheck.correcting import UNITS, models
from ledger287.factcheck.text.languages import language_of
from ledger287.factcheck.verdicts.names import VERDICT_NAMES
from ledger287.web.edition.edition import Edition
from ledger287.web.forms.stories import MOST_BYTES, MOST_TEXT, Examined
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Query

MARKS = {
    "supported": "good", "supported_if": "part", "contradicted": "bad", "was_true": "part", "became_true": "part",
    "arithmetic_holds": "good", "arithmetic_fails": "bad", "law": "law", "not_in_record": "none", "cannot_tell": "none",
    "figure_fits": "part", "as_stated": "part",
}  # fmt: skip
"""A verdict's color class; the verdict itself is always next to it in words."""
LIMITS = {"file_bytes": MOST_BYTES, "text_bytes": MOST_TEXT}
EMPTY: Mapping[str, Any] = {"story": None, "trouble": None, "says": "", "date": "", "text": "", "limits": LIMITS}


def make(edition: Edition, query: Query) -> Page:
    """The form, and what may be sent."""
    del edition, query
    return Page({"post": "/api/v1/check", "limits": LIMITS}, shown=EMPTY)


def refused(why: str, says: str, day: str, text: str = "") -> Page:
    """The form again, with what was wrong."""
    return Page({}, shown={**EMPTY, "trouble": why, "says": says, "date": day, "text": text})


@dataclass(frozen=True, slots=True)
class Choosing:
    """The readings that a visitor chose: as one field, by claim, and the claim whose choices are open."""

    carried: str = ""
    chosen: tuple[int, ...] = ()
    opened: int | None = None


def answered(found: Examined, choosing: Choosing = Choosing()) -> Page:
    """The story with its answers."""
    claims = {claim["claim"]: _shown(claim) for claim in found.answer["claims"]}
    marked = {piece["claim"] for block in found.blocks for piece in block["pieces"]}
    own = [claim for claim in claims.values() if claim["same_as"] is None and claim["compared"]]
    counts = {verdict: sum(claim["verdict"] == verdict for claim in own) for verdict in VERDICT_NAMES}
    text = "\n\n".join("".join(piece["text"] for piece in block["pieces"]) for block in found.blocks)
    story = {
        "answer": found.answer,
        "lang": "es" if language_of(text) == "Spanish" else "en",
        "claims": claims,
        "count": len(own),
        "left": sum(not claim["compared"] for claim in claims.values()),
        "counts": {verdict: count for verdict, count in counts.items() if count},
        "blocks": found.blocks,
        "marked": marked,
        "published": _days(found.answer["published"]),
        "record": _days(found.answer["record"]),
        "text": text,
        "day": _day_sent(found.answer["published"]),
        "correctable": set(found.correctable),
        "carried": choosing.carried,
        "chosen": set(choosing.chosen),
        "opened": choosing.opened,
        "units": UNITS,
        "models": models(),
    }
    return Page(found.answer, shown={**EMPTY, "story": story, "marks": MARKS})


def _shown(claim: Mapping[str, Any]) -> dict[str, Any]:
    """A claim for the page: its color class, and days as days."""
    dated = {
        name: [{**one, "day": date.fromisoformat(one["day"]) if one["day"] else None} for one in claim[name]]
        for name in ("evidence", "near")
    }
    return {**claim, **dated, "mark": mark(claim)}


def _day_sent(published: list[str] | None) -> str:
    """The story's day as the form gives it again: a day, a month, or a year."""
    if not published:
        return ""
    first, last = published
    return first if first == last else first[:7] if first[:7] == last[:7] else first[:4]


def _days(texts: list[str] | None) -> tuple[date, ...] | None:
    return tuple(date.fromisoformat(day) for day in texts) if texts else None


def mark(claim: Mapping[str, Any]) -> str:
    """The color class of a claim; a statement of law that differs from the text is marked like a contradiction."""
    return "bad" if claim["law_holds"] is False else MARKS.get(claim["verdict"], "none")


KINDS = (PageKind("check", "/check", make, once, timed=False, live=True),)
