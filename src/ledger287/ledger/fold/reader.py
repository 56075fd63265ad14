"""The rows of lists, one list after the other -> their numbers, and what each states and of whose agreement it is.

Prints are numbered in the order in which they were published, and each is read once. Lists repeat one another; what is
derived from rows alone is kept for the next list with the same rows. What an excluded list was the first to print is
forgotten, so that it does not affect later lists, and is read again when all lists are folded.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from ledger287.core import declared
from ledger287.ledger.fold.model import ListMeaning, Prints, Unsure
from ledger287.ledger.fold.row_meaning import Meant, Statement, state_meant, unreadable_signed
from ledger287.ledger.identity.agencies import Identity
from ledger287.ledger.identity.signing_days import Signing
from ledger287.sources.ice_lists.printed import Print, PrintedList


class Reader:
    """Numbers prints and reads each once. ``new`` are the rows that it numbered, from the number ``first`` on."""

    def __init__(self, identity: Identity, state: Callable[[Print], Statement] = state_meant) -> None:
        self.identity, self.state = identity, state
        self.statements: dict[int, Statement] = {}
        self.meant: dict[int, Meant | None] = {}
        self.numbers: dict[Print, int] = {}
        self.new: list[Print] = []
        self.first = 0
        self.unsure: dict[int, Unsure] = {}
        self.signings: dict[int, Signing | None] = {}
        self.seen: dict[tuple[int, ...], ListMeaning] = {}
        self._by_object: dict[int, int] = {}
        self._newest: tuple[tuple[int, ...], list[int], int] = ((), [], 0)

    def number(self, printed: PrintedList) -> list[int]:
        """The numbers of a list's prints, row by row. Equal rows are mostly one object; that is quick."""
        objects = [*map(id, printed.prints)]
        unknown = set(objects).difference(self._by_object)
        if unknown:
            for row, its in zip(printed.prints, objects, strict=True):
                if its in unknown:
                    self._by_object[its] = self._number_of(row)
        return [*map(self._by_object.__getitem__, objects)]

    def _number_of(self, row: Print) -> int:
        number = self.numbers.get(row)
        if number is None:
            number = self.numbers[row] = self.first + len(self.new)
            self.new.append(row)
        return number

    def signing_of(self, number: int) -> Signing | None:
        """The agency, the model and the signing day of a print; None where it counts as no agreement."""
        return self.signings.get(number)

    def meant_of(self, number: int) -> Meant | None:
        """What a print means; None where it counts as no agreement, or was not read."""
        return self.meant.get(number)

    def statement_of(self, number: int) -> Statement | None:
        """What a print states; None where it was not read."""
        return self.statements.get(number)

    def read(self, printed: PrintedList, places: list[int], day: date) -> ListMeaning:
        """What the rows of a list say. A print is read when the first list with it was published."""
        key = tuple(places)
        known = len(self.identity.minted)
        first_read: list[int] = []
        if key not in self.seen:
            first_read = self.read_all(printed.prints, places, day)
            self.seen[key] = self.see(places)
        self._newest = (key, first_read, known)
        return self.seen[key]

    def forget_newest(self) -> None:
        """Forget what the list that was read last was the first to print."""
        key, first_read, known = self._newest
        if first_read:
            del self.seen[key]
        for place in first_read:
            del self.statements[place], self.meant[place], self.signings[place]
            self.unsure.pop(place, None)
        self.identity.forget(known)

    def read_all(self, prints: Sequence[Print], places: Sequence[int], day: date) -> list[int]:
        """Read the prints that were not read yet; returns their numbers."""
        rows = dict(zip(places, prints, strict=True))
        first_read = [place for place in rows if place not in self.signings]
        for place in first_read:
            self._read(place, rows[place], day)
        return first_read

    def _read(self, place: int, row: Print, day: date) -> None:
        statement = self.state(row)
        latest = day + timedelta(days=declared.cells().days_after_list)
        if statement.signed and statement.signed > latest:
            statement = without_day(statement, row)
        meant = None
        if statement.state and statement.name and row.state and row.agency:
            if statement.model:
                entry = self.identity.agency((row.state, row.agency), statement.state, statement.name)
                signing = (entry.agency_id, statement.model, statement.signed)
                meant = Meant(place, row, statement, entry.agency_id, statement.model, signing)
                if statement.model in _expected():
                    self.unsure[place] = Unsure(entry.agency_id, statement.signed, statement.moa, signing)
            elif agency_id := self.identity.known((row.state, row.agency), statement.state, statement.name):
                self.unsure[place] = Unsure(agency_id, statement.signed, statement.moa, None)
        self.statements[place], self.meant[place] = statement, meant
        self.signings[place] = meant.signing if meant else None

    def see(self, places: Sequence[int]) -> ListMeaning:
        """What a list with these prints says."""
        prints = dict(Counter(places))
        signings: dict[Signing, Prints] = {}
        uncounted = 0
        for place, times in prints.items():
            signing = self.signings[place]
            if signing is None:
                uncounted += 1
            elif signing in signings:
                signings[signing][place] = times
            else:
                signings[signing] = {place: times}
        signed = {(agency_id, model): day for agency_id, model, day in signings}
        printed_again = len(places) - len(signings) - uncounted
        unsure = tuple(self.unsure[place] for place in prints if place in self.unsure)
        key = sum(map(_mark, signings)) % 2**128
        return ListMeaning(prints, signings, len(places), printed_again, signed, key, unsure)


def without_day(statement: Statement, row: Print) -> Statement:
    """A statement whose day of signing is too late to be true."""
    return replace(statement, signed=None, unread=(*statement.unread, unreadable_signed(row)))


@cache
def _mark(signing: Signing) -> int:
    """A number for a signing, the same in every process; their sum identifies a set of signings."""
    return int.from_bytes(hashlib.blake2b(repr(signing).encode(), digest_size=16).digest(), "big")


@cache
def _expected() -> frozenset[str]:
    """The codes of the models that may come."""
    return frozenset(code.code for code in declared.every_model() if code.expected)
