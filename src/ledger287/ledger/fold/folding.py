"""Lists as printed -> verdicts, agencies, agreements, pending runs and changes: the complete fold.

Lists are taken in the order of their publication, and each step uses only what came before it. So a
fold over the lists published by some day is the beginning of the fold over all lists; the tests hold
the two equal. Nothing is read from a clock, and the order in which files are found does not matter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from ledger287.core.time import day_of
from ledger287.ledger.fold.agreements.fold import AgreementFold
from ledger287.ledger.fold.changes import ChangeLog
from ledger287.ledger.fold.model import AcceptedList
from ledger287.ledger.fold.pending import Pendings
from ledger287.ledger.fold.reader import Reader
from ledger287.ledger.fold.row_meaning import Meant, Statement, state_meant
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
    """All that the lists say, folded. Prints are numbered from ``first`` on, lists from 1.

    A fold that continues an earlier one (``fold.kept``) has in ``lists``, ``prints``, ``statements`` and the change log
    what is new, numbered on; its agreements and pending runs are all there are.
    """

    lists: list[FoldedList]
    prints: list[Print]
    meant: dict[int, Meant | None]
    statements: dict[int, Statement]
    identity: Identity
    agreements: AgreementFold
    pendings: Pendings
    log: ChangeLog
    statement_of: Callable[[int], Statement | None]
    first: int = 0


def in_order(
    lists: Iterable[PrintedList], known: Mapping[tuple[str, str], Publication] | None = None
) -> list[tuple[PrintedList, Publication]]:
    """Lists by publication time, those of the same time by kind, name and content; undated ones last.

    ``known`` are times that were worked out before, by name and sha256.
    """
    known = known or {}
    timed = [(found, known.get((found.file, found.sha256)) or publication(found)) for found in lists]
    if any(time.at is None and not found.failed for found, time in timed):
        dated: dict[frozenset[object], datetime] = {}
        for found, time in timed:
            if time.at and found.kind:
                key: frozenset[object] = frozenset(found.prints)
                dated[key] = min(time.at, dated.get(key, time.at))
        timed = [(found, time if time.at or found.failed else undated(found, dated)) for found, time in timed]
    return sorted(timed, key=lambda pair: place_in_order(*pair))


def place_in_order(printed: PrintedList, time: Publication) -> tuple[datetime, str, str, str]:
    """What lists are ordered by."""
    return time.at or datetime.max.replace(tzinfo=UTC), printed.kind or "", printed.file, printed.sha256


class Newest(NamedTuple):
    """An accepted list that none of its kind has followed yet, and the numbers of its prints, row by row."""

    accepted: AcceptedList
    places: list[int]


class Excluded(NamedTuple):
    """The rows of an excluded list, their numbers, and the list's Eastern day."""

    day: date
    prints: Sequence[Print]
    places: Sequence[int]


@dataclass(slots=True)
class Earlier:
    """What a fold that continues another (``fold.kept``) knows of the lists that the other took.

    ``lists`` counts them; ``undated`` are the prints of each whose time rests on its own content alone; ``undecided``
    counts the new days that no rule decided.
    """

    lists: int = 0
    last: tuple[datetime, str, str, str] | None = None
    undated: list[list[int]] = field(default_factory=list)
    undecided: int = 0


class Folding:
    """A fold in progress: lists are taken one after the other, in the order of their publication.

    ``newest`` is the newest accepted list of each kind, ``excluded`` what excluded lists print.
    """

    def __init__(
        self,
        reader: Reader,
        judge: Callable[[], Judge] = Judge,
        *,
        signings: Mapping[Signing, str] | None = None,
        given: Mapping[Signing, str] | None = None,
    ) -> None:
        log = ChangeLog()
        self.reader = reader
        agreements = AgreementFold(reader.meant_of, log, signings=signings, given=given)
        pendings = Pendings(reader.signing_of, agreements, log)
        statements, identity = reader.statements, reader.identity
        self.folded = Fold(
            [], [], reader.meant, statements, identity, agreements, pendings, log, reader.statement_of, reader.first
        )
        self.judges: dict[str, Judge] = {"participating": judge(), "pending": judge()}
        self.newest: dict[str, Newest] = {}
        self.earlier = Earlier()
        self.excluded: list[Excluded] = []

    def take(self, printed: PrintedList, time: Publication) -> None:
        """Take in the next list."""
        folded, reader, agreements = self.folded, self.reader, self.folded.agreements
        number = self.earlier.lists + len(folded.lists) + 1
        places = reader.number(printed)
        if printed.failed or time.at is None:
            folded.lists.append(FoldedList(number, printed, time, _unfolded(printed, time), places))
            return
        day = day_of(time.at)
        seen = reader.read(printed, places, day)
        content = ListContent(seen, printed.sha256, time.at, day, time.doubt)
        if printed.kind == "pending":
            verdict = self.judges["pending"].judge_pending(content, agreements.slots())
        else:
            verdict = self.judges["participating"].judge_participating(content)
        entry = FoldedList(number, printed, time, verdict, places)
        folded.lists.append(entry)
        if not verdict.accepted:
            reader.forget_newest()
            self.excluded.append(Excluded(day, printed.prints, places))
            return
        accepted = AcceptedList(number, time.at, day, printed.sha256, frozenset(printed.columns), seen)
        self.newest[printed.kind or ""] = Newest(accepted, places)
        if printed.kind == "pending":
            folded.pendings.fold(accepted)
        else:
            folded.pendings.note_listed(agreements.fold(accepted), time.at)
            entry.agreements = agreements.listed_now

    def finish(self) -> Fold:
        """End what is open at the newest list; nothing more can be taken."""
        folded = self.folded
        folded.prints = self.reader.new
        folded.agreements.close()
        folded.pendings.rename(folded.agreements.renamed)
        for day, prints, places in self.excluded:
            self.reader.read_all(prints, places, day)
        return folded


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
    folding = Folding(Reader(identity or Identity(), state), judge, signings=signings, given=given)
    for printed, time in in_order(lists):
        folding.take(printed, time)
    return folding.finish()


def _unfolded(printed: PrintedList, time: Publication) -> Verdict:
    """The verdict on a file that is not a list, or whose time cannot be determined."""
    if printed.failed:
        rule, _, reason = printed.failed.partition(": ")
        return Verdict(False, rule, reason)
    return Verdict(False, "undated", time.basis)


def accepted(lists: Sequence[FoldedList], kind: str) -> list[FoldedList]:
    """The accepted lists of one kind, in the order of publication."""
    return [entry for entry in lists if entry.verdict.accepted and entry.printed.kind == kind]
