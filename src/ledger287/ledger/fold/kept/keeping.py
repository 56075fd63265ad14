"""A fold in progress, before it is finished -> plain values from which it can be resumed.

What enters: a ``Folding`` that has taken every list. What leaves: a dict of JSON values; the same fold gives the same.
None where no later list can be folded by what is kept: a file without a day was placed among the lists.
"""

from typing import Any

from ledger287.core import declared
from ledger287.ledger.fold.folding import Folding, place_in_order
from ledger287.ledger.fold.kept.packing import (
    iso,
    pack_agreement,
    pack_prints,
    pack_run,
    pack_signing,
    recent,
)
from ledger287.ledger.fold.verdicts import Judge, ListContent

State = dict[str, Any]


def keep(folding: Folding) -> State | None:
    """What the next list needs of those before it."""
    folded, reader = folding.folded, folding.reader
    dated = [entry for entry in folded.lists if entry.publication.at]
    if any(entry.printed.prints for entry in folded.lists if entry.publication.at is None):
        return None
    identity = folded.identity
    last = place_in_order(dated[-1].printed, dated[-1].publication) if dated else folding.earlier.last
    return {
        "lists": folding.earlier.lists + len(dated),
        "last": [iso(last[0]), *last[1:]] if last else None,
        "prints": reader.first + len(reader.new),
        "excluded": [[iso(day), lost] for day, lost in _only_excluded(folding)],
        "undated": [*folding.earlier.undated, *_dated_by_content(folding)],
        "unsure": [
            [place, one.agency_id, iso(one.signed), one.document, one.signing and pack_signing(one.signing)]
            for place, one in sorted(reader.unsure.items())
        ],
        "minted": [[one.agency_id, one.state, *one.spelling] for one in identity.minted],
        "near_misses": [[*one.spelling, one.agency_id, *one.like, one.like_id] for one in identity.near_misses],
        "agreements": _agreements(folding),
        "pending": _pending(folding),
        "newest": {kind: _newest(folding, kind) for kind in sorted(folding.newest)},
        "judges": {kind: _judge(judge) for kind, judge in folding.judges.items()},
    }


def _only_excluded(folding: Folding) -> list[tuple[Any, list[int]]]:
    """Days and print numbers of excluded lists, of what no accepted list prints."""
    known = folding.reader.signings
    found = ((day, sorted({place for place in places if place not in known})) for day, _, places in folding.excluded)
    return [(day, lost) for day, lost in found if lost]


def _dated_by_content(folding: Folding) -> list[list[int]]:
    """The prints of each list whose name gives no day, and that no equal list dates: an equal one would."""
    return [
        sorted(set(entry.print_numbers))
        for entry in folding.folded.lists
        if entry.publication.by_own_content and entry.publication.at
    ]


def _agreements(folding: Folding) -> State:
    fold = folding.folded.agreements
    state = fold.state
    place = {key: number for number, key in enumerate(state.agreements)}
    return {
        "all": [pack_agreement(one) for one in state.agreements.values()],
        "by_signing": [[place[key], *pack_signing(signing)] for signing, key in state.by_signing.items()],
        "undecided": folding.earlier.undecided + len(state.undecided),
        "pended_since": [[*slot, iso(day)] for slot, day in state.pended_since.items()],
        "first_list": state.first_list,
        "contents": recent(state.contents, _limit()),
        "open": sorted([place[key], number, times, first] for (key, number, times), first in fold.open.items()),
        "now": [[place[key], *pack_prints(prints)] for key, prints in fold.now.items()],
    }


def _pending(folding: Folding) -> State:
    fold = folding.folded.pendings
    place = {id(run): number for number, run in enumerate(fold.runs)}
    return {
        "runs": [pack_run(run) for run in fold.runs],
        "open": [place[id(run)] for run in fold.open.values()],
        "left": [place[id(run)] for run in fold.left.values()],
        "newest": fold.newest,
        "contents": recent(fold.contents, _limit()),
    }


def _newest(folding: Folding, kind: str) -> State:
    found, places = folding.newest[kind]
    return {
        "number": found.number,
        "at": iso(found.published_at),
        "day": iso(found.day),
        "sha256": found.sha256,
        "columns": sorted(found.columns),
        "places": places,
    }


def _judge(judge: Judge) -> State:
    return {
        "before": None if judge.before is None else f"{judge.before:x}",
        "keys": sorted(f"{key:x}" for key in judge.keys),
        "slots_ever": sorted([*slot] for slot in judge.slots_ever),
        "excluded": _content(judge.excluded),
    }


def _content(found: ListContent | None) -> State | None:
    if found is None:
        return None
    return {
        "sha256": found.sha256,
        "at": iso(found.published_at),
        "day": iso(found.day),
        "key": f"{found.seen.key:x}",
        "signed": [pack_signing((*slot, day)) for slot, day in found.seen.signed.items()],
    }


def _limit() -> int:
    return int(declared.limits()["fold"]["no_event"]["lists"])
