"""Statements of law in a sentence -> answers from the encoded provisions, with citation and standing.

What enters: a sentence and the article's day. What leaves: an answer for each statement of law: whether it holds,
fails, or is only shown with its sources; what a model lets officers do is read in ``powers.py``. Promise: the number
that is right is that of a provision in force on the article's day; a fact that is from memory never decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.problem import Refused
from ledger287.core.text import brief
from ledger287.core.time import EASTERN
from ledger287.factcheck.asides.splitting import Split
from ledger287.factcheck.extract.model import Claim, Days, OfTopic, Phrasing, Span, When, Where
from ledger287.factcheck.extract.statements.law_wordings import SAID, WordedLaw, taking, worded_in
from ledger287.factcheck.extract.statements.powers import POWER, PowerStatement, powers_in
from ledger287.factcheck.extract.statements.state_laws import (
    SAYS_STATE,
    STATE_LAW,
    StateClause,
    laws_of,
    state_laws_in,
    states_in,
)
from ledger287.factcheck.parse.numbers import words_value
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer

if TYPE_CHECKING:
    from ledger287.law.lawbook.provisions import Provision

DENIED = when_needed(
    r"(?:\b(?:not|never)|n[’']t) (?:\w+ )?"
    r"(?:end|discontinu|phas|eliminat|stop|creat|establish|enact|sign|enter|begin|start|pay|offer|reimburs|award|provid)",
    re.IGNORECASE,
)
"""A statement of a year that is denied: the right year then makes it wrong, and another one says nothing."""
UNENDED = r"(?:[^.;]|(?<=\b(?:Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec|Gov|Sen|Rep))\.|(?<=\bSept)\.)"
"""A letter within a statement: no period but that of a shortened word."""
LETTERS = {"primary": "P", "verified": "V", "secondary": "S", "counted": "D", "unverified": "R"}


@dataclass(frozen=True, slots=True)
class LawStatement:
    """A declared statement: its phrases, words of which it has one, and what answers it.

    ``of`` is the state that it is about: where others alone are named, it does not hold. With ``agrees_only`` a number
    that is not the right one is not called wrong: the words may be of something else. With ``shown_only`` nothing is
    judged, and the figures within it are claims of their own.
    """

    id: str
    pattern: re.Pattern[str]
    also: tuple[re.Pattern[str], ...]
    near: tuple[str, ...]
    right: dict[str, Any]
    holds: bool | None
    effect: tuple[str, ...]
    provisions: tuple[str, ...]
    says: str
    citations: tuple[str, ...]
    of: str | None = None
    agrees_only: bool = False
    shown_only: bool = False
    federal: str = "ina-287-g-1"


@cache
def laws() -> tuple[LawStatement, ...]:
    """Every declared statement."""
    rows: list[dict[str, Any]] = declared.declared_yaml("factcheck/law.yml")
    named = rf"\b(?:{'|'.join(re.escape(one.name) for one in declared.states())})\b"
    return tuple(
        LawStatement(
            row["id"],
            when_needed(row["pattern"].replace("[^.;]", UNENDED), re.I),
            tuple(when_needed(also.replace("{STATE}", named), re.I) for also in row.get("also", ())),
            tuple(row["near"]),
            row.get("right", {}),
            row.get("holds"),
            tuple(row.get("effect", ())),
            tuple(row.get("provisions", ())),
            row.get("says", ""),
            tuple(row.get("citations", ())),
            row.get("of"),
            bool(row.get("agrees_only")),
            bool(row.get("shown_only")),
            row.get("federal", "ina-287-g-1"),
        )
        for row in rows
    )


def law_in(sentence: Sentence, published: Days | None = None) -> tuple[Answer, ...]:
    """The statements of law that a sentence makes: by the declared patterns, each word of one alone, and of powers."""
    low, at = sentence.text.lower(), _instant(published)
    worded = worded_in(sentence.text)
    of_states = state_laws_in(sentence.text, at)
    read = [(one.start, one.end) for one in of_states]
    read += [(one.start, one.end) for one in worded if one.holds is not None]
    made: list[tuple[LawStatement, re.Match[str]]] = []
    for law in laws():
        found = law.pattern.search(sentence.text) if any(word in low for word in law.near) else None
        if not found or not all(also.search(sentence.text) for also in law.also):
            continue
        if _is_elsewhere(law, sentence.text, at) or any(_overlap(found.span(), span) for span in read):
            continue
        if not any(_overlap(found.span(), other.span()) or law.id == one.id for one, other in made):
            made.append((law, found))
    answers = [_answer(law, sentence, found, at) for law, found in made]
    answers += [_of_state_law(one, sentence) for one in of_states]
    taken = [*(found.span() for _, found in made), *((one.start, one.end) for one in of_states)]
    answers += [
        _of_power(power, sentence)
        for power in powers_in(sentence.text)
        if not any(_overlap((power.span.start, power.span.end), span) for span in (*taken, *read))
    ]
    taken += [(one.claim.span.start - sentence.span.start, one.claim.span.end - sentence.span.start) for one in answers]
    answers += [
        _of_wording(one, sentence) for one in worded if not any(_overlap((one.start, one.end), span) for span in taken)
    ]
    return tuple(sorted(answers, key=lambda one: one.claim.span.start))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of_power(power: PowerStatement, sentence: Sentence) -> Answer:
    """The answer to what a sentence says that a model lets officers do."""
    place = (power.span.start, power.span.end)
    return _shown(sentence, place, f"{POWER}{power.topic}", "", power.provisions, power.holds)


def _of_wording(one: WordedLaw, sentence: Sentence) -> Answer:
    """The answer to a clause in a declared wording."""
    from ledger287.law.lawbook.book import shipped

    sources = [shipped().provision(name) for name in one.provisions]
    return _shown(sentence, (one.start, one.end), f"{SAID}{one.id}", "", sources, one.holds)


def _of_state_law(one: StateClause, sentence: Sentence) -> Answer:
    """The answer to a clause on the law of a state."""
    return _shown(sentence, (one.start, one.end), one.topic, one.own, one.provisions, one.holds)


def _covered(span: Span, topic: str, said: str, holds: bool | None) -> tuple[tuple[Span, str], ...]:
    """The words that a statement takes from the figures next to it: none where it is only shown, or where a government
    may be read as a state.
    """
    if topic.startswith(POWER):
        return ((span, "what a model allows"),)
    judged = topic.startswith(SAID) and holds is not None
    return ((span, "what the law says"),) if judged and "washington" not in said.lower() else ()


def law_in_asides(
    answers: Sequence[Answer], sentences: Sequence[Sentence], cut: Sequence[Sentence], published: Days | None
) -> list[Answer]:
    """The answers, with what a sentence says of law in words that were cut as an aside; it is shown, not judged."""
    found = list(answers)
    said: dict[Span, list[Span]] = {}
    for one in answers:
        if one.verdict == "law":
            said.setdefault(one.claim.sentence, []).append(one.claim.span)
    for sentence in cut:
        for law in law_in(sentence, published) if sentence in sentences else ():
            spans = said.setdefault(sentence.span, [])
            if not any(_overlap(_ends(law.claim.span), _ends(one)) for one in spans):
                spans.append(law.claim.span)
                reason = f"what the sources say: {law.meaning}."
                found.append(replace(law, law_holds=None, reason=reason))
    return found


def law_of(parsed: Parsed, split: Split | None, published: Days | None) -> list[Answer]:
    """What a sentence says of law; of a clause, what its sentence does there."""
    if split is None:
        return list(law_in(parsed.sentence, published))
    span = parsed.sentence.span
    return [
        replace(one, claim=replace(one.claim, sentence=span))
        for one in law_in(split.whole.sentence, published)
        if span.start <= one.claim.span.start < span.end
    ]


def of_law_alone(law: Sequence[Answer]) -> list[Answer]:
    """The statements of law whose clause says nothing of an agency on a list, a rank among them least of all."""
    return [one for one in law if one.claim.topic in taking()]


def is_of_law(claim: Claim, law: Sequence[Answer]) -> bool:
    """Whether a claim is within what was answered otherwise: a statement of law, states counted by what each has.

    What a model lets officers do, and what is only shown, take no figure from a claim.
    """
    open_to = {one.id for one in laws() if one.shown_only}
    return any(
        _overlap(_ends(answer.claim.span), _ends(claim.span))
        for answer in law
        if answer.claim.topic in taking()
        or answer.claim.topic.startswith(STATE_LAW)
        or (not answer.claim.topic.startswith((POWER, SAID)) and answer.claim.topic not in open_to)
    )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _instant(published: Days | None) -> datetime:
    """The end of the article's day; of an undated one, the last day for which law is known here."""
    last = published.last if published else declared.rules()["limits.yml"]["coverage"]["checked_until"]
    return datetime.combine(last, time(23, 59), tzinfo=EASTERN)


def _answer(law: LawStatement, sentence: Sentence, found: re.Match[str], at: datetime) -> Answer:
    from ledger287.law.lawbook.book import shipped

    given = found.groupdict()
    said = given.get("n") or given.get("m")
    sources = [shipped().provision(one) for one in law.provisions]
    holds = law.holds
    if law.effect:
        sources, holds = _of_states(law, sentence.text, at)
    elif said and law.right:
        decade = sentence.text[found.end("n" if given.get("n") else "m") :][:1] == "s"
        holds = _is_right(law.right, _value(said), at, decade=decade)
        opens = max(sentence.text.rfind(mark, 0, found.start()) for mark in ",;:") + 1
        if DENIED.search(sentence.text, opens, found.end()):
            holds = False if holds else None
        holds = holds or None if law.agrees_only else holds
    if law.of and holds is not None:
        named = {code.code for code in declared.states() if re.search(rf"\b{re.escape(code.name)}\b", sentence.text)}
        holds = holds if law.of in named or not named else None
    holds = None if law.shown_only else holds
    return _shown(sentence, found.span(), law.id, law.says, sources, holds, law.citations)


def _shown(
    sentence: Sentence,
    place: tuple[int, int],
    topic: str,
    own: str,
    sources: "Sequence[Provision]",
    holds: bool | None,
    citations: Sequence[str] = (),
) -> Answer:
    """What the sources say of a statement at a place of a sentence, and whether it agrees with them."""
    says = "; ".join(dict.fromkeys([*([own] if own else []), *(_said(one) for one in sources)]))
    cited = tuple(dict.fromkeys([*citations, *(f"{one.citation} [{LETTERS[one.standing]}]" for one in sources)]))
    span = Span(sentence.span.start + place[0], sentence.span.start + place[1])
    claim = Claim(
        "law",
        None,
        "law",
        Where(),
        When(),
        span,
        sentence.span,
        wording=Phrasing(speaker=sentence.speaker, covers=_covered(span, topic, sentence.text[slice(*place)], holds)),
        terms=OfTopic(topic=topic),
    )
    state = {True: "agrees with the sources", False: "differs from the sources", None: "what the sources say"}[holds]
    return Answer(claim, "law", says, f"{state}: {says}.", citations=cited, law_holds=holds, measure="law")


def _said(one: "Provision") -> str:
    """What a provision says; a state's law with the day from which it holds."""
    since = one.dates.effective if one.state_law else None
    return one.says.rstrip(".") + (f" (from {brief(since)})" if since else "")


def _is_elsewhere(law: LawStatement, text: str, at: datetime) -> bool:
    """Whether a sentence names states, none of them one that a statement is about, or that has such a law."""
    named = {code.code for code in declared.states() if re.search(rf"\b{re.escape(code.name)}\b", text)}
    if law.effect:
        return (
            bool(named) and not {state for one in _of_states(law, text, at)[0] for state in one.territory or ()} & named
        )
    return law.of is not None and bool(named) and law.of not in named


def _of_states(law: LawStatement, text: str, at: datetime) -> "tuple[list[Provision], bool | None]":
    """The state laws of an effect; of the state that the sentence names alone, and whether it is in force then."""
    from ledger287.law.lawbook.book import shipped
    from ledger287.law.lawbook.provisions import state_of

    known = [
        one
        for one in shipped().provisions
        if one.state_law and one.state_law.effect in law.effect and one.territory and not one.bears_on_holds
    ]
    named = [code.code for code in declared.states() if re.search(rf"\b{re.escape(code.name)}\b", text)]
    here = [one for one in known if set(one.territory or ()) & set(named)]
    if not named and not SAYS_STATE.search(text):
        return list(laws_of({}, law.effect, law.federal)[0]), None
    if named and not here:
        return list(laws_of(states_in(text), law.effect, law.federal)[0]), None
    if len(named) != 1:
        shown = here if named else known
        return [one for one in shown if state_of(one, at) == "in force"] or shown, None
    states = {state_of(one, at) for one in here if one.standing != "unverified"}
    return here, True if "in force" in states else None


def _is_right(right: dict[str, Any], value: float | None, at: datetime, *, decade: bool = False) -> bool | None:
    """Whether a number, or a decade such as the 2000s, is the right one; None where no provision that may decide gives
    it."""
    if value is None:
        return None
    if "span" in right:
        low, high = right["span"]
        return bool(low <= value + 9 and value <= high) if decade else bool(low <= value <= high)
    from ledger287.law.lawbook.book import shipped

    if "year" in right:
        day = getattr(shipped().provision(right["of"]).dates, right["year"])
        return None if day is None else value == day.year
    try:
        known = shipped().parameter(right["of"], right["parameter"], at)
    except Refused:
        return None
    return value == known.value if known.decides else None


def _value(said: str) -> float | None:
    digits = said.replace(",", "")
    return float(digits) if digits.isdigit() else words_value(said)
