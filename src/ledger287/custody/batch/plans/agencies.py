"""The agencies of a table, as the record has them: whether it knows them, and their models through time.

What enters: names as a table writes them, with their states. What leaves: a ``TableAgency`` each. An agreement is in
force from its signing until it is known to be gone; between the last list that had it and the first that did not, the
agency's models are unknown. That an agency has none is known only from the first list to the newest: before and after
them its models are unknown too, where no agreement of the lists is in force.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from ledger287.core import declared
from ledger287.custody.batch.plans.plan import ModelSpan, TableAgency
from ledger287.custody.case.facts import MASKS, MODEL_UNKNOWN
from ledger287.law.clocks.calendar import instant
from ledger287.law.lawbook.provisions import begins
from ledger287.ledger.identity.spelling import plain, words_that_tell
from ledger287.sources.ice_lists import values

if TYPE_CHECKING:
    from ledger287.ledger.query.history import ListedRun
    from ledger287.ledger.query.ledger import Ledger

JAILS = ("JEM", "WSO")
EARLIEST, LATEST = -(2**40), 2**40
Key = tuple[str | None, object]
"""A state's code or None, and a name in plain words or by the words that tell."""
Ids = dict[Key, tuple[str, ...]]


def agencies_of(ledger: "Ledger", named: Iterable[tuple[str, str | None, str | None]]) -> tuple[TableAgency, ...]:
    """The agencies by name, state as written, and the state's code; one each, in the order given."""
    ids = _by_name(ledger)
    then: Ids | None = None
    found: list[tuple[str, str | None, str | None]] = []
    for name, written, state in named:
        keys: list[Key] = [(state, plain(name))]
        if state:
            keys.append((state, words_that_tell(state, name)))
        agency_id = _only(ids, keys)
        if agency_id is None and not any(key in ids for key in keys):
            then = _named_then(ledger) if then is None else then
            agency_id = _only(then, keys)
        found.append((name, written, agency_id))
    spans = _spans(ledger, {agency_id for *_, agency_id in found if agency_id})
    on_jails = _on_jails(ledger, {agency_id for *_, agency_id in found if agency_id})
    return tuple(
        TableAgency(
            name, written, agency_id is not None, spans.get(agency_id or "", ()), on_jails.get(agency_id or "", ())
        )
        for name, written, agency_id in found
    )


def _only(ids: Ids, keys: Iterable[Key]) -> str | None:
    """The one id that the first key with one id leads to, if any."""
    return next((ids[key][0] for key in keys if len(ids.get(key, ())) == 1), None)


def _named_then(ledger: "Ledger") -> Ids:
    """The same of agencies that only the pages and rosters before the lists name."""
    found: dict[Key, dict[str, None]] = {}
    for agency_id, state, name in ledger.past.names() if ledger.past else ():
        words = words_that_tell(state, name)
        for key in ((state, plain(name)), (None, plain(name)), (state, words), (None, words)):
            found.setdefault(key, {})[agency_id] = None
    return {key: tuple(named) for key, named in found.items()}


def _by_name(ledger: "Ledger") -> Ids:
    """A name, plain or by the words that tell, with its state or without -> the ids that it may mean.

    Names are those printed and those declared; a state that ICE printed wrongly leads to the agency too, where no
    other agency of that state has the name.
    """
    names = ledger.table("names").join(ledger.table("agencies").select("agency_id", "state"), on="agency_id")
    found: dict[Key, dict[str, None]] = {}
    misprinted: dict[Key, dict[str, None]] = {}
    rows = list(names.select("agency_id", "state", "name_printed").unique().iter_rows())
    states = {agency_id: state for agency_id, state, _ in rows}
    called = declared.display_names().items()
    rows += [(agency_id, states[agency_id], name) for agency_id, name in called if agency_id in states]
    for agency_id, state, name in rows:
        words = words_that_tell(state, name)
        for key in ((state, plain(name)), (None, plain(name)), (state, words), (None, words)):
            found.setdefault(key, {})[agency_id] = None
    for agency_id, state, printed, name in names.select(
        "agency_id", "state", "state_printed", "name_printed"
    ).iter_rows():
        wrong = values.state(printed).value
        if wrong and wrong != state:
            misprinted.setdefault((wrong, plain(name)), {})[agency_id] = None
    return {key: tuple(ids) for key, ids in (misprinted | found).items()}


def _on_jails(ledger: "Ledger", wanted: set[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The agreements of agencies that are about their jails, with their models."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for run in ledger.history.runs:
        if run.agency_id in wanted and run.model in JAILS:
            found.setdefault(run.agency_id, {})[run.agreement_id, str(run.model)] = None
    return {agency_id: tuple(sorted(agreements)) for agency_id, agreements in found.items()}


def _spans(ledger: "Ledger", wanted: set[str]) -> dict[str, tuple[ModelSpan, ...]]:
    history = ledger.history
    times = [instant(at) for at in history.times]
    agreements: dict[tuple[str, str], list[ListedRun]] = {}
    for run in history.runs:
        if run.agency_id in wanted:
            agreements.setdefault((run.agency_id, run.agreement_id), []).append(run)
    found: dict[str, list[tuple[int, int, int]]] = {}
    for (agency_id, _), runs in agreements.items():
        first, last = min(run.first for run in runs), max(run.last for run in runs)
        signed = min((run.signed for run in runs if run.signed), default=None)
        since = instant(begins(signed, None)) if signed else times[first]
        mask = MASKS.get(str(runs[0].model), MODEL_UNKNOWN)
        spans = found.setdefault(agency_id, [])
        gone = times[last + 1] if last + 1 < len(times) else None
        spans.append((since, LATEST if gone is None else times[last] + 1, mask))
        if gone is not None:
            spans.append((times[last] + 1, gone, MODEL_UNKNOWN))
    listed = (times[0], times[-1] + 1) if times else (LATEST, LATEST)
    return {agency_id: _where_listed(_apart(found.get(agency_id, [])), *listed) for agency_id in wanted}


def _where_listed(spans: tuple[ModelSpan, ...], first: int, last: int) -> tuple[ModelSpan, ...]:
    """Spans, and the unknown models of the days before the first list and after the last that no span covers."""
    found, at = [], EARLIEST
    for span in (*spans, ModelSpan(LATEST, LATEST, 0)):
        before, after = (at, min(span.since, first)), (max(at, last), span.since)
        found += [ModelSpan(low, high, MODEL_UNKNOWN) for low, high in (before, after) if low < high]
        found += [span] if span.since < span.until else []
        at = span.until
    return tuple(found)


def _apart(spans: list[tuple[int, int, int]]) -> tuple[ModelSpan, ...]:
    """Spans that overlap, as spans apart with the masks of all that reach over them."""
    cuts = sorted({edge for since, until, _ in spans for edge in (since, until)})
    found: list[ModelSpan] = []
    for low, high in pairwise(cuts):
        mask = 0
        for since, until, models in spans:
            if since <= low and high <= until:
                mask |= models
        if found and found[-1].models == mask and found[-1].until == low:
            found[-1] = ModelSpan(found[-1].since, high, mask)
        elif mask:
            found.append(ModelSpan(low, high, mask))
    return tuple(found)


def span_rows(agencies: Iterable[TableAgency]) -> list[tuple[str, str, bool, int, int, int]]:
    """The agencies as rows that cover all time: name, state as written, known, since, until, mask."""
    rows = []
    for agency in agencies:
        at, key = EARLIEST, (agency.name, agency.state or "", agency.known)
        if not agency.known:
            rows.append((*key, EARLIEST, LATEST, MODEL_UNKNOWN))
            continue
        for span in agency.spans:
            if at < span.since:
                rows.append((*key, at, span.since, 0))
            rows.append((*key, span.since, span.until, span.models))
            at = span.until
        if at < LATEST:
            rows.append((*key, at, LATEST, 0))
    return rows
