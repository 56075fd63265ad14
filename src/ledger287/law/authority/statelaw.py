"""What a state's law says for and against a function under an agreement, on a day.

What enters: state, kind of agency, function, signing day, and date and time. What leaves: ``BearingLaw``, one for each
rule that applies to it, with its effect on the answer. The module promises that a rule written only from memory is
shown as open and changes no verdict, and that a rule whose days are unsettled makes the verdict ``cannot tell``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from ledger287.core.finding import Citation
from ledger287.core.text import brief
from ledger287.law.lawbook.book import Lawbook
from ledger287.law.lawbook.provisions import Provision, begins, checked, state_of, value_holds

Bearing = Literal["bars", "undecided", "open", "against", "for", "note"]


@dataclass(frozen=True, slots=True)
class BearingLaw:
    """A rule of a state or of a court over it: ``bears`` is what it does, ``why`` says so in a sentence.

    ``bars`` and ``undecided`` move a verdict (to `barred by state law`, to `cannot tell`); ``open``,
    ``against``, ``for`` and ``note`` are reported with it.
    """

    provision: Provision
    bears: Bearing
    why: str
    checked: bool


def cited(entry: Provision) -> Citation:
    """A provision as a finding cites it."""
    return Citation(entry.id, entry.says, entry.citation, entry.standing, entry.checked_until.isoformat())


def laws(
    book: Lawbook, state: str, kind: str | None, function: str, signed: date | None, at: datetime
) -> tuple[BearingLaw, ...]:
    """Every encoded rule of a state that applies to a function at a date and time."""
    found = (_law(entry, kind, function, signed, at) for entry in book.state_laws.get(state, ()))
    return tuple(law for law in found if law)


def was_checked(found: Sequence[BearingLaw]) -> bool:
    """False where the function is a hold and nobody went through the state's law on holds for that day."""
    return not any(law.provision.state_law and law.provision.state_law.effect == "not checked" for law in found)


def _law(entry: Provision, kind: str | None, function: str, signed: date | None, at: datetime) -> BearingLaw | None:
    law = entry.state_law
    if law is None or (law.agency_types and kind is not None and kind not in law.agency_types):
        return None
    if law.functions and function not in law.functions + law.open_functions:
        return None
    bears, why = _bearing(entry, function, signed, at)
    if bears is None:
        return None
    if bears in ("bars", "undecided") and law.agency_types and kind is None:
        bears, why = (
            "undecided",
            f"{why}; it reaches only {', '.join(law.agency_types)} agencies, and ICE printed no kind",
        )
    return BearingLaw(entry, bears, why, checked(entry, at))


def _bearing(entry: Provision, function: str, signed: date | None, at: datetime) -> tuple[Bearing | None, str]:
    law, dates = entry.state_law, entry.dates
    if law is None:
        return None, ""
    existing = bool(
        signed and dates.effective and begins(signed, entry.territory) < begins(dates.effective, entry.territory)
    )
    holds = state_of(entry, at, existing=existing)
    if holds == "not yet":
        when = dates.effective
        if dates.enacted and when and at >= begins(dates.enacted, entry.territory):
            return "note", f"{entry.citation} was enacted, and takes effect on {brief(when)}"
        if dates.enacted and entry.unsettled and at >= begins(dates.enacted, entry.territory):
            return "note", f"{entry.citation} was enacted; {entry.unsettled.why}"
        return None, ""
    if holds == "ended":
        return None, ""
    if law.effect == "hold" and function == "hold" and holds == "in force" and _on_an_order(entry, at):
        return (
            "undecided",
            f"{entry.citation}: {entry.says} Not decided: whether a judge or magistrate ordered the hold",
        )
    if law.effect == "silent" and not entry.settled_silence:
        return "open", f"{entry.citation}: {entry.says} The act is known by accounts only"
    if law.effect in ("mandate", "allow", "hold", "honor", "silent"):
        return _bearing_with(entry, holds)
    if law.effect == "not checked":
        return "open", entry.says
    if law.bears_on == "holds":
        return _on_holds(entry, holds, function)
    if entry.standing == "unverified":
        return "open", f"{entry.citation}: {entry.says} (not verified, so it decides nothing here)"
    if law.effect == "restrict" and entry.kind == "holding":
        return "against", f"{entry.citation}: {entry.says}"
    if holds in ("unsettled", "day unknown"):
        return "undecided", f"{entry.citation}: {_unsettled(entry)}"
    if entry.kind == "state_policy":
        return (
            "undecided",
            f"{entry.citation} is a policy; whether it is State law under 8 U.S.C. 1357(g)(1) is not settled",
        )
    if law.effect == "restrict":
        return "undecided", f"{entry.citation}: {entry.says} Whether the agreement meets it is not known"
    if function in law.open_functions:
        return "undecided", f"{entry.citation} holds, and it is unknown whether it reaches this function"
    if existing and dates.comply_by and at < begins(dates.comply_by + timedelta(days=1), entry.territory):
        last = brief(dates.comply_by)
        return "note", f"{entry.citation}: an agreement signed before it may remain in effect to the end of {last}"
    return "bars", f"{entry.citation}: {entry.says}"


def _on_an_order(entry: Provision, at: datetime) -> bool:
    """Whether a state allows a hold at that time only on the order of a judge or magistrate."""
    ordered = (each for each in entry.parameters if each.name == "judicial_order" and each.value is True)
    return any(value_holds(each, entry, at) for each in ordered) and entry.kind == "state_law"


def _on_holds(entry: Provision, holds: str, function: str) -> tuple[Bearing, str]:
    """What a bar or limit on holds does: a statute whose text was seen bars; anything weaker gives ``cannot tell``."""
    law = entry.state_law
    if entry.kind == "holding" and law and function not in law.functions:
        return "against", f"{entry.citation}: {entry.says}"
    why = None
    if holds in ("unsettled", "day unknown"):
        why = _unsettled(entry)
    elif entry.kind == "state_policy":
        why = "a policy; whether it is State law under 8 U.S.C. 1357(g)(1) is not settled"
    elif entry.kind == "holding":
        why = "officers acting under a 287(g) agreement were not before the court"
    elif not entry.settles_holds:
        why = f"its text was not seen here ({entry.standing})"
    elif law and function in law.open_functions:
        why = "whether it reaches this function is not known"
    elif any(each.name == "hold_only_if" for each in entry.parameters) or (law and law.effect == "restrict"):
        why = "a hold is allowed only on conditions that the record does not have"
    return (
        ("undecided", f"{entry.citation}: {entry.says} Not decided: {why}")
        if why
        else ("bars", f"{entry.citation}: {entry.says}")
    )


def _bearing_with(entry: Provision, holds: str) -> tuple[Bearing, str]:
    law = entry.state_law
    if entry.standing == "unverified":
        return "open", f"{entry.citation}: {entry.says} (not verified)"
    doubt = f" ({_unsettled(entry)})" if holds in ("unsettled", "day unknown") and entry.unsettled else ""
    return ("for" if law and law.effect == "mandate" else "note"), f"{entry.citation}: {entry.says}{doubt}"


def _unsettled(entry: Provision) -> str:
    return entry.unsettled.why if entry.unsettled else "the day from which it holds is not known"
