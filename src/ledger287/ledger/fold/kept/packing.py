"""Agreements, changes, pending runs and signings <-> plain JSON values, each as a short sequence.

What enters and leaves: the fold's own objects, and lists of texts and numbers. Promise: what is packed and unpacked is
equal to what it was; what cannot be unpacked raises one of ``Damaged``.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from ledger287.ledger.fold.changes import KINDS, Change, Kind
from ledger287.ledger.fold.model import Agreement, Prints
from ledger287.ledger.fold.pending import Outcome, PendingRun
from ledger287.ledger.identity.signing_days import Signing

Damaged = (KeyError, IndexError, TypeError, ValueError, AttributeError)
Packed = list[Any]


def iso(at: date | None) -> str | None:
    """A day or a date and time as text."""
    return at.isoformat() if at else None


def day(text: str | None) -> date | None:
    """The day of a text."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """The date and time of a text."""
    return datetime.fromisoformat(text) if text else None


def sure_day(text: str) -> date:
    """The day of a text that has one."""
    return date.fromisoformat(text)


def pack_signing(signing: Signing) -> Packed:
    """Agency, model, day."""
    return [signing[0], signing[1], iso(signing[2])]


def unpack_signing(packed: Sequence[Any]) -> Signing:
    """The signing of its three values."""
    agency_id, model, signed = packed
    return agency_id, model, day(signed)


def pack_prints(prints: Prints) -> Packed:
    """Numbers and how often each is printed, in turn."""
    return [number for pair in prints.items() for number in pair]


def unpack_prints(packed: Sequence[int]) -> Prints:
    """The numbers with how often each is printed."""
    return dict(zip(packed[::2], packed[1::2], strict=True))


def pack_change(change: Change | None) -> Packed | None:
    """The values of a change."""
    if change is None:
        return None
    return [
        KINDS.index(change.kind),
        iso(change.day),
        iso(change.known_from),
        change.agency_id,
        change.model,
        change.agreement_id,
        change.other_id,
        change.field,
        change.before,
        change.after,
        change.last_list,
        change.first_list,
        iso(change.withdrawn_at),
    ]


def unpack_change(packed: Sequence[Any] | None) -> Change | None:
    """The change of its values."""
    if packed is None:
        return None
    kind, on, known_from, agency_id, model, agreement_id, other_id, what, before, after, last, first, withdrawn = packed
    named: Kind = KINDS[kind]
    at = datetime.fromisoformat(known_from)
    told = (agreement_id, other_id, what, before, after, last, first, moment(withdrawn))
    return Change(named, sure_day(on), at, agency_id, model, *told)


def pack_agreement(one: Agreement) -> Packed:
    """The values of an agreement, with the change that ended it."""
    shown = [iso(on) for pair in one.shown_since.items() for on in pair]
    return [
        one.id,
        one.agency_id,
        one.model,
        iso(one.signed),
        one.first_list,
        one.last_list,
        iso(one.first_day),
        shown,
        one.document,
        one.addendum,
        one.replaces,
        one.replaced_by,
        int(one.listed),
        pack_change(one.ended),
    ]


def unpack_agreement(packed: Sequence[Any]) -> Agreement:
    """The agreement of its values."""
    key, agency_id, model, signed, first, last, first_day, shown, moa, addendum, replaces, by, listed, ended = packed
    since = {day(on): sure_day(at) for on, at in zip(shown[::2], shown[1::2], strict=True)}
    known = (day(signed), first, last, sure_day(first_day), since)
    return Agreement(key, agency_id, model, *known, moa, addendum, replaces, by, bool(listed), unpack_change(ended))


def pack_run(run: PendingRun) -> Packed:
    """The values of a pending run, with the change that reported its end."""
    return [
        run.id,
        run.agency_id,
        run.model,
        run.first_list,
        run.last_list,
        iso(run.first_day),
        iso(run.last_day),
        run.outcome,
        run.agreement_id,
        iso(run.signed),
        iso(run.outcome_known_from),
        pack_change(run.dropped),
        run.gone_at,
    ]


def unpack_run(packed: Sequence[Any]) -> PendingRun:
    """The pending run of its values."""
    key, agency_id, model, first, last, first_day, last_day, outcome, agreement_id, signed, known, dropped, gone = (
        packed
    )
    return PendingRun(
        key,
        agency_id,
        model,
        first,
        last,
        sure_day(first_day),
        sure_day(last_day),
        cast(Outcome, outcome),
        agreement_id,
        day(signed),
        moment(known),
        unpack_change(dropped),
        gone,
    )


def recent(contents: Sequence[tuple[int, str]], different: int) -> Packed:
    """The newest lists' numbers and contents, back to where there are more than so many different ones."""
    found: set[str] = set()
    kept: Packed = []
    for number, sha256 in reversed(contents):
        kept.append([number, sha256])
        found.add(sha256)
        if len(found) > different:
            break
    return kept[::-1]


def pairs(packed: Iterable[Sequence[Any]]) -> list[tuple[int, str]]:
    """Numbers and contents of lists."""
    return [(number, sha256) for number, sha256 in packed]
