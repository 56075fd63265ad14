"""Claims that compare: one state with another, a day with a day before it.

What enters: one amount with the sentence around it. What leaves: a claim of shape ``gap`` (how many more than),
``times`` (how many times as many as) or ``change`` (how many more than before), or None where nothing is
compared. Promise: what a figure is compared with is named in its own sentence.
"""

from dataclasses import replace

from ledger287.factcheck.extract.amounts.surroundings import Surroundings
from ledger287.factcheck.extract.claims.making import claim_of
from ledger287.factcheck.extract.model import Claim, SetAgainst, Shape, Where
from ledger287.factcheck.parse.model import Token

FEWER = ("fewer", "less", "fall")
NUMBER = ("number", "total", "figure", "count", "tally", "that", "those")


def comparison(here: Surroundings, unit: str) -> Claim | None:
    """``180 more agreements than Texas``, ``twice as many as Texas``: the two states, and which way."""
    before = here.parsed.tokens[: here.amount.first]
    rival = rival_of(here) or rival_led(here)
    if rival is None:
        return None
    subjects = [token for token in before if token.kind == "PLACE" and token.value != rival]
    own = subjects[-1] if subjects else between(here, rival)
    shape: Shape = "times" if here.amount.kind == "multiple" else "gap"
    where = Where((own.value,), True, own.text) if own else Where((), False, "those")
    claim = replace(claim_of(here, shape, here.amount.figure, unit), where=where, terms=SetAgainst(against=(rival,)))
    said = here.amount.noun.words if here.amount.noun else ()
    return claim.compared(falls=True) if set(said) & set(FEWER) else claim


def rival_of(here: Surroundings) -> str | None:
    """The state behind "than", "as" or "the number in"."""
    after = here.after(14)
    said = set(here.amount.noun.words if here.amount.noun else ())
    if here.amount.kind != "multiple" and not said & {"more", *FEWER}:
        return None
    for place, token in enumerate(after):
        low = token.text.lower()
        if token.kind in ("WHEN", "NUM", "TIMESWORD") or low in (";", ".", "and", "while"):
            return None
        following = [one for one in after[place + 1 : place + 4] if one.kind not in ("FILL", "IN")]
        if low.split()[-1] in ("than", "as", *NUMBER) and following and following[0].kind == "PLACE":
            if any(one.text.lower() == "as" for one in after[place + 2 : place + 6]) and low != "as":
                continue
            return following[0].value
    return None


def between(here: Surroundings, rival: str) -> Token | None:
    """``three times as many agreements in Tennessee as in Maryland``: the place before the one compared with."""
    named = [token for token in here.after(14) if token.kind == "PLACE"]
    return named[0] if len(named) > 1 and named[0].value != rival == named[1].value else None


def rival_led(here: Surroundings) -> str | None:
    """The state behind "lead over": Texas's lead over Florida has widened to 34 agreements."""
    before = here.parsed.tokens[: here.amount.first]
    leads = [at for at, token in enumerate(before) if token.text.lower() in ("lead", "margin", "edge", "gap")]
    places = [token for token in before[leads[-1] :] if token.kind == "PLACE"] if leads else []
    return places[-1].value if places and any(token.kind == "PLACE" for token in before[: leads[-1]]) else None


def change_of(here: Surroundings, unit: str) -> Claim | None:
    """``rose by 40``, ``an increase of 40``, ``40 more than a month earlier``: against the day before it."""
    ahead, after = here.ahead(3), here.after(3)
    falling = any(token.kind == "FALL" or token.text.lower() in ("down", "lost", "shed") for token in ahead)
    link = ahead[-1].text.lower() if ahead else ""
    opened = after[0].text.lower() if after else ""
    up = link in ("up", "down") and opened.startswith(("from", "since", "over", "on ", "compared"))
    up = (up and any(token.kind == "WHEN" for token in after)) or link in ("gained", "lost", "netted", "shed")
    moved = up or (
        link in ("by", "of")
        and any(token.kind in ("RISE", "FALL") or token.text.lower() in ("gain", "net") for token in ahead)
    )
    said = set(here.amount.noun.words if here.amount.noun else ())
    than = bool(said & {"more", *FEWER}) and bool(after) and after[0].text.lower() == "than"
    fewer = bool(after) and after[0].text.lower() in ("fewer than", "less than")
    than = than or fewer or (bool(after) and after[0].text.lower() == "more than")
    if not moved and not (than and any(token.kind == "WHEN" for token in after)):
        return None
    claim = claim_of(here, "change", here.amount.figure, unit)
    claim = replace(claim, sense="than") if than or link in ("up", "down") else claim
    return claim.compared(falls=True) if falling or fewer or said & set(FEWER) else claim
