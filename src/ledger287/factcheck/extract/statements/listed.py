"""The places behind a number of them: two Maryland counties, Garrett and Washington; one territory, Guam.

What enters: a parsed sentence with the claims of its figures, and later their answers. What leaves: a claim for each
place
that is named, and the answer to the number, which falls with any of them. Promise: as many are named as are counted,
and
each name is a county of the one state that is meant.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ledger287.factcheck.extract.model import Claim, Figure, Phrasing, Span, Where
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Verdict

LISTED: Final = "listed"
"""The sense of a claim on a place that is named behind a number of them."""
WRONG = ("contradicted", "was_true", "became_true")
OPENING, CLOSING = (",", ":", "—", "–", "("), (",", ".", "—", "–", ")", ";")


def counties_listed(parsed: Parsed, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The counties or territories named behind the number of them or of their agreements, each of which has one."""
    done = {one.span for one in claims if one.sense == LISTED}
    for claim in claims:
        if not (claim.shape == "count" and claim.is_plain and claim.figure is not None) or claim.sense == LISTED:
            continue
        names = _names(parsed, claim) if claim.unit in (*OF_COUNTIES, "territories") else []
        if not names or len(names) != claim.figure.value:
            continue
        places = _territories(names) if claim.unit == "territories" else _counties(names, claim.where.states)
        if not places:
            continue
        for name, (state, counties) in zip(names, places, strict=True):
            span = Span(name[0].span.start, name[-1].span.end)
            if span in done:
                continue
            figure = Figure(1, 1, math.inf, "least", span, " ".join(one.text for one in name))
            ends = [
                (one.span, "place")
                for one in parsed.tokens
                if name is names[-1] and 0 <= one.span.start - span.end <= 1 and one.text.lower() in ENDING
            ]
            yield Claim(
                "count",
                figure,
                "agreements",
                Where((state,), True, figure.said, counties),
                claim.when,
                span,
                parsed.sentence.span,
                claim.model,
                wording=Phrasing(
                    speaker=parsed.sentence.speaker, spelled=True, distinct=True, covers=((span, "place"), *ends)
                ),
                sense=LISTED,
            )


OF_COUNTIES = ("counties", "agreements", "partnerships", "agencies")


def _counties(names: Sequence[Sequence[Token]], states: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The county of the one state that each name is; none where one of them is none."""
    from ledger287.places.gazetteer.geography import geography

    if len(states) != 1:
        return []
    found = [geography().county_named(states[0], f"{' '.join(one.text for one in name)} County") for name in names]
    return [(states[0], (one.fips,)) for one in found if one is not None] if all(found) else []


def _territories(names: Sequence[Sequence[Token]]) -> list[tuple[str, tuple[str, ...]]]:
    """The territory that each name is; none where one of them is none."""
    placed = [name[-1].value for name in names if name[-1].kind == "PLACE"]
    return [(code, ()) for code in placed] if len(placed) == len(names) else []


LEADING = ("in", "the", "counties", "of", "with", "those")
ENDING = ("counties", "parishes")
"""May be before the first name, and behind the last one."""


def _names(parsed: Parsed, claim: Claim) -> list[list[Token]]:
    """The capitalized names between the mark behind the unit and the next that closes their list."""
    after = [token for token in parsed.tokens if token.span.start >= claim.span.end]
    if not after or after[0].text not in OPENING:
        return []
    names: list[list[Token]] = [[]]
    for at, token in enumerate(after[1:], 1):
        inner = (
            names[-1] and token.text.lower() in PARTICLES and after[at + 1 : at + 2] and after[at + 1].text[0].isupper()
        )
        if inner or (token.text[0].isupper() and token.kind in ("WORD", "PLACE", "NAME", "FILL")):
            names[-1].append(token)
        elif token.text.lower() == "and" or (token.text == "," and _goes_on(after[at + 1 :])):
            names.append([])
        elif token.text in CLOSING:
            break
        elif token.text.lower().split()[0] not in (ENDING if names[-1] else LEADING):
            return []
    return [name for name in names if name]


PARTICLES = ("du", "de", "la", "des", "of", "the", "qui")
"""Words within the name of a county: Fond du Lac."""


def _goes_on(rest: Sequence[Token]) -> bool:
    """Whether a list goes on behind a comma: another name, and not the verb."""
    return bool(rest) and (rest[0].text[0].isupper() or rest[0].text.lower() == "and")


def with_listed(answers: Sequence[Answer], *, dated: bool) -> list[Answer]:
    """The answers; a number of places is as wrong as any of the places that it is said to be. On the day of a
    ``dated`` story that is wrong; that the place was right on other days does not make the number right on these."""
    found = list(answers)
    for at, answer in enumerate(found):
        claim = answer.claim
        if claim.unit in OF_COUNTIES[1:] and claim.sense != LISTED:
            found[at] = _with_members(answer, found)
        if claim.unit not in ("counties", "states", "territories") or answer.verdict not in ("supported", *WRONG):
            continue
        named = [one for one in found if one.claim.sense == LISTED and one.claim.sentence == claim.sentence
                 and one.claim.span.start >= claim.span.start]  # fmt: skip
        if answer.verdict != "supported":
            if named and claim.shape == "count" and claim.figure and claim.figure.value == len(named):
                reason = f"the number may be of those alone that are named behind it; of all, {answer.reason}"
                found[at] = replace(answer, verdict="cannot_tell", reason=reason, settles="whether there are others")
            continue
        wrong = next((one for one in named if one.verdict in WRONG), None)
        if wrong is not None:
            reason = f"{answer.reason} But not {wrong.claim.where.said}: {wrong.reason}"
            verdict: Verdict = "contradicted" if dated and wrong.verdict == "was_true" else wrong.verdict
            found[at] = replace(answer, verdict=verdict, reason=reason, evidence=answer.evidence + wrong.evidence)
    return found


def _with_members(answer: Answer, answers: Sequence[Answer]) -> Answer:
    """The number of agreements of which the counties are named: it fits alone where one of these has none."""
    claim = answer.claim
    named = [one for one in answers if one.claim.sense == LISTED and one.claim.sentence == claim.sentence
             and one.claim.where.states == claim.where.states and one.claim.span.start >= claim.span.end]  # fmt: skip
    wrong = next((one for one in named if one.verdict in WRONG), None)
    if wrong is None or answer.verdict != "supported" or not claim.figure or claim.figure.value != len(named):
        return answer
    reason = f"the figure fits ({answer.reason.rstrip('.')}), but not {wrong.claim.where.said}: {wrong.reason}"
    return replace(answer, verdict="figure_fits", reason=reason, evidence=answer.evidence + wrong.evidence)


def with_all_named(answers: Sequence[Answer]) -> list[Answer]:
    """The answers; of agencies that one list names ("the sheriffs of Hall, Polk and Cobb counties"), no one is called
    right where nothing is known of another, unless one is wrong, which tells already that the list is."""
    found = list(answers)
    lists: dict[tuple[object, ...], list[int]] = {}
    for at, answer in enumerate(found):
        claim = answer.claim
        if claim.shape == "holds" and claim.figure is None:
            lists.setdefault((claim.span, claim.sentence, claim.sense, claim.model), []).append(at)
    for places in lists.values():
        other = next((found[at] for at in places if found[at].verdict != "supported"), None)
        if other is None or any(found[at].verdict in WRONG for at in places):
            continue
        for at in places:
            if found[at].verdict == "supported":
                reason = f"of this one it holds: {found[at].reason} But not of all that the list names: {other.reason}"
                found[at] = replace(found[at], verdict="cannot_tell", reason=reason, settles="each agency by itself")
    return found
