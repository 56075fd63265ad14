"""The ends of clocks as columns: what ``limits`` says of a case, over all rows of a table.

What enters: a table of cases with holds, models and calendars. What leaves: each clock's end, the earliest, and
which it is; and small words that the columns of verdicts share. A comparison with an unknown time is unknown.
"""

from __future__ import annotations

from ledger287.core.problem import Refused
from ledger287.custody.case.facts import JEM, MASKS, MODEL_UNKNOWN, WSO
from ledger287.custody.case.hold_law import Law, StateClock
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, marked, number
from ledger287.custody.columns.words import any_of, int_of, least_of, seconds, unclear
from ledger287.custody.duties import table as duties
from ledger287.custody.relations.column import Column, cases, coalesce, greatest, least, literal
from ledger287.custody.relations.table import Table


def by_model(table: Table, law: Law, name: str) -> Column:
    """The hours of the agency's model, the fewer where it has two, in seconds; of either where it is not known."""
    jem, wso = (seconds(getattr(law.model(model), name)) for model in ("JEM", "WSO"))
    if jem == wso:
        return literal(jem, "int64")
    has_jem, has_wso = (table.models & JEM) != 0, (table.models & WSO) != 0
    return cases((has_jem & ~has_wso, int_of(jem)), (has_wso & ~has_jem, int_of(wso)), otherwise=int_of(min(jem, wso)))


# -- clocks ----------------------------------------------------------------------------------------------------


def with_clocks(table: Table, law: Law) -> Table:
    """Every clock's end (``limits.limits_of``), then the earliest (``limits.governing_of``).

    The models are left as those whose text, of that time, was read (``limits.of_read_texts``).
    """
    jail = (table.models & (JEM | WSO)) != 0
    paid = table.paid_detention == number("paid_detention", "yes")
    table = table.mutate(
        flat_end=table.start + seconds(law.default_hours),
        jail=jail,
        agreement_end=cases(
            (jail & ~paid, table.custody_passed_to_ice + by_model(table, law, "hold_hours")), otherwise=int_of(None)
        ),
    )
    table = table.mutate(request_end=request_end(table, law), request_late=request_end(table, law, late=True))
    table = table.mutate(**_state_ends(table, law))
    table = table.mutate(by_state=least(table.zero_end, table.state_end))
    limit = least(table.by_state, table.request_end, table.agreement_end, table.regulation_end)
    read = _of_read_texts(table, law)
    jail = (read & (JEM | WSO)) != 0
    same = read is table.models
    agreement = table.agreement_end if same else cases((jail, table.agreement_end))
    late = least(table.zero_end, table.state_late, table.request_late, agreement, table.regulation_late)
    table = table.mutate(limit_end=limit, limit_late=late)
    if not same:
        table = table.mutate(models=read, jail=jail)
    return table.mutate(
        governing=cases(
            (table.by_state == table.limit_end, duties.STATE),
            (table.request_end == table.limit_end, duties.REQUEST),
            (table.agreement_end == table.limit_end, duties.AGREEMENT),
            (table.regulation_end == table.limit_end, duties.CEILING),
            otherwise=0,
        ).cast("int8")
    )


def _of_read_texts(table: Table, law: Law) -> Column:
    """The models, unknown where the text of the agency's own, of that time, was not read."""
    models = table.models
    for text in law.models:
        if text.since is not None:
            bit = MASKS[text.model]
            early = (table.anchor < text.since).fill_null(False) & ((models & bit) != 0)
            unknown = ((models & ~bit) | MODEL_UNKNOWN).cast("int8")
            models = cases((early, unknown), otherwise=models)
    return models


def request_end(table: Table, law: Law, *, late: bool = False) -> Column:
    """When what the form asks for ends; the default clock where it is not named, none where it is not understood."""
    pairs = [(table.detainer_form == NOT_UNDERSTOOD, int_of(None))]
    if late:
        pairs.append((unnamed_column(table, law), table.regulation_late))
    for form in law.forms:
        if form.hours is None:
            continue
        mine = table.detainer_form == number("detainer_form", form.name)
        if form.excludes == "nothing":
            pairs.append((mine, table.start + seconds(form.hours)))
        else:
            _same_as_regulation(law, form.hours, form.excludes, form.rule)
            pairs.append((mine, table.regulation_late if late else table.regulation_end))
    return cases(*pairs, otherwise=table.flat_end)


def unnamed_column(table: Table, law: Law) -> Column:
    """Whether no form is named, and it may have been the older one (``limits.unnamed``)."""
    at = coalesce(table.detainer_received, table.start)
    return (table.detainer_form == BLANK) & (at < law.served_since).fill_null(False)


def _same_as_regulation(law: Law, hours: float, excludes: str, rule: str) -> None:
    if (hours, excludes) != (law.regulation_hours, law.regulation_excludes):
        raise Refused(
            f"rule {rule}: a clock of {hours} hours without {excludes}, which is not the regulation's, has no calendar "
            "table yet; add one in custody/audit.py (with_calendar)."
        )


def _state_ends(table: Table, law: Law) -> dict[str, Column]:
    names = ("zero_end", "zero_open_end", "state_end", "state_late", "state_open_end")
    ends: dict[str, list[Column]] = {name: [] for name in names}
    untold = []
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    doubtful = table.warrant_form == NOT_UNDERSTOOD
    for limit in law.states:
        if _opens(limit):
            continue
        here, end, not_told = _state_end(table, law, limit)
        untold.append(not_told)
        if limit.hours == 0:
            mine = here & ~judicial
            sure = mine & ~doubtful if limit.decides else literal(False)
            ends["zero_end"].append(cases((sure, end), otherwise=int_of(None)))
            ends["zero_open_end"].append(cases((mine & ~sure, end), otherwise=int_of(None)))
        else:
            name = "state_end" if limit.decides else "state_open_end"
            ends[name].append(cases((here, end), otherwise=int_of(None)))
            if limit.decides:
                _, latest, _ = _state_end(table, law, limit, late=True)
                ends["state_late"].append(cases((here, latest), otherwise=int_of(None)))
    ends["zero_open_end"].append(cases((~judicial, _opened(table, law)), otherwise=int_of(None)))
    found = {name: least_of(columns) for name, columns in ends.items()}
    return found | {"state_untold": any_of(untold).fill_null(False)}


def _opens(limit: StateClock) -> bool:
    """Whether a clock only leaves a hold open from its first moment."""
    return limit.hours == 0 and not limit.decides and limit.starts == "releasable" and limit.excludes == "nothing"


def _opened(table: Table, law: Law) -> Column:
    """The earliest time from which an open law of the state may bar a hold; one expression for all states alike."""
    spans: dict[tuple[int | None, int | None], list[str]] = {}
    for limit in filter(_opens, law.states):
        spans.setdefault((limit.since, limit.until), []).append(limit.state)
    ends = []
    for (since, until), states in spans.items():
        end = table.start if since is None else greatest(table.start, literal(since, "int64"))
        here = table.state.isin(states) & table.start.notnull()
        if since is not None:
            here = here & (literal(since, "int64") < coalesce(table.left, table.flat_end))
        if until is not None:
            here = here & (end < until)
        ends.append(cases((here, end), otherwise=int_of(None)))
    return least_of(ends)


def _state_end(table: Table, law: Law, limit: StateClock, *, late: bool = False) -> tuple[Column, Column, Column]:
    """Whether the clock applies to a row; when it ends there; whether that is unknown."""
    here = (table.state == limit.state) & table.start.notnull()
    if limit.since is not None:
        here = here & (literal(limit.since, "int64") < coalesce(table.left, table.flat_end))
    holds = (table.start >= (limit.since or 0)) & (literal(True) if limit.until is None else table.start < limit.until)
    base, not_told = table.start, literal(False)
    if limit.starts == "receipt":
        base = table.detainer_received
        not_told = here & unclear(table, "detainer_received") & holds
    if limit.excludes == "nothing":
        end = base + seconds(limit.hours)
    else:
        _same_as_regulation(law, limit.hours, limit.excludes, limit.rule)
        end = table.regulation_late if late else table.regulation_end
        not_told = here & end.isnull() & holds
    floor = table.start if limit.since is None else greatest(table.start, literal(limit.since, "int64"))
    end = cases((end.notnull(), greatest(end, floor)), otherwise=int_of(None))
    if limit.until is not None:
        end = cases((end < limit.until, end), otherwise=int_of(None))
    return here, end, not_told
