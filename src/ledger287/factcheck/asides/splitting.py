"""One sentence with two statements -> two, each read and judged on its own words.

What enters: a parsed sentence. What leaves: its clauses as sentences of their own, which keep their places in the text.
Promise: a sentence is parted only at a mark with a declared word behind it (declared/factcheck/clauses.yml), where the
clause that follows has its own subject and verb, has no figure, place, model or list of its own, and no word that can
point back at what was counted or take it back; or where it speaks of a part of what was counted (most of them).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ledger287.core import declared
from ledger287.factcheck.asides.closing import has_actor, is_another_statement, speaks_of_another, trails_a_deed
from ledger287.factcheck.coverage.account import Account, Part
from ledger287.factcheck.coverage.lists import neutral, spanish
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed, parse
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer

ROLE = "another clause: read on its own"
"""What the words of a clause are in the account of a claim of another one."""
MARKS = (",", "—", "–", ";")
UNMARKED = ("and", "as", "because", "though", "although")
"""Words at which a sentence may be parted without a mark before them."""
FIGURED = ("NUM", "MONEY", "FRACTION", "TIMESWORD", "PCT", "POINTS", "RANK", "PENDING", "MODEL", "LEAVE", "EVERY",
           "PER", "NAME", "PLACE", "SAMEPLACE", "OUTSIDE", "NATION", "FROM", "RANGE", "HEDGE", "RISE",
           "FALL")  # fmt: skip
"""Kinds of token that a clause without a figure does not have."""
IT_WANTS = r"\bsa(?:id|ys) (?:that )?it (?:wants|hopes|expects|would like|welcomes|needs) "
"""Behind its name: ICE speaks of itself, not of what was counted."""
JOINING = ("sheriffs", "police", "police_and_sheriffs")
"""Who is wanted: a wish that speaks of them or of signing is none about the figure."""
OF_AGREEMENTS = ("SIGN", "LEAVE", "PROGRAM", "TOPIC")
"""Kinds of token by which a clause behind a named agency may speak of its agreement: and the mayor has left it."""
COUNTED = ("agreements", "partnerships", "agencies", "applications")
"""Units that a clause does not name in the plural: they may be those that were counted."""


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = declared.declared_yaml("factcheck/clauses.yml")
    lists = {name: frozenset(str(word) for word in words) for name, words in data.items()}
    return {**lists, "pointing": lists["pointing"] | (lists["denying"] - {"waiting", "story"}) | spanish()}


@dataclass(frozen=True, slots=True)
class Split:
    """A clause that was read on its own: the sentence that it is of, and the other clauses of it."""

    whole: Parsed
    others: tuple[Span, ...]


def into_clauses(parsed: Sequence[Parsed]) -> tuple[list[Parsed], dict[Span, Split]]:
    """Sentences with their independent clauses as sentences of their own, and by the clause's span where it is from."""
    found: list[Parsed] = []
    splits: dict[Span, Split] = {}
    for one in parsed:
        pieces = _pieces(one)
        found += pieces
        if len(pieces) > 1:
            spans = [piece.sentence.span for piece in pieces]
            splits |= {span: Split(one, tuple(other for other in spans if other != span)) for span in spans}
    return found, splits


def rejoined(answer: Answer, splits: dict[Span, Split]) -> Answer:
    """An answer on a clause as one on its sentence, with the other clauses in its account."""
    split = splits.get(answer.claim.sentence)
    if split is None:
        return answer
    text, offset = split.whole.sentence.text, split.whole.sentence.span.start
    others = [Part(span, ROLE, text[span.start - offset : span.end - offset].strip(" ,")) for span in split.others]
    parts = sorted((*(answer.account.parts if answer.account else ()), *others), key=lambda part: part.span.start)
    return replace(
        answer, claim=replace(answer.claim, sentence=split.whole.sentence.span), account=Account(tuple(parts))
    )


def _pieces(parsed: Parsed) -> list[Parsed]:
    tokens = parsed.tokens
    if not (parsed.amounts or any(one.kind == "NAME" for one in tokens)) or len(tokens) < 8:
        return [parsed]
    if any(one.text in ("“", "”", '"') for one in tokens):
        return [parsed]
    for at in range(3, len(tokens) - 2):
        if tokens[at - 1].kind != "MARK" and tokens[at].text.lower() not in UNMARKED:
            continue
        cut = _clause_from(parsed, at)
        if cut is not None and _has_statement(parsed, cut):
            return [_part(parsed, 0, cut), *_pieces(_part(parsed, cut, len(tokens)))]
    return [parsed]


def _clause_from(parsed: Parsed, at: int) -> int | None:
    """The token with which a clause of its own begins here, up to the end; None where none does."""
    tokens = parsed.tokens
    marked = tokens[at - 1].text in MARKS
    rest = tokens[at:]
    if (marked or rest[0].text.lower() == "and") and _speaks_of_part(rest, marked=marked):
        return at
    opener = _opener(tokens, at, "joining" if marked else "unmarked")
    body = _without_source(tokens[at + opener :])
    counts = bool(body) and not marked and body[0].text.lower() in ("many", "most", "several", "some", "every")
    if opener and len(body) > 2 and not counts and _is_of_its_own(body):
        return at
    if tokens[at - 1].text == ";" and is_another_statement(rest):
        return at
    if tokens[at - 1].text == ",":
        of_model = tokens[at - 2].kind == "MODEL" or tokens[at - 2].text.lower() in ("model", "agreement", "agreements")
        deed = any(one.kind == "NAME" for one in tokens[:at]) and not any(one.last < at for one in parsed.amounts)
        if (of_model or deed) and trails_a_deed(rest, deed=deed):
            return at
    return at if marked and speaks_of_another(rest) else None


def _has_statement(parsed: Parsed, cut: int) -> bool:
    """Whether what is before the cut is a statement with a figure or on a named agency, and nothing opens it that
    needs what follows.
    """
    named = any(one.kind == "NAME" for one in parsed.tokens[:cut]) and not any(
        one.kind in OF_AGREEMENTS or (one.kind == "UNIT" and one.value in COUNTED) for one in parsed.tokens[cut:]
    )
    return (named or any(one.last < cut for one in parsed.amounts)) and not any(
        one.first < cut <= one.last for one in parsed.amounts
    )


def _is_of_its_own(body: Sequence[Token]) -> bool:
    lists, first = _lists(), body[0]
    opening = first.text.lower().replace("’", "'")
    if opening in lists["starting"] or opening.split()[0] in lists["starting"] or opening.endswith(("ly", "ing", "ed")):
        return False
    subject = opening in lists["subjects"] or opening.split()[0] in lists["subjects"] or first.text[0].isupper()
    if not subject or not has_actor(body) or any(one.text in (*MARKS, ":", "?", "(") for one in body):
        return False
    if not any(one.kind in ("SIGN", "TOPIC") or _is_verb(one) for one in body[1:]):
        return False
    said = " ".join(one.text.lower().replace("’", "'") for one in body)
    if first.kind == "ICE" and any(one.kind == "SIGN" or one.value in JOINING for one in body):
        said = re.sub(IT_WANTS, "said wants ", said)
    for phrase in lists["wanting"]:
        said = said.replace(phrase, "")
    words = [word for one in said.split() for word in one.replace("'s", "").split("-")]
    if set(words) & lists["pointing"] or any(word.endswith("n't") for word in words):
        return False
    if any(_is_figured(body, at) for at in range(len(body))) or any(_points(body, at) for at in range(len(body))):
        return False
    return not any(one.kind == "UNIT" and one.value in COUNTED and one.text.lower().endswith("s") for one in body)


def _is_figured(body: Sequence[Token], at: int) -> bool:
    """Whether a token of a clause makes it one with a figure, a place or a model; "sign one" and "most" do not."""
    token = body[at]
    low = token.text.lower()
    if low in ("most", "some", "many", "several", "every", "each"):
        return at + 1 == len(body) or body[at + 1].kind == "MARK"  # invented some: of those that were counted
    if token.kind not in FIGURED:
        return False
    before = body[at - 1] if at else None
    if low == "one" and before is not None:
        return not (before.kind == "SIGN" or before.text.lower() in ("have", "has", "having", "had", "get"))
    if low == "they":
        own = [one for one in body[:at] if one.text.lower().endswith("s") and one.kind in ("WORD", "UNIT")]
        return not own or any(one.kind == "UNIT" and one.value in COUNTED for one in own)
    return True


def _points(body: Sequence[Token], at: int) -> bool:
    """Whether "that" in a clause is what was said before, not the opening of what somebody says."""
    if body[at].text.lower() != "that":
        return False
    after = body[at + 1] if at + 1 < len(body) else None
    return after is None or after.kind == "MARK" or after.text.lower() in ("is", "was", "up", "isn't", "has", "as")


def _said(body: Sequence[Token]) -> str:
    return " ".join(one.text.lower() for one in body)


def _is_verb(token: Token) -> bool:
    low = token.text.lower().split()[0]
    return low in _lists()["verbs"] or (token.kind == "WORD" and low.endswith("ed") and len(low) > 4)


def _speaks_of_part(rest: Sequence[Token], *, marked: bool) -> bool:
    """Whether the rest of a sentence speaks of a part of what was counted: most of them for the task force model."""
    start = 1 if rest[0].text.lower() in ("and", "but", "with") else 0
    taken = _opener(rest, start, "parts")
    of = _opener(rest, start + taken, "of_them" if marked and not start else "of_them_or_are") if taken else 0
    behind = _without_source(rest[start + taken + of :])
    if not of or not behind or any(one.text in (*MARKS, ":", "(", "?") for one in behind):
        return False
    if any(one.kind in ("NUM", "MONEY", "FRACTION", "PCT") for one in behind):
        return False
    if _said(rest[start : start + taken]) in _lists()["answered"]:
        return _is_answered_apart(behind)
    words = {word for one in behind for word in one.text.lower().replace("’", "'").replace("-", " ").split()}
    barred = words & (_lists()["pointing"] | _lists()["undoing"])
    return not barred and not any(one.kind in FIGURED or one.value == "applications" for one in behind)


def _without_source(tokens: Sequence[Token]) -> Sequence[Token]:
    """Some tokens without who says so behind the last comma: …, ICE records show."""
    mark = max((at for at, one in enumerate(tokens) if one.text == ","), default=0)
    closing = [one for one in tokens[mark + 1 :] if one.text != "."]
    said = bool(mark) and 1 < len(closing) < 9 and closing[-1].text.lower() in neutral("attributing")
    known = all(
        one.kind == "ICE" or one.text[0].isupper() or set(_words(one)) <= neutral("sources") | neutral("attributing")
        for one in closing
    )
    return tokens[:mark] if said and known else tokens


def _words(token: Token) -> list[str]:
    return token.text.lower().replace("’", "'").replace("'s", "").replace("-", " ").split()


def _is_answered_apart(behind: Sequence[Token]) -> bool:
    """Whether what most of them are is read behind the count, and not with it: their kind, or when they were signed."""
    verbs = [one for one in behind if one.text.lower() not in ("are", "were", "have", "had", "been", "being")]
    if any(one.text.lower().startswith(("before ", "until ", "by ", "before", "until")) for one in behind):
        return False
    return bool(verbs) and (verbs[0].kind == "SIGN" or (verbs[0].kind == "UNIT" and verbs[0].value not in COUNTED))


@cache
def _first_words(name: str) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _lists()[name])


def _opener(tokens: Sequence[Token], at: int, name: str) -> int:
    """How many tokens of a phrase of a list begin here."""
    opening = tokens[at].text.lower().split() if at < len(tokens) else []
    if not opening or opening[0] not in _first_words(name):
        return 0
    for count in (3, 2, 1):
        said = " ".join(one.text.lower() for one in tokens[at : at + count])
        if len(tokens) >= at + count and said in _lists()[name]:
            return count
    return 0


def _part(parsed: Parsed, first: int, end: int) -> Parsed:
    """Some tokens of a sentence as a sentence, without the mark that closes it before another."""
    sentence, offset = parsed.sentence, parsed.sentence.span.start
    tokens = parsed.tokens
    start = 0 if first == 0 else tokens[first].span.start - offset
    close = len(sentence.text) if end == len(tokens) else tokens[end - 1].span.end - offset
    if end < len(tokens) and tokens[end - 1].text in MARKS:
        close = tokens[end - 1].span.start - offset
    text = sentence.text[start:close].rstrip()
    made: Sentence = replace(sentence, text=text, span=Span(offset + start, offset + start + len(text)))
    return parse(made)
