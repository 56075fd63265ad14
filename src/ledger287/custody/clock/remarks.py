"""What does not fit in the question itself: a time zone of another state, a form of a later year, a day of no calendar.

What enters: a case, the law and the time of the start. What leaves: ``Remark``, each a sentence and what was expected
and found. A remark changes no clock: the end is computed from what was given, and the reader is reminded to check it.
"""

from dataclasses import dataclass
from datetime import timedelta

from ledger287.core.text import format_date
from ledger287.custody.case.facts import Case
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.vocabulary import marked
from ledger287.custody.duties.table import NOTED, problems_named
from ledger287.law.clocks.calendar import as_datetime, zones
from ledger287.law.lawbook.zones import zones_of


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that does not fit."""

    kind: str
    says: str
    expected: str
    found: str


def remarks(case: Case, law: Law, start: int) -> tuple[Remark, ...]:
    """What does not fit in a question about a hold that began at ``start``."""
    return tuple(one for one in (_zone(case, start), _form(case, law, start)) if one)


def span_notes(problems: int, law: Law, start: int | None) -> tuple[str, ...]:
    """For which law the answer speaks, where a time of the case is outside the span that was checked."""
    if not NOTED & set(problems_named(problems)):
        return ()
    if start is not None and start < law.checked_since:
        first = format_date(as_datetime(law.checked_since).date())
        return (f"Times before {first} are outside what is known here: calendars, and most of the law.",)
    return (f"{law.span_says}.",)


def order_notes(case: Case, law: Law, start: int) -> tuple[str, ...]:
    """That state law requires a judge's order, where none is recorded: an end is not permission."""
    rule = law.order(case.state)
    if rule is None or "judge_ordered" in case.at or case.code("warrant_form") in marked("warrant_form", "judicial"):
        return ()
    if start < (rule.since or start) or (rule.until is not None and start >= rule.until):
        return ()
    requires, cited = "requires" if rule.decides else "may require", law.book.provision(rule.rule).citation
    return (f"State law {requires} a judge's or magistrate's order for this hold: {cited}.",)


def _zone(case: Case, start: int) -> Remark | None:
    """A zone whose clocks showed no time of the state then. Zones of one offset, under several names, all fit."""
    if case.state is None or case.zone is None:
        return None
    mine = zones_of(case.state)
    offset = zones()[case.zone].offset(start)
    if offset is None or offset in {zones()[name].offset(start) for name in mine if name in zones()}:
        return None
    named = ", ".join(mine)
    says = (
        f"Check the time zone: {case.zone} is not a time zone of the state {case.state} ({named}); "
        "times were read in it as given."
    )
    return Remark("zone_of_another_state", says, f"a time zone of {case.state}: {named}", case.zone)


def _form(case: Case, law: Law, start: int) -> Remark | None:
    """A form that came into use only after the hold began, where no time of a detainer says so already."""
    form = law.form(case.named("detainer_form"))
    if form is None or form.since is None or start >= form.since or "detainer_received" in case.at:
        return None
    first = as_datetime(form.since + int(timedelta(hours=12).total_seconds())).date()
    day = format_date(first)
    says = f"Check the form: {form.name} came into use on {day}, after this hold began."
    return Remark(
        "form_out_of_use", says, f"a hold on or after {day}, when {form.name} came into use", "an earlier one"
    )
