"""One agency over all years: its agreements on pages and lists joined, and what lesser sources say next to them.

What enters: the past of a ledger, and an agency's id. What leaves: one answer. It promises that an agreement that both
pages and lists print is one agreement with its earlier days, that one of the last page which the first list lacks is
delisted, on the day of that list (the days between are not known), and that nothing attested changes what lists say.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from ledger287.core.problem import Refused
from ledger287.core.text import format_date
from ledger287.ledger.query.answers import AgencyAnswer, AgreementAnswer, AttestedAnswer, Name
from ledger287.ledger.query.lookup import agency_answer

if TYPE_CHECKING:
    from ledger287.ledger.query.before.past_tables import PastTables
    from ledger287.ledger.query.list_ledger import ListLedger


def whole_life(past: "PastTables", agency_id: str, known_on: date | None) -> AgencyAnswer:
    """All that is known of an agency by the end of ``known_on``, or at all. Raises Refused where that is nothing."""
    said = _attested(past, agency_id, known_on)
    then = _if_any(past.pages, agency_id, known_on)
    now = _if_any(past.ledger, agency_id, known_on)
    if now is None and then is None:
        if not said:
            raise Refused(
                f"{agency_id} was on no list or page published by {format_date(known_on) if known_on else 'today'}."
            )
        return _only_attested(past, agency_id, said, known_on)
    joined = _joined_names(then.names if then else (), now.names if now else ())
    if now is None and then is not None:
        agreements = _ended(past, then.agreements, (), known_on)
        return replace(then, names=joined, agreements=agreements, attested=tuple(said))
    if then is None and now is not None:
        return replace(now, names=joined, attested=tuple(said))
    if then is None or now is None:
        raise Refused(f"{agency_id} was on no list or page.")
    held = {one.agreement_id: one for one in then.agreements}
    both = tuple(_joined(held.get(one.agreement_id), one) for one in now.agreements)
    ended = _ended(
        past, [one for key, one in held.items() if key not in {b.agreement_id for b in both}], both, known_on
    )
    replaced = {one.replaced_by: one.agreement_id for one in ended if one.replaced_by}
    both = tuple(replace(one, replaces=one.replaces or replaced.get(one.agreement_id)) for one in both)
    return replace(
        now,
        type=now.type or then.type,
        names=joined,
        agreements=(*ended, *both),
        changes=(*then.changes, *now.changes),
        attested=tuple(said),
    )


def _if_any(ledger: "ListLedger", agency_id: str, known_on: date | None) -> AgencyAnswer | None:
    try:
        return agency_answer(ledger, agency_id, known_on)
    except Refused:
        return None


def _joined(then: AgreementAnswer | None, now: AgreementAnswer) -> AgreementAnswer:
    """An agreement of the lists, with what the pages say of its earlier days."""
    if then is None:
        return now
    return replace(now, first_day=min(then.first_day, now.first_day), replaces=now.replaces or then.replaces)


def _ended(
    past: "PastTables",
    agreements: "list[AgreementAnswer] | tuple[AgreementAnswer, ...]",
    later: tuple[AgreementAnswer, ...],
    known_on: date | None,
) -> tuple[AgreementAnswer, ...]:
    """Agreements of the pages: those of the last page, which the first list lacks, are gone by its day."""
    first: date = past.first_list.day
    if known_on is not None and known_on < first:
        return tuple(agreements)
    on_first = {one.model: one.agreement_id for one in later if one.first_day <= first}
    return tuple(
        replace(one, status="delisted", gone_day=first, replaced_by=one.replaced_by or on_first.get(one.model))
        if one.status == "listed"
        else one
        for one in agreements
    )


def _attested(past: "PastTables", agency_id: str, known_on: date | None) -> list[AttestedAnswer]:
    said = past.attested_of.get(agency_id, ())
    return [attested_answer(row) for row in said if not known_on or row["known_on"] <= known_on]


def attested_answer(row: dict[str, Any]) -> AttestedAnswer:
    """A statement of a lesser source, from its row in the store."""
    return AttestedAnswer(
        row["as_of"],
        row["says"],
        " ".join(row["agency_printed"].split()),
        row["model"],
        row["signed"],
        row["document_file"],
        row["publisher"],
        row["title"],
        row["grade"],
        row["known_on"],
        row["file"],
        row["line"],
        row["copies"],
        row["note"],
    )


def _joined_names(then: tuple[Name, ...], now: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names of pages and lists, one that both print once."""
    found: dict[tuple[str, str], Name] = {}
    for one in (*then, *now):
        held = found.get((one.name, one.state))
        if held:
            first, last = min(held.first_day, one.first_day), max(held.last_day, one.last_day)
            found[one.name, one.state] = replace(held, first_day=first, last_day=last, rows=held.rows + one.rows)
        else:
            found[one.name, one.state] = one
    return tuple(sorted(found.values(), key=lambda one: (one.first_day, one.name, one.state)))


def _only_attested(
    past: "PastTables", agency_id: str, said: list[AttestedAnswer], known_on: date | None
) -> AgencyAnswer:
    """An agency that neither a list nor a page of the tables prints: it is here with its grade, without agreements."""
    rows = past.attested.filter(pl.col("agency_id") == agency_id).sort("as_of", "line")
    if known_on is not None:
        rows = rows.filter(pl.col("known_on") <= known_on)
    names = tuple(
        Name(" ".join(name.split()), state, min(days), max(days), len(days))
        for name, state, days in rows.group_by("agency_printed", "state_printed", maintain_order=True)
        .agg("as_of")
        .iter_rows()
    )
    return AgencyAnswer(agency_id, said[-1].agency, rows["state"][0], None, None, names, (), (), (), tuple(said))
