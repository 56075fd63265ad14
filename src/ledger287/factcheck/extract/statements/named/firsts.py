"""Who was the first: "Hazleton was the first Pennsylvania city to join the program, in March 2025".

What enters: a parsed sentence, the names of the record, the index. What leaves: answers. Promise: only statements that
one declared form holds completely; of agencies, those of the kind, place and model that are named, signing since the
time that is named; who was the first is shown by the days of signing, and where another signed on the same day it is
"cannot tell". Before the first list only what the lists still printed is known, and the answer says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.amounts.times.windows import resolve
from ledger287.factcheck.extract.model import Claim, Days, Figure, OfAgencies, Phrasing, Span, When, Where
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.extract.statements.named.names.unlisted import NOT_YET
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer

NAME = r"(?:[A-Z][\w’'.&-]*|of|the|for|and|office|attorney|general[’']s|police|sheriff[’']s?)"
KINDS = {
    "agency": None, "law enforcement agency": None, "local agency": None, "state agency": "state_agencies",
    "police department": "police", "city": "police", "town": "police", "borough": "police", "municipality": "police",
    "sheriff": "sheriffs", "sheriff's office": "sheriffs", "sheriff’s office": "sheriffs", "county": "counties",
    "university": "campuses", "campus": "campuses", "campus police department": "campuses",
    "state": "states", "territory": "territories", "department": None,
}  # fmt: skip
"""Of which kind somebody was the first."""
KIND = "|".join(re.escape(one) for one in sorted(KINDS, key=len, reverse=True))
STATE = r"[A-Z][a-z]+(?: [A-Z][a-z]+)?"
FIRST = when_needed(
    rf"^(?:But |And |Then )?(?P<subject>(?:[Tt]he )?{NAME}(?: {NAME}){{0,7}}) (?:was|is|became|has become) "
    rf"(?P<first>the first)(?: (?P<before>{STATE}))?(?: (?P<kind>{KIND}))?"
    rf"(?: (?P<nation>in the (?:country|nation|United States))| in (?P<place>{STATE}))? "
    r"to (?:sign(?: on| up)?|join|enter|enroll in|take part in|get|have|obtain|secure)"
    r"(?: (?:an?|the))?(?: new)?(?: (?:287\(g\)|task force|jail(?: enforcement)?|warrant(?: service)?(?: officer)?|"
    r"model|agreement|partnership|pact|program|with ICE))*(?P<rest>[^;:—]*)$"
)
TERRITORIES = ("GU", "MP", "PR", "VI", "AS")


def firsts(parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index) -> Iterator[Answer]:
    """The answer on a sentence that says who was the first; none where anything else is in it."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    found = FIRST.match(text.rstrip(".")) if "the first" in text else None
    if found is None:
        return
    inside = [one for one in parsed.tokens if one.span.start - offset >= found.start("rest")]
    if any(
        one.kind not in ("WHEN", "MARK", "NATION") and one.text.lower() not in ("in", "on", "the") for one in inside
    ):
        return
    after = [one for one in parsed.tokens if one.span.start - offset >= found.start("first")]
    own, since = _times([one for one in inside if one.kind == "WHEN"], behind)
    places = tuple(dict.fromkeys(one.value for one in after if one.kind == "PLACE"))
    models = {one.value for one in after if one.kind == "MODEL"}
    kind = KINDS.get(found["kind"] or "agency")
    if len(places) > 1 or len(models) > 1 or own is None:
        return
    if (found["before"] or found["place"]) and not places:
        return
    model = next(iter(models), None)
    rows = _rows(index, kind, places, model, since)
    mine = _mine(found["subject"], kind, places or _stated(parsed, found) or tuple(states), names)
    first = Span(offset + found.start("first"), offset + found.end("first"))
    claim = Claim(
        "holds",
        Figure(1.0, 1.0, 1.0, "exact", first, found["first"]),
        "agreements",
        Where(places, True, "first"),
        When(),
        first,
        parsed.sentence.span,
        model,
        wording=Phrasing(
            speaker=parsed.sentence.speaker, covers=((Span(offset, offset + len(text.rstrip("."))), "rank"),)
        ),
        sense="first",
    )
    known = bool(places or found["nation"] or kind in ("states", "territories")) and bool(mine)
    answer = _answer(claim, found["subject"], rows, mine if known else (), own, index)
    ever = since == date.min and not own
    if ever and answer.verdict == "contradicted" and not places:
        reason = f"{answer.reason.rstrip('.')}; but agreements that ended before the first list are not in it."
        answer = replace(answer, verdict="cannot_tell", reason=reason, settles="ICE's pages before the lists")
    late = behind.published is None or behind.published.last > index.days[-1] - NOT_YET
    if late and answer.verdict == "contradicted" and not answer.notes:
        reason = "the record has no signing by it then; one may not be printed yet."
        answer = replace(answer, verdict="cannot_tell", reason=reason, settles="a later list")
    yield answer


def _stated(parsed: Parsed, found: re.Match[str]) -> tuple[str, ...]:
    """The state that the subject's own name has."""
    end = parsed.sentence.span.start + found.end("subject")
    return tuple(dict.fromkeys(one.value for one in parsed.tokens if one.kind == "PLACE" and one.span.end <= end))


def _times(dated: Sequence[Token], behind: Background) -> tuple[tuple[Days, ...] | None, date]:
    """When it is said to have signed, and since when the others are counted; None where a time is not plain."""
    own: tuple[Days, ...] = ()
    since = date.min
    for token in dated:
        when = resolve(token.dated, behind.published, behind.years) if token.dated else When()
        if len(when.windows) != 1:
            return None, since
        said = token.text.lower()
        if when.since or said.startswith(("since", "after")):
            since = when.windows[0].first
        elif re.fullmatch(r"in \d{4}|(?:this|last) year", said):
            since, own = when.windows[0].first, (*own, when.windows[0])
        else:
            own = (*own, when.windows[0])
    return own, since


def _rows(
    index: Index, kind: str | None, places: Sequence[str], model: str | None, since: date
) -> list[tuple[date, str, str]]:
    """Day, agency and state of those among whom somebody was the first, by day."""
    return [
        (day, agency, state)
        for day, _, agency, state, signed in index.signings
        if day >= since and under(model, signed) and (not places or state in places)
        and _is_kind(index, kind, agency, state)
    ]  # fmt: skip


def _is_kind(index: Index, kind: str | None, agency: str, state: str) -> bool:
    if kind is None:
        return True
    if kind in ("states", "territories"):
        return (state in TERRITORIES) == (kind == "territories")
    if kind == "counties":
        return index.kinds.get(agency) == "sheriffs"
    return index.kinds.get(agency) == kind


def _mine(subject: str, kind: str | None, states: Sequence[str], names: Names) -> tuple[str, ...]:
    """The agencies, or the state or territory, that the subject is; several where it is not plain."""
    from ledger287.core import declared

    name = subject.removeprefix("The ").removeprefix("the ")
    if kind in ("states", "territories"):
        code = declared.state_codes().get(name)
        return (code,) if code else ()
    attorney = re.match(r"(.+?) [Aa]ttorney [Gg]eneral(?:[’']s)?(?: [Oo]ffice)?$", name)
    name = f"{attorney[1]} Office of the Attorney General" if attorney else name
    forms = [name, f"{name} Police Department"] if kind in ("police", None) else [name]
    forms += [f"{name} County", f"{name} County Sheriff's Office"] if kind in ("counties", "sheriffs") else []
    forms += [f"{name} Police", f"{name} Police Department"] if kind == "campuses" else []
    return next((one for one in (names.find(form, states, stated=states) for form in forms) if one), ())


def _answer(
    claim: Claim, name: str, rows: Sequence[tuple[date, str, str]], mine: Sequence[str], own: tuple[Days, ...],
    index: Index,
) -> Answer:  # fmt: skip
    meaning = f"{name} was the first to sign an agreement" + (f" under {claim.model}" if claim.model else "")
    claim = replace(claim, terms=OfAgencies(agencies=tuple(mine) if all(one in index.agencies for one in mine) else ()))
    if len(mine) != 1:
        reason = "who is meant, or first of what, is not plain in the record."
        return Answer(claim, "cannot_tell", meaning, reason, measure="signed_first", settles="the agency and the place")
    days = [day for day, agency, state in rows if mine[0] in (agency, state)]
    others = [(day, agency) for day, agency, state in rows if mine[0] not in (agency, state)]
    note = f"of the agreements listed since {brief(index.days[0])}; earlier ones are not in the record"
    if not days:
        return Answer(claim, "contradicted", meaning, "the record has no signing by it then.", measure="signed_first")
    began = days[0]
    in_time = all(any(one.first <= day <= one.last for day in days) for one in own)
    if others and others[0][0] < began:
        day, signer = others[0]
        reason = f"{index.agencies[signer][0]} signed on {brief(day)}, {name} on {brief(began)}."
        return Answer(claim, "contradicted", meaning, reason, measure="signed_first", notes=(note,))
    if not in_time:
        reason = f"{name} signed on {brief(began)}, not on the day stated."
        return Answer(claim, "contradicted", meaning, reason, measure="signed_first", notes=(note,))
    if others and others[0][0] == began:
        reason = f"{index.agencies[others[0][1]][0]} signed on the same day, {brief(began)}."
        return Answer(claim, "cannot_tell", meaning, reason, measure="signed_first", settles="the hour of signing")
    reason = f"{name} signed on {brief(began)}; none of the others signed before it."
    return Answer(claim, "supported", meaning, reason, measure="signed_first", notes=(note,))
