"""Lists as printed -> verdicts, agencies, agreements, pending runs and changes: the whole fold.

Lists are taken in the order of their publication, and each step uses only what stands before it. So a
fold over the lists published by some day is the beginning of the fold over all lists; the tests hold
the two equal. Nothing is read from a clock, and the order in which files are found does not matter.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ledger287.foundation.problems import Problem
from ledger287.foundation.spans import day_of
from ledger287.lists.layout import FIELDS
from ledger287.lists.printed import Print, PrintedList
from ledger287.lists.publication import Publication, publication, undated
from ledger287.record.agreements import AcceptedList, Agreements, Meant
from ledger287.record.changes import ChangeLog
from ledger287.record.identity import Identity
from ledger287.record.meaning import Statement, Unread, state_meant
from ledger287.record.pendings import Pendings
from ledger287.record.verdicts import Content, Judge, Slot, Verdict


@dataclass(slots=True)
class FoldedList:
    """One list with its number (from 1, by publication; 0 for one without a time) and its verdict."""

    number: int
    printed: PrintedList
    publication: Publication
    verdict: Verdict
    print_numbers: list[int]
    agreements: int = 0


@dataclass(slots=True)
class Fold:
    """All that the lists say, folded. Numbers of prints and lists are places in these sequences."""

    lists: list[FoldedList]
    prints: list[Print]
    meant: dict[int, Meant | None]
    statements: dict[int, Statement]
    identity: Identity
    agreements: Agreements
    pendings: Pendings
    log: ChangeLog
    problems: list[Problem] = field(default_factory=list)


def in_order(lists: Iterable[PrintedList]) -> list[tuple[PrintedList, Publication]]:
    """Lists by publication time, those of one instant by kind, name and content; undated ones last."""
    timed = [(found, publication(found)) for found in lists]
    dated: dict[frozenset[object], datetime] = {}
    for found, time in timed:
        if time.at and found.kind:
            key: frozenset[object] = frozenset(found.prints)
            dated[key] = min(time.at, dated.get(key, time.at))
    told = [
        (found, time if time.at or found.failed else undated(found, dated)) for found, time in timed
    ]
    far = datetime.max
    return sorted(
        told,
        key=lambda pair: (
            pair[1].at is None,
            pair[1].at.replace(tzinfo=None) if pair[1].at else far,
            pair[0].kind or "",
            pair[0].file,
            pair[0].sha256,
        ),
    )


def fold(lists: Iterable[PrintedList], identity: Identity | None = None) -> Fold:
    """Fold lists as printed, in any order, into one history."""
    ordered = in_order(lists)
    log = ChangeLog()
    meant: dict[int, Meant | None] = {}
    identity = identity or Identity()
    agreements = Agreements(meant.get, log)
    folded = Fold([], [], meant, {}, identity, agreements, Pendings(meant, agreements, log), log)
    numbers: dict[Print, int] = {}
    judges = {"participating": Judge(), "pending": Judge()}
    same_bytes: dict[str, Counter[int]] = {}
    for number, (printed, time) in enumerate(ordered, 1):
        if printed.failed or time.at is None:
            folded.lists.append(_unfolded(number, printed, time, folded, numbers))
            continue
        places = [numbers.setdefault(row, len(numbers)) for row in printed.prints]
        counts = same_bytes.get(printed.sha256)
        if counts is None:
            counts = same_bytes[printed.sha256] = Counter(places)
            _take_meanings(folded, counts, printed, time.at)
        verdict = _verdict(folded, judges, printed, time.at, counts)
        entry = FoldedList(number, printed, time, verdict, places)
        folded.lists.append(entry)
        if not verdict.accepted:
            continue
        accepted = AcceptedList(number, time.at, printed.sha256, frozenset(printed.columns), counts)
        if printed.kind == "participating":
            new = agreements.fold(accepted)
            folded.pendings.note_listed(new, time.at)
            entry.agreements = agreements.listed_now
        else:
            folded.pendings.fold(accepted)
    folded.prints = list(numbers)
    agreements.close()
    folded.problems = [*_list_problems(folded), *_cell_problems(folded), *_identity_problems(folded)]
    return folded


def _unfolded(
    number: int, printed: PrintedList, time: Publication, folded: Fold, numbers: dict[Print, int]
) -> FoldedList:
    """A file that is no list, or whose time cannot be told: kept with its rows, folded into nothing."""
    if printed.failed:
        kind, _, found = printed.failed.partition(": ")
        return FoldedList(number, printed, time, Verdict(False, kind, found), [])
    places = [numbers.setdefault(row, len(numbers)) for row in printed.prints]
    return FoldedList(number, printed, time, Verdict(False, "undated", time.basis), places)


def _take_meanings(folded: Fold, counts: Iterable[int], printed: PrintedList, at: datetime) -> None:
    rows = dict(zip((number for number in counts), dict.fromkeys(printed.prints), strict=True))
    last_day = day_of(at)
    for number, row in rows.items():
        if number in folded.meant:
            continue
        statement = state_meant(row, pending=printed.kind == "pending")
        if statement.signed and statement.signed > last_day:
            statement = _signed_after_list(statement, row, last_day)
        folded.statements[number] = statement
        folded.meant[number] = None
        if statement.countable and row.state is not None and row.agency is not None:
            entry = folded.identity.agency((row.state, row.agency), statement.state or "", statement.name or "")
            folded.meant[number] = Meant(number, row, statement, entry.agency_id, statement.model or "")


def _signed_after_list(statement: Statement, row: Print, day: date) -> Statement:
    unread = Unread(
        "signed",
        "signed_after_list",
        f"a day of signing not after the list's own, {day}",
        repr(row.signed),
        "Add a correction to declared/corrections.yml; until then the day is unknown.",
    )
    return replace(statement, signed=None, unread=(*statement.unread, unread))


def _verdict(
    folded: Fold, judges: dict[str, Judge], printed: PrintedList, at: datetime, counts: Counter[int]
) -> Verdict:
    slots: Counter[Slot] = Counter()
    signed: dict[Slot, date | None] = {}
    for number, times in counts.items():
        meant = folded.meant[number]
        if meant:
            slot = (meant.agency_id, meant.model)
            slots[slot] += times
            signed[slot] = meant.statement.signed
    again = sum(times - 1 for times in counts.values())
    key: frozenset[object] = frozenset(counts)
    content = Content(len(printed.rows), slots, again, signed, printed.sha256, at, key)
    if printed.kind == "pending":
        return judges["pending"].judge_pending(content, folded.agreements.slots())
    return judges["participating"].judge_participating(content)


def _list_problems(folded: Fold) -> Iterable[Problem]:
    names: dict[str, str] = {}
    for entry in folded.lists:
        yield from entry.printed.problems
        file, sha256 = entry.printed.file, entry.printed.sha256
        if names.setdefault(file, sha256) != sha256:
            yield Problem(
                "same_name_other_content", file, None, None, None, "one content under one name",
                f"two: sha256 {names[file][:12]} and {sha256[:12]}", "Both are kept; cite the sha256.",
            )  # fmt: skip
        if entry.verdict.rule == "undated":
            yield Problem(
                "undated_list", file, None, None, None, "a day in the list's name or content",
                entry.publication.basis, "Give the file a name that carries its day, as ICE does.",
            )  # fmt: skip


def _cell_problems(folded: Fold) -> Iterable[Problem]:
    """Each cell of each list that could not be understood."""
    unread = {number: statement.unread for number, statement in folded.statements.items() if statement.unread}
    if not unread:
        return
    for entry in folded.lists:
        printed = entry.printed
        for row, number in zip(printed.rows, entry.print_numbers, strict=True):
            for cell in unread.get(number, ()):
                if cell.field in printed.columns or cell.field not in FIELDS:
                    column = printed.columns.get(cell.field)
                    yield Problem(
                        cell.kind, printed.file, printed.sheet, row, column, cell.expected, cell.found, cell.remedy,
                        printed.sha256,
                    )  # fmt: skip


def _identity_problems(folded: Fold) -> Iterable[Problem]:
    for near in folded.identity.near_misses:
        yield Problem(
            "near_miss", "declared/registry/agencies.csv", None, None, None,
            f"a name unlike every other, or a judgement on {near.like[1]!r} ({near.like_id})",
            f"{near.spelling[1]!r} in {near.spelling[0]!r}, taken as the new agency {near.agency_id}",
            "Decide in declared/judgements/agencies.csv whether they are one agency.",
        )  # fmt: skip


def accepted(lists: Sequence[FoldedList], kind: str) -> list[FoldedList]:
    """The accepted lists of one kind, in the order of publication."""
    return [entry for entry in lists if entry.verdict.accepted and entry.printed.kind == kind]
