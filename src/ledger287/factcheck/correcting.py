"""A reading corrected by a person, from closed choices, and the verdict that follows from it.

What enters: a checked article and, for some of its claims, the place, model, unit or day that a person chose. What
leaves: the article with these claims answered by the reading chosen. Promise: what is not chosen stays as it was
read; a corrected answer says that a person chose its reading, so that nobody takes it for what the sentence says.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import brief, plural
from ledger287.factcheck.extract.model import Claim, Days, When, Where
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.verdicts.answers import Answer, Checked
from ledger287.factcheck.verdicts.judging import judge

NATION = "US"
ANY_MODEL = "any"
UNITS = ("agreements", "agencies", "sheriffs", "police", "state_agencies", "counties", "states", "applications")
"""What a person may say that a figure counts."""
NAMES = ("place", "model", "unit", "day")
"""What can be chosen of a reading."""
CORRECTED = "this reading was chosen by a person; it is not taken from the sentence"
CORRECTABLE = ("count", "signed", "other")


@dataclass(frozen=True, slots=True)
class ChosenReading:
    """What a person chose of one claim's reading; None where it stays as it was read."""

    place: str | None = None
    model: str | None = None
    unit: str | None = None
    day: date | None = None


def places() -> tuple[str, ...]:
    """The places to choose from: the nation, the states, the territories."""
    return (NATION, *(code.code for code in declared.states() + declared.territories()))


def models() -> tuple[str, ...]:
    """The models to choose from, and any of them."""
    return (ANY_MODEL, *(code.code for code in declared.models()))


def reading_of(
    place: str | None = None, model: str | None = None, unit: str | None = None, day: str | None = None
) -> ChosenReading:
    """A reading of what a form or a caller gives. Raises ValueError for what is not among the choices."""
    for said, choices in ((place, places()), (model, models()), (unit, UNITS)):
        if said and said not in choices:
            raise ValueError(f"{said!r} is not among the choices; expected one of {', '.join(choices)}")
    try:
        chosen = date.fromisoformat(day) if day else None
    except ValueError:
        raise ValueError(f"{day!r} is not a day; expected one as 2025-08-14") from None
    return ChosenReading(place or None, model or None, unit or None, chosen)


EXPECTED = (
    "expected the number of a claim and what is chosen for it, as 2:place=FL,model=TFM,unit=agencies,day=2025-08-14"
)
ONE = when_needed(r"\s*(\d{1,4})\s*:\s*(\S.*)", re.DOTALL)


def reading_in_words(text: str) -> tuple[int, ChosenReading]:
    """The claim and the reading that ``2:place=FL,unit=agencies`` chooses. Raises ValueError, with what is expected."""
    found = ONE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r}: {EXPECTED}")
    chosen: dict[str, str] = {}
    for part in found[2].split(","):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if name not in NAMES or not sign or not value:
            raise ValueError(f"{part.strip()!r}: expected one of {', '.join(NAMES)} with its value; {EXPECTED}")
        if name in chosen:
            raise ValueError(f"{name} is chosen twice in {text!r}; choose it once")
        chosen[name] = value.upper() if name == "place" or (name == "model" and value != ANY_MODEL) else value
    return int(found[1]), reading_of(**chosen)


def not_correctable(checked: Checked, numbers: Iterable[int]) -> str | None:
    """What is wrong with correcting claims of these numbers; None where each of them counts something."""
    able = [number for number, answer in enumerate(checked.answers, 1) if correctable(answer)]
    wrong = [number for number in numbers if number not in able]
    if not wrong:
        return None
    which = ", ".join(map(str, able))
    expected = f"Those that can be corrected: {which}." if able else "None of its claims can be corrected."
    known = 1 <= wrong[0] <= len(checked.answers)
    why = (
        "is not one that counts something" if known else f"is not there; it has {plural(len(checked.answers), 'claim')}"
    )
    return f"claim {wrong[0]} of {checked.article.name} {why}. {expected}"


def correctable(answer: Answer) -> bool:
    """Whether a claim counts something, so that place, model, unit and day can be chosen for it."""
    claim = answer.claim
    return claim.figure is not None and claim.shape in CORRECTABLE and answer.same_as is None


def corrected(checked: Checked, chosen: Mapping[int, ChosenReading], index: Index) -> Checked:
    """The article with the claims of these numbers (from 1) answered as a person reads them."""
    answers = tuple(
        _answered(answer, chosen[number], checked, index) if number in chosen and correctable(answer) else answer
        for number, answer in enumerate(checked.answers, 1)
    )
    return replace(checked, answers=answers)


def _answered(answer: Answer, chosen: ChosenReading, checked: Checked, index: Index) -> Answer:
    claim = _claim(answer.claim, chosen)
    found = judge(claim, checked.article.published, index)
    day = f", on {brief(chosen.day)}" if chosen.day else ""
    return replace(found, account=answer.account, notes=(*found.notes, f"{CORRECTED}{day}"))


def _claim(claim: Claim, chosen: ChosenReading) -> Claim:
    """The claim with what was chosen, and without what made the sentence's own words doubtful."""
    unit = chosen.unit or claim.unit
    pending = unit == "applications" or (claim.pending and chosen.unit is None)
    where = claim.where
    if chosen.place:
        where = Where((), True, "chosen") if chosen.place == NATION else Where((chosen.place,), True, "chosen")
    when = claim.when
    if chosen.day:
        when = When((Days(chosen.day, chosen.day),), True, said=f"on {brief(chosen.day)}")
    model = claim.model if chosen.model is None else None if chosen.model == ANY_MODEL else chosen.model
    return replace(
        claim.worded(qualified=None, unsure=None, hints=(), vague=None, named=()),
        shape="count" if claim.shape == "other" or chosen.day else claim.shape,
        unit="agreements" if unit == "applications" else unit if unit in UNITS else "agreements",
        where=where,
        when=when,
        model=model,
        pending=pending,
        sense="",
    )
