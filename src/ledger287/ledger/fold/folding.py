"""Lists as printed -> verdicts, agencies, agreements, pending runs and changes: the complete fold.

Lists are taken in the order of their publication, and each step uses only what came before it. So a
fold over the lists published by some day is the beginning of the fold over all lists; the tests hold
the two equal. Nothing is read from a clock, and the order in which files are found does not matter.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from ledger287.core import declared
from ledger287.core.time import day_of
from ledger287.ledger.fold.agreements.fold import AgreementFold
from ledger287.ledger.fold.changes import ChangeLog
from ledger287.ledger.fold.model import AcceptedList, ListMeaning, Prints, Unsure
from ledger287.ledger.fold.pending import Pendings
from ledger287.ledger.fold.row_meaning import Meant, Statement, state_meant, unreadable_signed
from ledger287.ledger.fold.verdicts import Judge, ListContent, Verdict
from ledger287.ledger.identity.agencies import Identity
from ledger287.ledger.identity.signing_days import Signing
from ledger287.sources.ice_lists.printed import Print, PrintedList
from ledger287.sources.ice_lists.publication import Publication, publication, undated


@dataclass(slots=True)
class FoldedList:
    """One list with its number (from 1, by publication) and its verdict."""

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
    agreements: AgreementFold
    pendings: Pendings
    log: ChangeLog


def in_order(lists: Iterable[PrintedList]) -> list[tuple[PrintedList, Publication]]:
    """Lists by publication time, those of the same time by kind, name and content; undated ones last."""
    timed = [(found, publication(found)) for found in lists]
    if any(time.at is None and not found.failed for found, time in timed):
        dated: dict[frozenset[object], datetime] = {}
        for found, time in timed:
            if time.at and found.kind:
                key: frozenset[object] = frozenset(found.prints)
                dated[key] = min(time.at, dated.get(key, time.at))
        timed = [(found, time if time.at or found.failed else undated(found, dated)) for found, time in timed]
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(
        timed,
        key=lambda pair: (pair[1].at is None, pair[1].at or far, pair[0].kind or "", pair[0].file, pair[0].sha256),
    )


def fold(
    lists: Iterable[PrintedList],
    identity: Identity | None = None,
    state: Callable[[Print], Statement] = state_meant,
    judge: Callable[[], Judge] = Judge,
    *,
    signings: Mapping[Signing, str] | None = None,
    given: Mapping[Signing, str] | None = None,
) -> Fold:
    """Fold lists as printed, in any order, into one history.

    ``signings`` takes the place of the committed registry of agreements; ``given`` are ids of agreements
    that an earlier fold minted.
    ``state`` says what a printed row states, ``judge`` makes what judges the lists of one kind.
    """
    log = ChangeLog()
    meant: dict[int, Meant | None] = {}
    agreements = AgreementFold(meant.get, log, signings=signings, given=given)
    pendings = Pendings(meant, agreements, log)
    folded = Fold([], [], meant, {}, identity or Identity(), agreements, pendings, log)
    reader = _Reader(folded, state)
    judges = {"participating": judge(), "pending": judge()}
    for number, (printed, time) in enumerate(in_order(lists), 1):
        places = reader.number(printed)
        if printed.failed or time.at is None:
            folded.lists.append(FoldedList(number, printed, time, _unfolded(printed, time), places))
            continue
        day = day_of(time.at)
        seen = reader.read(printed, places, day)
        content = ListContent(seen, printed.sha256, time.at, day, time.doubt)
        if printed.kind == "pending":
            verdict = judges["pending"].judge_pending(content, agreements.slots())
        else:
            verdict = judges["participating"].judge_participating(content)
        entry = FoldedList(number, printed, time, verdict, places)
        folded.lists.append(entry)
        if not verdict.accepted:
            reader.forget_newest()
            continue
        accepted = AcceptedList(number, time.at, day, printed.sha256, frozenset(printed.columns), seen)
        if printed.kind == "pending":
            pendings.fold(accepted)
        else:
            pendings.note_listed(agreements.fold(accepted), time.at)
            entry.agreements = agreements.listed_now
    folded.prints = list(reader.numbers)
    agreements.close()
    pendings.rename(agreements.renamed)
    reader.read_excluded()
    return folded


def _unfolded(printed: PrintedList, time: Publication) -> Verdict:
    """The verdict on a file that is not a list, or whose time cannot be determined."""
    if printed.failed:
        rule, _, reason = printed.failed.partition(": ")
        return Verdict(False, rule, reason)
    return Verdict(False, "undated", time.basis)


class _Reader:
    """Numbers the prints in the order in which they were published, and reads each once.

    Lists repeat one another; what is derived from rows alone is kept for the next list with the same rows. What an
    excluded list was the first to print is forgotten, so that it does not affect later lists, and is read again when
    all lists are folded.
    """

    def __init__(self, folded: Fold, state: Callable[[Print], Statement] = state_meant) -> None:
        self.folded, self.state = folded, state
        self.numbers: dict[Print, int] = {}
        self._by_object: dict[int, int] = {}
        self._seen: dict[tuple[int, ...], ListMeaning] = {}
        self._unsure: dict[int, Unsure] = {}
        self._newest: tuple[tuple[int, ...], list[int], int] = ((), [], 0)

    def number(self, printed: PrintedList) -> list[int]:
        """The numbers of a list's prints, row by row. Equal rows are mostly one object; that is quick."""
        for row in {id(row): row for row in printed.prints if id(row) not in self._by_object}.values():
            self._by_object[id(row)] = self.numbers.setdefault(row, len(self.numbers))
        return [self._by_object[id(row)] for row in printed.prints]

    def read(self, printed: PrintedList, places: list[int], day: date) -> ListMeaning:
        """What the rows of a list say. A print is read when the first list with it was published."""
        key = tuple(places)
        known = len(self.folded.identity.minted)
        first_read: list[int] = []
        if key not in self._seen:
            first_read = self._read_all(printed, places, day)
            self._seen[key] = self._see(places)
        self._newest = (key, first_read, known)
        return self._seen[key]

    def forget_newest(self) -> None:
        """Forget what the list that was read last was the first to print."""
        key, first_read, known = self._newest
        if first_read:
            del self._seen[key]
        for place in first_read:
            del self.folded.statements[place], self.folded.meant[place]
        self.folded.identity.forget(known)

    def read_excluded(self) -> None:
        """Read what only excluded lists print, so that those lists can be shown."""
        for entry in self.folded.lists:
            if not entry.verdict.accepted and entry.publication.at and not entry.printed.failed:
                self._read_all(entry.printed, entry.print_numbers, day_of(entry.publication.at))

    def _read_all(self, printed: PrintedList, places: list[int], day: date) -> list[int]:
        rows = dict(zip(places, printed.prints, strict=True))
        first_read = [place for place in rows if place not in self.folded.statements]
        for place in first_read:
            self._read(place, rows[place], day)
        return first_read

    def _read(self, place: int, row: Print, day: date) -> None:
        statement = self.state(row)
        latest = day + timedelta(days=declared.cells().days_after_list)
        if statement.signed and statement.signed > latest:
            statement = replace(statement, signed=None, unread=(*statement.unread, unreadable_signed(row)))
        meant = None
        if statement.state and statement.name and row.state and row.agency:
            if statement.model:
                entry = self.folded.identity.agency((row.state, row.agency), statement.state, statement.name)
                signing = (entry.agency_id, statement.model, statement.signed)
                meant = Meant(place, row, statement, entry.agency_id, statement.model, signing)
                if statement.model in _expected():
                    self._unsure[place] = Unsure(entry.agency_id, statement.signed, statement.moa, signing)
            elif agency_id := self.folded.identity.known((row.state, row.agency), statement.state, statement.name):
                self._unsure[place] = Unsure(agency_id, statement.signed, statement.moa, None)
        self.folded.statements[place], self.folded.meant[place] = statement, meant

    def _see(self, places: list[int]) -> ListMeaning:
        prints = dict(Counter(places))
        signings: dict[Signing, Prints] = {}
        uncounted = 0
        for place, times in prints.items():
            meant = self.folded.meant[place]
            if meant is None:
                uncounted += 1
            elif meant.signing in signings:
                signings[meant.signing][place] = times
            else:
                signings[meant.signing] = {place: times}
        signed = {(agency_id, model): day for agency_id, model, day in signings}
        printed_again = len(places) - len(signings) - uncounted
        unsure = tuple(self._unsure[place] for place in prints if place in self._unsure)
        return ListMeaning(prints, signings, len(places), printed_again, signed, frozenset(signings), unsure)


@cache
def _expected() -> frozenset[str]:
    """The codes of the models that may come."""
    return frozenset(code.code for code in declared.every_model() if code.expected)


def accepted(lists: Sequence[FoldedList], kind: str) -> list[FoldedList]:
    """The accepted lists of one kind, in the order of publication."""
    return [entry for entry in lists if entry.verdict.accepted and entry.printed.kind == kind]
