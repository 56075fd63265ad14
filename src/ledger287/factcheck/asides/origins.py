"""Where the program comes from, behind its name: "the program, created by Congress in 1996"; "which takes its name
from a section of a 1996 law".

What enters: a parsed sentence. What leaves: the stretches that say so. Promise: each follows a word of the program,
opens with declared words, and names no year of the record, model, agency or number.
"""

from collections.abc import Iterator, Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.barring import MOST_WORDS, Aside, end_of
from ledger287.factcheck.asides.closing import low_of
from ledger287.factcheck.asides.closing import words as closing
from ledger287.factcheck.asides.lists import words
from ledger287.factcheck.coverage.stretches.beyond import said_in
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

YEAR = when_needed(r"(?:19|20)\d{2}")
OF_PROGRAM = ("PROGRAM", "TOPIC")
FINITE = ("was", "is", "takes", "take", "dates", "stems", "grew", "began")
"""Right behind the program these make a statement of it."""
BARRED = ("MODEL", "NAME", "PCT", "FRACTION", "MONEY", "TIMESWORD", "RANK", "PENDING", "LEAVE", "PLACE", "HEDGE")


def origins(parsed: Parsed) -> Iterator[Aside]:
    """The stretches of a sentence that say where the program comes from."""
    tokens = parsed.tokens
    for at in range(1, len(tokens) - 2):
        if not (tokens[at - 1].kind in OF_PROGRAM or low_of(tokens[at - 1]) in ("287(g)", "program")):
            continue
        start = at + (tokens[at].text in (",", "—", "–"))
        opened = start + (low_of(tokens[start]) in ("which", "that"))
        said = " ".join(low_of(one) for one in tokens[opened : opened + 6])
        if opened == at and low_of(tokens[at]) in FINITE:
            continue  # the program dates to 1996
        if not any(said.startswith(f"{one} ") for one in words("origins")):
            continue
        end = next((here for here in range(opened, len(tokens)) if tokens[here].kind == "MARK"), end_of(tokens))
        if end - at <= MOST_WORDS and _is_origin(tokens[opened:end]):
            closes = end < end_of(tokens) and tokens[end].text == tokens[at].text and start > at
            yield Aside(at, end + closes)


def _is_origin(body: Sequence[Token]) -> bool:
    """Whether a stretch names no more than a law and its year."""
    years = [year for one in body for year in YEAR.findall(one.text)]
    numbers = [one for one in body if one.kind in ("NUM", "WHEN") and not YEAR.search(one.text)]
    if numbers or set(years) - words("origin_years") or any(one.kind in BARRED for one in body):
        return False
    counted = any(one.kind == "UNIT" and one.value in ("agreements", "agencies", "sheriffs") for one in body)
    return not counted and not said_in(body) & (closing("negations") | closing("denying"))
