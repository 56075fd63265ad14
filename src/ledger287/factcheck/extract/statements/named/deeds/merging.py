"""The answers of a sentence with what its verbs say of agencies, where no other reader decided it.

What enters: a parsed sentence and the answers that other readers gave. What leaves: the answers. Promise: of one agency
and day there is one answer, the one that says as much as the sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.extract.statements.named.deeds.judging import answers_to
from ledger287.factcheck.extract.statements.named.deeds.verbs import deeds_of
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import JUDGED, NOT_THEN

GONE = ("left", "absent")


def with_deeds(
    parsed: Parsed, answers: Sequence[Answer], behind: Background, states: Sequence[str], names: Names, index: Index,
    before: Parsed | None = None,
) -> list[Answer]:  # fmt: skip
    """The answers of a sentence, with what its verbs say of agencies where no other reader decided it."""
    kept, made = list(answers), list[Answer]()
    for answer in _deeds(parsed, behind, states, names, index, before):
        claim = answer.claim
        if any(_key(one.claim) == _key(claim) for one in made):
            continue
        listed = _list_of(claim, answers)
        if claim.sense not in GONE and any(_is_of_list(one.claim, claim) for one in listed):
            continue  # each name of a list has an answer
        same = [
            one for one in kept
            if _is_of_same(one.claim, claim) and one not in made
            and (one not in listed or one.claim.agencies == claim.agencies)
        ]  # fmt: skip
        equal = [
            one for one in same
            if one.verdict == answer.verdict and one.claim.model == claim.model and not one.claim.under
        ]  # fmt: skip
        if not equal and any(one.verdict in JUDGED and _says_as_much(one.claim, claim) for one in same):
            continue
        if answer.verdict not in JUDGED and same:
            continue
        if equal and len({one.claim.model for one in same}) > 1:
            continue  # each of its models has an answer
        within = [
            one for one in kept
            if one.claim.shape == "holds" and one.claim.agencies != claim.agencies
            and claim.span.start <= one.claim.span.start and one.claim.span.end < claim.span.end
            and one not in made and one not in listed
        ]  # fmt: skip
        """A part of the name was taken for another agency: Pinal County, of Pinal County Attorney's Office."""
        kept = [_of_other_time(one, answer) if one not in made else one for one in kept]
        dropped = [one for one in same if one.verdict not in JUDGED or _is_undone(one.claim, claim)] + within + equal
        kept = [one for one in kept if one not in dropped] + [answer]
        made.append(answer)
    went = {one.claim.agencies for one in made if one.claim.sense in GONE and one.verdict in JUDGED}
    return [_of_contract(_of_whoever_went(one, went, made), parsed) for one in kept]


def _of_whoever_went(answer: Answer, went: set[tuple[str, ...]], made: Sequence[Answer]) -> Answer:
    """That another agency left, withdrawn where it is held against it: the verb that says so is of whoever went."""
    claim = answer.claim
    if (
        not went
        or claim.agencies in went
        or claim.sense not in GONE
        or answer.verdict not in NOT_THEN
        or answer in made
    ):
        return answer
    reason = f"{answer.reason.rstrip('.')}; whether it is said of this agency is not plain."
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="a person who reads the sentence")


CONTRACT = when_needed(r"(?i)\b(?:contracts?|deals?|partnerships?|arrangements?|pacts?)\b")
NAMED = when_needed(r"(?i)287\(g\)|\bagreements?\b|\bmodel|\bprogram\b|\blist\b|task force|enforcement|warrant service")


def _of_contract(answer: Answer, parsed: Parsed) -> Answer:
    """That a contract ended, withdrawn where it may be one for beds in a jail and not one of the program."""
    text = parsed.sentence.text
    if (
        answer.claim.sense != "left"
        or answer.verdict not in NOT_THEN
        or not CONTRACT.search(text)
        or NAMED.search(text)
    ):
        return answer
    reason = f"{answer.reason.rstrip('.')}; the contract may be another than one of the program."
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="which contract is meant")


def _of_other_time(one: Answer, deed: Answer) -> Answer:
    """What is held against an agency for another time than that of what it did, withdrawn."""
    apart = deed.claim.when.windows and one.claim.when.windows not in ((), deed.claim.when.windows)
    of_same = one.claim.shape == "holds" and one.claim.agencies == deed.claim.agencies and one.claim.figure is None
    if not (apart and of_same and one.verdict in NOT_THEN and deed.verdict in JUDGED):
        return one
    reason = f"{one.reason.rstrip('.')}; the time may be that of another statement."
    return replace(one, verdict="cannot_tell", reason=reason, right=(), settles="a person who reads the sentence")


def _key(claim: Claim) -> object:
    return claim.agencies or claim.span, claim.model, claim.sense, claim.when.windows


def _is_of_same(one: Claim, deed: Claim) -> bool:
    """Whether a claim of another reader is of the agency and the day of a deed."""
    if one.shape != "holds" or one.figure is not None:
        return False
    name = next((span for span, role in deed.wording.covers if role == "agency"), deed.span)
    unknown = not one.agencies and one.span.start < name.end and name.start < one.span.end
    if not (one.agencies == deed.agencies or one.span == deed.span or unknown):
        return False
    return one.when.windows == deed.when.windows or not one.when.windows or deed.sense in GONE


def _is_undone(one: Claim, deed: Claim) -> bool:
    """Whether a sentence that was read as that an agency has an agreement says that it gave it up."""
    return (deed.sense in GONE and one.sense == "" and not one.under) or _is_of_another_day(one, deed)


def _is_of_another_day(one: Claim, deed: Claim) -> bool:
    """Whether a claim that somebody left has another time than the verb that says so."""
    gone = deed.sense in GONE and one.sense in GONE
    return gone and bool(deed.when.windows) and one.when.windows != deed.when.windows


def _list_of(deed: Claim, answers: Sequence[Answer]) -> list[Answer]:
    """The answers on the names of one list, "Hall, Polk and Cobb counties", of which a deed has one."""
    name = next((span for span, role in deed.wording.covers if role == "agency"), deed.span)
    held = [one for one in answers if one.claim.shape == "holds" and one.claim.figure is None]
    near = [one for one in held if one.claim.span.start < name.end and name.start < one.claim.span.end]
    spans = {one.claim.span for one in near if one.claim.agencies == deed.agencies}
    found = [one for one in near if one.claim.span in spans]
    names = {one.claim.agencies or one.meaning for one in found if one.claim.model == deed.model}
    return found if len(names) > 1 else []


def _is_of_list(one: Claim, deed: Claim) -> bool:
    """Whether a claim on one name of a list says of it what a deed does."""
    return (one.agencies, one.sense, one.model, one.when.windows) == (
        deed.agencies, deed.sense, deed.model, deed.when.windows
    )  # fmt: skip


def _says_as_much(one: Claim, deed: Claim) -> bool:
    """Whether a claim of the same agency and day has the deed's model, or names one where the deed names none: "has a
    task force agreement, which it signed in May" is not supported by a jail agreement of May."""
    if (deed.sense in GONE) != (one.sense in GONE) or _is_of_another_day(one, deed):
        return False
    return deed.model is None or one.model in (deed.model, None)


def _deeds(
    parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index, before: Parsed | None
) -> Iterator[Answer]:
    """One answer for each verb, agency and model."""
    for deed in deeds_of(parsed, behind, before):
        for answer in answers_to(deed, parsed, behind, states, names, index):
            if answer.claim.agencies or not any(one.name.endswith("Police Department") for one in deed.mentions):
                yield answer


BORROWED = "the model is named in another clause, of a named agency"


def without_borrowed(parsed: Parsed, things: Sequence[tuple[int, Answer | Claim]], answers: Sequence[Answer]) -> list[
    tuple[int, Answer | Claim]
]:  # fmt: skip
    """Counts of a sentence whose model is only named in what a verb says of an agency: not plain of them."""
    deeds = [one.claim for one in answers if one.claim.wording.role.startswith("deed")]
    if not deeds:
        return list(things)
    spans = [_reach(one) for one in deeds]
    outside = {
        one.value for one in parsed.tokens
        if one.kind == "MODEL" and not any(first <= one.span.start < last for first, last in spans)
    }  # fmt: skip
    return [
        (at, one.worded(unsure=one.wording.unsure or BORROWED))
        if isinstance(one, Claim) and one.model and one.model not in outside else (at, one)
        for at, one in things
    ]  # fmt: skip


def _reach(claim: Claim) -> tuple[int, int]:
    """From the verb of a deed to the end of its day."""
    spans = [span for span, role in claim.wording.covers if role != "agency"]
    return min(one.start for one in spans), max(one.end for one in spans)
