"""The English pieces of a Spanish paragraph -> tokens that can change their places, and back.

What enters: a paragraph and its pieces (stretch and English, without a gap). What leaves: tokens with what is between
them, each with its kind and form; and the pieces again, in the order that they then have. Promise: every token keeps
its original stretch wherever it goes.
"""

from dataclasses import dataclass, field
from functools import cache, lru_cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import MONTHS
from ledger287.factcheck.text.in_spanish.phrases import parted
from ledger287.factcheck.text.in_spanish.words.lexicon import adjectives, adverbs, nouns
from ledger287.factcheck.text.in_spanish.words.names import spanish_words
from ledger287.factcheck.text.in_spanish.words.verbs import EnglishForm, is_leading, verb_forms

Piece = tuple[int, int, str]
WORD = when_needed(r"[^\W_]+(?:[’'-][^\W_]+)*(?:\(g\))?")
PART = when_needed(rf"287\(g\)|\d[\d.,]*\d|{WORD.pattern}")
NUMBER = when_needed(
    r"(?:doubtful )?\$?\d[\d.,]*\d?%?(?: (?:million|thousand|billion))?|(?i:two|three|four|five|six|seven|eight|nine)"
)
DAYS_AND_MONTHS = (*MONTHS, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BEING = {
    said: EnglishForm(base, tense, many=many)
    for base, tense, many, several in (
        ("be", "present", False, ("es", "está")),
        ("be", "present", True, ("son", "están")),
        ("be", "past", False, ("era", "estaba", "fue")),
        ("be", "past", True, ("eran", "estaban", "fueron")),
        ("be", "future", False, ("será",)),
        ("be", "future", True, ("serán",)),
        ("have", "present", False, ("tiene", "cuenta con")),
        ("have", "present", True, ("tienen", "cuentan con")),
        ("have", "past", False, ("contaba con",)),
        ("have", "past", True, ("contaban con",)),
    )
    for said in several
}
"""Forms of to be and to have."""


LASTING = {
    "are in force": "present", "is in force": "present", "were in force": "past", "was in force": "past",
    "remain in force": "present", "remains in force": "present", "do so": "present", "does so": "present",
    "did so": "past", "are pending": "present",
    "has done so": "perfect", "have done so": "perfect",
}  # fmt: skip
"""English phrases that are a verb without an object."""


PHRASED = {
    "are no more than": EnglishForm("be", "present", many=True),
    "are fewer than": EnglishForm("be", "present", many=True),
    "were fewer than": EnglishForm("be", "past", many=True),
    "ended the year with": EnglishForm("end", "past"),
    "exceed": EnglishForm("exceed", "present", many=True),
    "exceeds": EnglishForm("exceed", "present"),
    "exceeded": EnglishForm("exceed", "past"),
}


OPENING_ADVERBS = ("Now", "Already", "Also", "Still", "Currently", "Today")
"""With a capital they open a sentence, and are no names."""


@dataclass(slots=True)
class GlossWord:
    """A word or phrase: its stretch, its English, what it is, and the Spanish in lower case."""

    start: int
    end: int
    english: str
    said: str
    kind: str = ""
    form: EnglishForm | None = None


@dataclass(slots=True)
class GlossLine:
    """The tokens of a paragraph and what is before each of them; the last gap is behind the last token."""

    tokens: list[GlossWord] = field(default_factory=list)
    gaps: list[tuple[int, str]] = field(default_factory=list)

    def close(self, at: int) -> bool:
        """Whether nothing but a blank is before the token at some place."""
        return 0 < at < len(self.tokens) and self.gaps[at][1] in (" ", "")

    def move(self, start: int, split: int, end: int) -> None:
        """Put the tokens from ``split`` to ``end`` before those from ``start`` to ``split``."""
        first, opening = self.tokens[start], self.tokens[split]
        if first.english[:1].isupper() and first.kind not in ("name", "date") and first.english != "I":
            first.english = first.english[:1].lower() + first.english[1:]
            opening.english = opening.english[:1].upper() + opening.english[1:]
        self.tokens[start:end] = self.tokens[split:end] + self.tokens[start:split]


def line_of(text: str, pieces: list[Piece]) -> GlossLine:
    """The tokens of a paragraph."""
    line = GlossLine()
    gap_start, gap = 0, ""
    for start, end, english in pieces:
        if english == text[start:end]:
            at = start
            for match in PART.finditer(text, start, end):
                gap += text[at : match.start()]
                line.gaps.append((gap_start, gap))
                line.tokens.append(_token(match.start(), match.end(), match[0], match[0], known=False))
                at, gap_start, gap = match.end(), match.end(), ""
            gap += text[at:end]
        else:
            if gap == "":
                gap_start = start
            line.gaps.append((gap_start, gap))
            _add(line, text, start, end, english)
            gap_start, gap = end, ""
    line.gaps.append((gap_start, gap))
    return line


def _add(line: GlossLine, text: str, start: int, end: int, english: str) -> None:
    """A phrase as a token; "the figure" as two."""
    first, _, rest = text[start:end].partition(" ")
    the, _, thing = english.partition(" ")
    if the.lower() == "the" and first.lower() in ("el", "la", "los", "las") and _is_noun(rest, thing):
        behind = start + len(first)
        line.tokens.append(_token(start, behind, the, first, known=True))
        line.gaps.append((behind, " "))
        line.tokens.append(_token(behind + 1, end, thing, rest, known=True))
    else:
        line.tokens.append(_token(start, end, english, text[start:end], known=True))


def pieces_of(line: GlossLine) -> list[Piece]:
    """The pieces of the tokens in their order, with what is between them; a token without English has no blank."""
    found: list[Piece] = []
    emptied = False
    for (at, gap), token in zip(line.gaps, line.tokens, strict=False):
        if gap and not (emptied and gap == " " and (not found or found[-1][2].endswith(" "))):
            found.append((at, at + len(gap), gap))
        emptied = not token.english
        if token.english:
            found.append((token.start, token.end, token.english))
    at, gap = line.gaps[-1]
    return [*found, (at, at + len(gap), gap)] if gap else found


def _token(start: int, end: int, english: str, said: str, *, known: bool) -> GlossWord:
    plain = said.lower()
    kind, form = _kind(plain, english, known=known)
    if not kind and known and english in OPENING_ADVERBS:
        kind = "adverb"
    if not kind and said[:1].isupper() and (not known or english[:1].isupper()):
        kind = "name"
    return GlossWord(start, end, english, plain, kind, form)


@lru_cache(maxsize=20000)
def _kind(plain: str, english: str, *, known: bool) -> tuple[str, EnglishForm | None]:
    """What a word or phrase is, and which form of a verb."""
    if NUMBER.fullmatch(english):
        return "number", None
    if english.split(" ", maxsplit=1)[0] in DAYS_AND_MONTHS:
        return "date", None
    form = _of_phrase(plain, english.lower())
    if form or plain == "287(g)":
        return ("verb", form) if form else ("program", None)
    if plain in _describing() and (known or plain == english.lower()):
        return "adjective", None
    if not known:
        same = english.lower() if english.islower() else ""
        return "noun" if nouns().get(plain) == same else "adjective" if adjectives().get(plain) == same else "", None
    if _is_noun(plain, english):
        return "noun", None
    found = verb_forms().get(plain) or (verb_forms().get(parted(plain)[0]) if " " not in plain else None)
    if found:
        return "verb", found[1]
    *leading, last = plain.split(" ")
    if leading and is_leading(tuple(leading)) and parted(last)[0] in verb_forms():
        return "verb", EnglishForm(verb_forms()[parted(last)[0]][1].base, "infinitive")
    if adjectives().get(plain) == english:
        return "adjective", None
    return ("adverb", None) if adverbs().get(plain) == english else ("", None)


def _of_phrase(plain: str, english: str) -> EnglishForm | None:
    """The form of a phrase of words.yml that is a verb."""
    if english in LASTING:
        return EnglishForm("exist", LASTING[english])
    return BEING.get(plain) or PHRASED.get(english)


def _is_noun(plain: str, english: str) -> bool:
    return nouns().get(plain) == english or english in _things()


@cache
def _things() -> frozenset[str]:
    """The English of what is counted or described, as words.yml has it."""
    table = spanish_words()
    found = {str(one) for one in (*table["described"], *table["things"])}
    found |= {f"{such} {one}" for such in table["adjectives"] for one in table["described"]}
    return frozenset(found)


@cache
def _describing() -> frozenset[str]:
    """The adjectives of words.yml, in one word."""
    table = spanish_words()
    found = {str(one) for such in table["adjectives"] for one in table["phrases"].get(such, ())}
    return frozenset(one for one in found if " " not in one or " y " in one) - {"estado", "pequeños"}


@cache
def state_names() -> frozenset[str]:
    """The names of states and territories."""
    return frozenset(declared.state_codes())


def is_place(token: GlossWord) -> bool:
    """Whether a token names a state."""
    return token.english in state_names()


FINITE = ("present", "past", "perfect", "future", "passive")


def finite(token: GlossWord) -> bool:
    """Whether a token is a verb that a clause can have."""
    return token.form is not None and token.form.tense in FINITE


def form_of(token: GlossWord) -> str:
    """The base of a verb; nothing of other words."""
    return token.form.base if token.form else ""
