"""Another statement of the same sentence: "Ohio has seven agreements, and Iowa, its neighbor, 22"; ", the most ever".

What enters: the account of a sentence, and one of its claims. What leaves: the account of that claim, without the
unread words of statements next to it. Promise: only a remark on the program before a colon, and a statement
behind the claim, set off by a mark: one with a place, an agency, a model or a number of its own as its subject, or one
on a rank or a record; with no word that denies (declared/factcheck/clauses.yml) and none that can point back at what
was counted.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.closing import low_of, words
from ledger287.factcheck.coverage.account import TURNED, UNREAD, Account
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

OTHER = "another statement: does not bear on the figure"
"""What the words of such a statement are in the account of a claim."""
MARKS = (",", "—", "–", ";")
JOINING = ("and", "but", "while", "whereas", "compared with", "against", "versus", "though", "although")
PARALLEL = ("PLACE", "NAME", "NUM", "HEDGE", "FRACTION", "MODEL", "UNIT", "WHOSE")
"""Kinds of token that the subject of such a statement is."""
RANKED = when_needed(
    r"(?:more than (?:any|all)|fewer than any|second only to|second to|behind only|trailing only|ahead of|a record|"
    r"an all-time high|good for|enough for|[\w-]+ (?:more|fewer) than|"
    r"(?:the|its|their|[\w-]+[’']s) (?:[a-z-]+ ){0,2}?(?:[a-z]+est|most|first|second|third|fourth|fifth|last|"
    r"only|record|peak|high|low)) "
)
"""What opens a statement on a rank or a record."""
POINTING = ("it", "this", "that", "these", "those", "them", "such", "none", "neither", "nor", "nobody", "nothing",
            "never", "if", "unless", "not", "no", "only", "without", "less", "minus", "except", "either")  # fmt: skip


def beside_others(account: Account, parsed: Parsed, claim: Claim) -> Account:
    """The account of one claim without the unread words of the statements next to it."""
    quoted = any(one.text in ("“", "”", "?") for one in parsed.tokens)
    if account.whole or quoted or claim.shape in ("law", "holds", "rank"):
        return account
    colon = _colon(parsed, claim)
    cut = _from(parsed, claim)
    first = parsed.tokens[colon].span.end if colon is not None else 0
    last = parsed.tokens[cut].span.start if cut is not None else parsed.sentence.span.end + 1
    kept = (
        part if part.role not in (UNREAD, TURNED) or first <= part.span.start < last else replace(part, role=OTHER)
        for part in account.parts
    )
    return Account(tuple(kept))


WISHED = ("want", "wants", "would", "will", "could", "may", "might", "should", "must", "hope", "hopes", "plan", "plans",
          "pitch", "demand", "demands", "bet", "catch", "brochure", "promise", "promises", "goal", "offer", "offers",
          "ask", "asks", "request", "wish", "aim", "target", "once", "then", "used", "ago", "until", "before", "after",
          "when", "since", "next", "vision", "prediction", "poster", "ad", "slogan", "boast", "motto")  # fmt: skip
"""In a remark before a colon, make a thought or another time of what follows."""


SUPERLATIVE = when_needed(
    r"^(?:most|least|first|last|only|worst|best|top|(?!.*(?:west|arrest|protest|request|interest|forest)$)[a-z]{3,}est)$"
)
"""In a remark before a colon, makes a statement on a rank, which is no mere remark."""


def _colon(parsed: Parsed, claim: Claim) -> int | None:
    """The colon before a claim, where what is before it is a remark on the program and turns nothing behind it."""
    tokens = parsed.tokens
    cut = next((at for at, one in enumerate(tokens) if one.text == ":" and one.span.end <= claim.span.start), None)
    if cut is None or cut < 3:
        return None
    before = tokens[:cut]
    said = {word for one in before for word in low_of(one).replace("-", " ").split()}
    topical = any(one.kind in ("UNIT", "TOPIC", "PROGRAM", "MODEL") for one in before)
    timed = any(one.kind in ("WHEN", "DURATION", "PER", "RANK", "OUTSIDE", "LEAVE") for one in before)
    ranked = any(SUPERLATIVE.search(word) for word in said)
    turns = said & (words("denying") - {"list", "count", "growth"} | set(POINTING) | set(WISHED) | words("musing"))
    denied = any(one.endswith("n't") for one in said)
    return cut if topical and not (timed or ranked or turns or denied) else None


def _from(parsed: Parsed, claim: Claim) -> int | None:
    """The token with which the first other statement behind a claim begins, all behind it being others; or None."""
    tokens = parsed.tokens
    end = max(claim.span.end, claim.figure.span.end if claim.figure else 0)
    for at in range(2, len(tokens) - 1):
        if tokens[at].text not in MARKS or tokens[at].span.start < end:
            continue
        rest = tokens[at + 1 :]
        if _is_other(rest):
            return at
    return None


def _is_other(rest: Sequence[Token]) -> bool:
    """Whether all that follows a mark is of another subject, or on a rank."""
    said = [word for one in rest for word in low_of(one).replace("-", " ").split()]
    text = " ".join(low_of(one) for one in rest)
    if set(said) & words("denying") - {
        "list",
        "count",
        "number",
        "total",
        "share",
        "record",
        "lead",
        "show",
        "figures",
    }:
        return False
    to_come = set(said) & {"next", "soon", "eventually", "someday", "future", "would", "will", "could", "may", "might"}
    spoken = set(said) & neutral("attributing")
    if to_come or spoken - {"counts", "lists", "show", "shows", "records", "figures"}:
        return False
    ranked = bool(RANKED.match(f"{text} "))
    if ranked:
        return not set(said) & (set(POINTING) - {"only", "that", "its"}) and not any(
            word.endswith("n't") for word in said
        )
    joined = next((one for one in JOINING if text.startswith(f"{one} ")), None)
    if joined is None:
        return False
    body = rest[1:] if low_of(rest[0]) == joined else rest
    first = body[0] if body else None
    if first is None or (low_of(first) in ("the", "a", "an", "its") and len(body) > 1):
        first = body[1] if len(body) > 1 else None
    if first is None or first.kind not in PARALLEL or set(said) & set(POINTING):
        return False
    return any(one.kind in ("NUM", "FRACTION", "PCT", "TIMESWORD") for one in body) and not any(
        word.endswith("n't") for word in said
    )
