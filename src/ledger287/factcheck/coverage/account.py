"""What each word of a sentence was read as: the account of a reading.

What enters: a parsed sentence and the claims that were read from it. What leaves: an ``Account`` for the sentence: its
spans with their roles, and the words that no reading used. Promise: a word is read, in a declared list of words that
change nothing (declared/factcheck/neutral_words.yml), or unread; there is nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ledger287.factcheck.asides.closing import words as denying
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.roles.counting import beside_roles
from ledger287.factcheck.coverage.roles.roles import role_of
from ledger287.factcheck.coverage.stretches.segments import aside_roles, other_figures
from ledger287.factcheck.coverage.stretches.settings import settings_of
from ledger287.factcheck.coverage.used import Used, covered, used_by
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

UNREAD = "unread"
TURNED = "turns the claim"
"""The role of a word that makes another claim of it, and that the reading did not use."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence and what it was read as."""

    span: Span
    role: str
    said: str


@dataclass(frozen=True, slots=True)
class Account:
    """The parts of a sentence in their order; ``unread`` are those that no reading used."""

    parts: tuple[Part, ...] = ()

    @property
    def unread(self) -> tuple[Part, ...]:
        """The words that were not read."""
        return tuple(part for part in self.parts if part.role in (UNREAD, TURNED))

    @property
    def unread_words(self) -> tuple[str, ...]:
        """The words that were not read, each once, as printed."""
        return tuple(dict.fromkeys(part.said for part in self.unread))

    @property
    def turned(self) -> bool:
        """Whether a word turns the claim into another one."""
        return any(part.role == TURNED for part in self.parts)

    @property
    def whole(self) -> bool:
        """Whether everything was read."""
        return not self.unread


def account_of(parsed: Parsed, claims: Sequence[Claim]) -> Account:
    """The account of one sentence, given every claim that was read from it."""
    used: Used = used_by(parsed, claims)
    asides = aside_roles(parsed) | beside_roles(parsed) | other_figures(parsed, claims) | settings_of(parsed, claims)
    parts: list[Part] = []
    for place, token in enumerate(parsed.tokens):
        role = (
            covered(token.span, used.covers)
            or role_of(place, parsed, used)
            or asides.get(place)
            or _unread(token, parsed)
        )
        if role == "mark":
            continue
        _add(parts, Part(token.span, role, token.text), parsed)
    return Account(tuple(parts))


def _unread(token: Token, parsed: Parsed) -> str:
    """The role of a word that was not read; a model that no claim holds, and "only" or "not", make another claim."""
    apart_from_it = ";" in parsed.sentence.text
    turns = token.kind == "MODEL" or (token.text.lower() in DENYING and not apart_from_it)
    return TURNED if turns else UNREAD


DENYING = ("only", "not", "never", "none", "neither", "nor", "without", "if", "unless", "cannot", "deny", "denies",
           "denied", "dispute", "disputes", "disputed")  # fmt: skip
"""Words that no figure fits with where they are not read."""


def narrowed(account: Account, claim: Claim) -> Account:
    """The account of one claim: an agency named before a figure may be whose figure it is."""
    owned = claim.where.states and claim.unit not in ("agreements", "partnerships")
    if claim.figure is None or owned or claim.shape in ("holds", "law", "rank") or claim.rank == "only":
        return account
    parts = tuple(
        replace(part, role=UNREAD) if part.role == "agency" and part.span.end <= claim.span.start else part
        for part in account.parts
    )
    return Account(parts)


def apart(account: Account, parsed: Parsed, claim: Claim) -> Account:
    """The account of one claim without the unread words of another statement: behind or before a semicolon.

    A semicolon parts two statements as a period does. What refers to the other one (it, that, the number), and what
    bears on figures, is kept.
    """
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    if ";" not in text or account.whole:
        return account
    cuts = [offset + at for at, letter in enumerate(text) if letter == ";"]
    bounds = [parsed.sentence.span.start, *cuts, parsed.sentence.span.end]
    own = next((Span(a, b) for a, b in pairwise(bounds) if a <= claim.span.start < b), parsed.sentence.span)
    whole = not (own.start <= claim.span.start and claim.span.end <= own.end + 1)
    kept = tuple(
        part
        for part in account.parts
        if whole
        or part.role not in (UNREAD, TURNED)
        or own.start <= part.span.start < own.end
        or _refers(parsed, next((Span(a, b) for a, b in pairwise(bounds) if a <= part.span.start < b), own))
    )
    return Account(kept)


LEAST_WORDS = 4
"""Words of a stretch between semicolons that is a statement of its own, not an item of a list."""


def _refers(parsed: Parsed, stretch: Span) -> bool:
    """Whether a statement may be about the one next to it, or is no statement at all."""
    words = [
        word
        for token in parsed.tokens
        if stretch.start <= token.span.start < stretch.end and token.kind not in ("MARK", "WHEN")
        for word in token.text.lower().replace("’", "'").split()
    ]
    about = (neutral("speaking") - {"program", "ice", "list", "roster", "state", "states"}) | neutral("bearing") - {
        "no"
    }
    spoken = set(words) & (about | denying("denying")) - ({"aside"} if {"set", "sets", "setting"} & {*words} else set())
    return len(words) < LEAST_WORDS or bool(spoken) or words[0] in ("not", "no", "none", "only", "all", "but", "and")


def with_turning(account: Account, parsed: Parsed, spans: Sequence[Span]) -> Account:
    """The account with the words that turn the claim, in place of what they were read as."""
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    words = [Part(span, TURNED, text[span.start - offset : span.end - offset]) for span in spans]
    return Account(tuple(sorted((*account.parts, *words), key=lambda part: part.span.start))) if words else account


def _add(parts: list[Part], part: Part, parsed: Parsed) -> None:
    """Join neighbors of one role into one part; unread words stay apart."""
    last = parts[-1] if parts else None
    if last and last.role == part.role and part.role not in (UNREAD, TURNED) and part.span.start - last.span.end <= 2:
        offset = parsed.sentence.span.start
        span = Span(last.span.start, part.span.end)
        parts[-1] = Part(span, part.role, parsed.sentence.text[span.start - offset : span.end - offset])
    else:
        parts.append(part)
