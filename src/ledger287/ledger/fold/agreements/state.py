"""What a fold of participating lists knows so far, shared by its passes.

An agreement is found by agency, model and signing day (its *signing*); a re-dated agreement has several signings.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger287.core import declared
from ledger287.ledger.fold.changes import Change, ChangeLog, Kind
from ledger287.ledger.fold.model import AcceptedList, Agreement, Slot
from ledger287.ledger.fold.row_meaning import Meant
from ledger287.ledger.identity.signing_days import Redating, Signing


@dataclass(frozen=True, slots=True)
class Undecided:
    """A new signing day in an agreement's place that no rule decides; it was taken as a renewal."""

    agreement_id: str
    signing: Signing
    list_number: int


@dataclass(frozen=True, slots=True)
class DoubtedModel:
    """A row of another model in place of an agreement with its agency, day and document: nobody can tell which."""

    agreement_id: str
    model: str
    list_number: int
    prints: tuple[int, ...]


@dataclass(slots=True)
class FoldState:
    """Agreements and where they are listed, after the newest accepted list.

    ``meant`` gives the meaning of a print by number; ``signings`` the registry's ids, ``decisions`` the identity
    decisions on days; ``given`` are ids that an earlier fold minted, which decide nothing but the id of an agreement
    that is new to the registry.
    """

    meant: Callable[[int], Meant | None]
    log: ChangeLog
    signings: dict[Signing, str]
    given: Mapping[Signing, str]
    decisions: dict[Redating, str]
    agreements: dict[str, Agreement] = field(default_factory=dict)
    by_signing: dict[Signing, str] = field(default_factory=dict)
    by_slot: dict[Slot, list[str]] = field(default_factory=lambda: defaultdict(list))
    undecided: list[Undecided] = field(default_factory=list)
    doubted_models: list[DoubtedModel] = field(default_factory=list)
    pended_since: dict[Slot, date] = field(default_factory=dict)
    registered: frozenset[str] = frozenset()
    newest: AcceptedList | None = None
    first_list: int | None = None
    contents: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.registered = frozenset(self.signings.values())

    def step(self, found: AcceptedList) -> None:
        """Make a list the newest."""
        self.newest = found
        self.first_list = found.number if self.first_list is None else self.first_list
        self.contents.append((found.number, found.sha256))

    def decided(self, old: Agreement, signing: Signing) -> str | None:
        """What an identity decision says of a day that replaces an earlier one: corrected or renewed."""
        return self.decisions.get((*signing[:2], old.signed, signing[2]))

    def is_gone_for_a_moment(self, agreement: Agreement) -> bool:
        """Whether so few lists (by content) lack it that its being back, or replaced, undoes its going."""
        return not more_contents_since(self.contents, agreement.last_list + 1)

    def note(
        self,
        kind: Kind,
        found: AcceptedList,
        agreement: Agreement,
        other: Agreement | None = None,
        what: str | None = None,
        before: str | None = None,
        after: str | None = None,
        *,
        day: date | None = None,
        last: int | None = None,
        first: int | None = None,
    ) -> Change:
        """Keep a change that a list shows; its lists are the newest before and this one, unless others are given."""
        newest = self.newest.number if self.newest else None
        return self.log.add(
            Change(
                kind,
                day or found.day,
                found.published_at,
                agreement.agency_id,
                agreement.model,
                agreement.id,
                other.id if other else None,
                what,
                before,
                after,
                last if last is not None else newest,
                first if first is not None else found.number,
            )
        )


def more_contents_since(contents: Sequence[tuple[int, str]], first: int) -> bool:
    """Whether more workbooks (by content) than make no event are among the lists from a number on."""
    limit = int(declared.limits()["fold"]["no_event"]["lists"])
    found: set[str] = set()
    for number, sha256 in reversed(contents):
        if number < first:
            return False
        found.add(sha256)
        if len(found) > limit:
            return True
    return False
