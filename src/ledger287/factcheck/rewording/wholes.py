"""That all of what was counted is in one place: "Sixty-three agreements were signed on Aug. 28, all of them in Texas".

What enters: a parsed sentence. What leaves: the closing words, and a sentence of its own with the same number in that
place: where all of so many are there, the place has so many. Promise: only behind one count without a place of its own.
"""

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.making import Piece, taken
from ledger287.factcheck.rewording.members import Named

ALL_IN = when_needed(
    r"(?:,| [—–]) (?P<all>(?:all|each|every one|every last one)(?: of (?:them|those|which|these))?)"
    r"(?: (?:are|were))? in (?P<place>[A-Z]\w*(?: [A-Z]\w*)?)(?=[.]?$)"
)


def all_in_place(parsed: Parsed) -> Named | None:
    """The words that place all of a count, with the count of that place; None where a sentence has no such words."""
    sentence = parsed.sentence
    text, offset = sentence.text, sentence.span.start
    found = ALL_IN.search(text) if " all" in text or " each" in text or " every" in text else None
    if not found or sentence.quoted:
        return None
    placed = [one for one in parsed.tokens if one.kind == "PLACE"]
    amounts = [one for one in parsed.amounts if one.figure.span.start - offset < found.start()]
    counted = [one for one in amounts if one.kind == "counted" and one.noun and one.noun.unit]
    if len(placed) != 1 or placed[0].span.start - offset < found.start() or len(counted) != 1:
        return None
    if len(amounts) != 1:
        return None
    figure = counted[0].figure.span
    where = Span(offset + found.start("all"), offset + found.end("all"))
    head = text[: figure.start - offset]
    pieces = [
        Piece(f"In {found['place']}, ", Span(offset + found.start("place"), offset + found.end("place"))),
        Piece(head[:1].lower() + head[1:] if head[:2] != head[:2].upper() else head, Span(offset, figure.start)),
        Piece(text[figure.start - offset : figure.end - offset], where),
        taken(sentence, figure.end - offset, found.start()),
        Piece(".", Span(where.end - 1, where.end)),
    ]
    return Named(found.start(), found.end(), tuple(one for one in pieces if one.said))
