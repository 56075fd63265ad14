"""Numbers as a sentence says them, and figures as a note names them, for claims that no list holds."""

import re

from ledger287.core.text import format_date
from ledger287.factcheck.extract.model import Figure, Span
from ledger287.factcheck.parse.numbers import words_value
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.sources.figures.model import PublishedFigure

NUMBER = (
    r"(?P<{name}>(?:\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|half a|"
    r"a(?=[ -](?:million|billion)))"
    r"(?:[ -](?:hundred|thousand|million|billion))?)"
)


def figure_at(parsed: Parsed, place: Span, said: str) -> Figure | None:
    """The number at a place, as it was read with its hedge; else by its words alone."""
    text = said.replace(",", "")
    if text.lower().startswith("half a"):
        half = (words_value(text[len("half ") :]) or 0) / 2
        return Figure(half, half, half, "exact", place, said)
    for amount in parsed.amounts:
        if amount.figure.span.start < place.end and place.start < amount.figure.span.end:
            return amount.figure
    value = float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else words_value(said)
    return None if value is None else Figure(value, value, value, "exact", place, said)


def line_of(one: PublishedFigure) -> str:
    """A figure with who says it and when; of an event, what happened."""
    what = one.amount() or one.says
    return f"{what}, {one.by}, {format_date(one.as_of)}"
