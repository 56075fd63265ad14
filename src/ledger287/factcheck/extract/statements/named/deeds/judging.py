"""A deed of a named agency -> the answers to it, one for each agency and model.

What enters: a deed with its subjects. What leaves: answers. Promise: an accusation needs name and verb that are plainly
joined and a state that is known; what is otherwise not so is "cannot tell".
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Claim, Figure, OfAgencies, Phrasing, Sense, Span, When, Where
from ledger287.factcheck.extract.statements.named.deeds.leaving import departures, gave_up_some, left
from ledger287.factcheck.extract.statements.named.deeds.subjects import Mention
from ledger287.factcheck.extract.statements.named.deeds.verbs import Deed
from ledger287.factcheck.extract.statements.named.deeds.words import listed
from ledger287.factcheck.extract.statements.named.holding import held, says_jail
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.extract.statements.named.names.elsewhere import elsewhere_too
from ledger287.factcheck.extract.statements.named.names.naming import of_text
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import NOT_THEN

SENSES: dict[str, Sense] = {
    "signed": "signed",
    "since": "",
    "kept": "",
    "ended": "left",
    "exit": "left",
    "some": "own",
    "swapped": "left",
}
NUMBERS = {"one": 1.0, "two": 2.0, "both": 2.0, "three": 3.0}
NOT_PLAIN = "whether {} is of this agency is not plain in the sentence"


def answers_to(
    deed: Deed, parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index
) -> Iterator[Answer]:
    """The answers to one deed."""
    for mention in deed.mentions:
        for kind, when, model, span in _parts(deed, parsed):
            yield _answer(deed, kind, when, model, span, mention, parsed, behind, states, names, index)


def _parts(deed: Deed, parsed: Parsed) -> Iterator[tuple[str, When, str | None, Span]]:
    """What a deed says, one model at a time: took both jail models; swapped one agreement for another."""
    span = deed.span
    if deed.kind == "swapped":
        models = [one for one in parsed.tokens if one.kind == "MODEL" and span.start <= one.span.start < span.end]
        if len(models) == 2:
            cut = models[1].span.start
            yield "swapped", When(), models[0].value, Span(span.start, cut)
            if deed.when.windows:
                yield "signed", deed.when, models[1].value, Span(cut, span.end)
            else:
                yield "kept", When(), models[1].value, Span(cut, span.end)
        return
    if deed.kind == "signed" and deed.model == "JEM+WSO" and "both" in deed.said:
        for model in ("JEM", "WSO"):
            yield deed.kind, deed.when, model, span
        return
    only = deed.kind == "kept" and " only " in deed.said and deed.model
    yield deed.kind, deed.when, f"={deed.model.removeprefix('=')}" if only and deed.model else deed.model, span


def _answer(
    deed: Deed, kind: str, when: When, model: str | None, whole: Span, mention: Mention, parsed: Parsed,
    behind: Background, states: Sequence[str], names: Names, index: Index,
) -> Answer:  # fmt: skip
    offset = parsed.sentence.span.start
    stated = of_text(mention.name, stated_for(parsed, mention), states)
    event = kind == "off" and not _is_state_of_things(deed.said)
    sense: Sense = ("left" if event else "absent") if kind == "off" else SENSES[kind]
    named = Span(mention.start + offset, mention.end + offset)
    covers = [(whole, "what happened")]
    covers += [(when.span, "time")] if when.span else []
    covers.append((named, "agency"))
    role = "deed" if deed.plain and not deed.owned else "deed of its own" if deed.owned else "deed of somebody"
    agencies = _agencies(mention, names, stated or states, stated, index)
    figure = _figure(deed) if kind == "some" else None
    claim = Claim(
        "holds", figure, "agreements", Where(stated, True, "stated") if stated else Where(), when,
        whole if deed.owned else named, parsed.sentence.span, model,
        wording=Phrasing(speaker=parsed.sentence.speaker, covers=tuple(covers), role=role,
                         vague="still" if "still" in deed.said else None),
        terms=OfAgencies(agencies=agencies), sense=sense,
    )  # fmt: skip
    if kind == "some":
        by = behind.published.last if behind.published else index.days[-1]
        answer = gave_up_some(claim, mention.name, by, index, deed.numbers)
    else:
        answer = _held(claim, mention.name, behind, index, parsed.tokens, of_list=kind in ("off", "exit"))
    answer = _of_program(answer, deed, kind)
    if answer.verdict in NOT_THEN and not deed.plain:
        what = "the day" if kind == "signed" else "this"
        return _withdrawn(answer, NOT_PLAIN.format(what), "a person who reads the sentence")
    county = " County" in mention.name or " Parish" in mention.name
    if answer.verdict in NOT_THEN and not (stated or states or "State" in mention.name or county):
        answer = _withdrawn(answer, "the text names no state, and other states may have one of that name", "the state")
    return elsewhere_too(answer, mention.name, stated or states, index)


def _figure(deed: Deed) -> Figure:
    """How many agreements were given up, as printed."""
    every, gone, _ = deed.numbers
    said = every or gone or "all"
    number = NUMBERS.get(said, 0.0)
    start = deed.span.start + deed.said.index(said)
    return Figure(number, number, number, "exact", Span(start, start + len(said)), said)


def _held(
    claim: Claim, name: str, behind: Background, index: Index, tokens: Sequence[Token], *, of_list: bool
) -> Answer:
    loose = says_jail(tokens)
    by = behind.published.last if behind.published else index.days[-1]
    early = any(window.first < index.days[0] for window in claim.when.windows)
    if claim.sense == "left" and not early:
        answer = left(claim, name, by, index, of_list=of_list)
        other = loose and claim.model == "JEM" and answer.verdict in NOT_THEN
        if other and left(replace(claim, model="WSO"), name, by, index, of_list=of_list).verdict == "supported":
            return _withdrawn(answer, "a “jail agreement” may be of either model that works in jails", "the model")
        return answer
    answer = held(claim, name, behind, index, loose=loose)
    if claim.sense == "absent" and answer.verdict == "supported":
        ever = any(index.days[run.first] <= by for run in index.runs if run.agency_id in claim.agencies
                   and under(claim.model, run.model))  # fmt: skip
        if not ever:
            why = "no list before that day had it, and the sentence says that it was listed"
            return _withdrawn(answer, why, "an earlier list")
        if last := [one for one in departures(claim, index) if one.first_without <= by]:
            shown = left(claim, name, by, index, of_list=True).evidence or answer.evidence
            reason = f"{answer.reason.rstrip('.')}; last on the list of {brief(last[-1].last_day)}."
            return replace(answer, evidence=shown, reason=reason)
    return answer


def _of_program(answer: Answer, deed: Deed, kind: str) -> Answer:
    """An accusation withdrawn where what was given up may be something else, such as a contract for beds."""
    if kind not in ("ended", "exit") or answer.verdict not in NOT_THEN or NAMED.search(deed.said):
        return answer
    return _withdrawn(answer, "what was left is not named", "a person who reads the sentence")


NAMED = when_needed(r"287\(g\)|\bagreement|\bmodel|task force|enforcement|warrant|program")


def _withdrawn(answer: Answer, why: str, settles: str) -> Answer:
    return replace(
        answer, verdict="cannot_tell", reason=f"{answer.reason.rstrip('.')}; {why}.", right=(), settles=settles
    )


def _is_state_of_things(said: str) -> bool:
    """Whether a verb says that somebody is off the list, and not that it came off."""
    words = said.lower().split()
    return any(word in words for word in ("is", "are", "was", "were", "longer", "not")) and words[-1] != "from"


def stated_for(parsed: Parsed, mention: Mention) -> tuple[str, ...]:
    """The state right before or behind a name; else the only one that the sentence names."""
    offset = parsed.sentence.span.start
    places = [one for one in parsed.tokens if one.kind == "PLACE"]
    text = parsed.sentence.text
    for one in places:
        start, end = one.span.start - offset, one.span.end - offset
        behind = 0 <= start - mention.end <= 5 and text[mention.end : start].strip(" ,(") in ("", "in", "of")
        before = 0 <= mention.start - end <= 1
        if behind or before or mention.start <= start < mention.end:
            return (one.value,)
    named = {one.value for one in places if not _is_other(text[: one.span.start - offset])}
    return tuple(named) if len(named) == 1 else ()


OTHERS = when_needed(r"(?i)\b(?:outside|unlike|like|than|behind|after|beyond|neighboring)(?: of)? $")


def _is_other(before: str) -> bool:
    """Whether a state is named as another one than the agency's: the first outside Florida."""
    return OTHERS.search(before) is not None


FORMED = when_needed(r" (?:Borough|Township|City|Town|Village) Police Department$")
"""A town's police with the form of the town, which lists leave out."""


def _agencies(
    mention: Mention, names: Names, states: Sequence[str], stated: tuple[str, ...], index: Index
) -> tuple[str, ...]:
    """The agencies of a name; of a county's jail, the sheriff, or the prison that is listed for itself."""
    found = names.find(mention.name, states, stated=stated)
    if not found and (bare := FORMED.sub(" Police Department", mention.name)) != mention.name:
        found = names.find(bare, states, stated=stated)
    if not found and stated and mention.name.endswith(" Police Department"):
        town = mention.name.removesuffix(" Police Department")
        forms = (names.find(f"{town} {form} Police Department", states, stated=stated) for form in listed("forms"))
        found = next((one for one in forms if one), ())
    if not found and stated == ("VA",) and mention.name.endswith(" Police Department"):
        city = mention.name.removesuffix(" Police Department")  # Virginia's cities have sheriffs of their own
        found = names.find(f"{city} City Sheriff's Office", states, stated=stated)
        found = found or names.find(f"{city} County Sheriff's Office", states, stated=stated)
    if not mention.jail:
        return found
    forms = (names.find(f"{mention.name} {kind}", states, stated=stated) for kind in listed("jails"))
    county = mention.name.removesuffix(" County").removesuffix(" Parish")
    prisons = tuple(one for form in forms for one in form if county in index.agencies[one][0])
    return tuple(dict.fromkeys((*(one for one in found if index.kinds.get(one) == "sheriffs"), *prisons)))
