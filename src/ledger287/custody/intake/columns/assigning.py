"""Which heading of a file is read as which field: by a map first, and by the vocabulary after it.

What enters: the headings of a file, and what its user says of it. What leaves: ``Columns``, with what stops the file
and what is reported about it. A heading of data that identifies a person is refused until it is dropped by name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger287.core.query_error import Ask, Part, QueryError, QueryField, Refused
from ledger287.custody.case.vocabulary import plain, spellings, vocabulary
from ledger287.custody.intake.columns.headings import Shape, held, holds_values, shape_of, words_of
from ledger287.custody.intake.columns.maps import Map
from ledger287.custody.intake.problems import CaseProblem, problem
from ledger287.custody.intake.times.moments import DayOrder
from ledger287.custody.intake.times.values import is_blank, names_in_heading, personal_heading, quoted, shown

PEOPLE = "people's names with a number"
"""What words next to the digits of case numbers look like, where they are not of places."""
MOST_LISTED = 60
"""So many headings are listed where a column is looked for."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a user says of the files: columns to leave unread, a map, the order of day and month.

    ``zoned`` is False where a file's times need a time zone of the file's own, since none is named. ``other_heads`` are
    headings of another file, a roster, in which a column to leave unread may be as well.
    """

    drop: tuple[str, ...] = ()
    map: Map | None = None
    dates: DayOrder | None = None
    zoned: bool = True
    other_heads: tuple[str, ...] = ()

    @property
    def unread(self) -> set[str]:
        """The columns that are left unread or passed over, in plain words."""
        mine = (*self.drop, *(self.map.drop if self.map else ()), *(self.map.ignore if self.map else ()))
        return {plain(name) for name in mine}


class Columns:
    """Which heading is read as which field, by a map first and the vocabulary after it.

    ``joined`` are columns that are read with another, as AM and PM with the times next to them.
    """

    def __init__(self, path: str, heads: list[str], stated: Stated, joined: Iterable[str] = ()) -> None:
        self.path, self.heads, self.stated = path, heads, stated
        self.columns: dict[str, str] = {}
        self.pairs: dict[str, tuple[str, str]] = {}
        self.problems: list[CaseProblem] = []
        self.dropped = {plain(name) for name in (*stated.drop, *(stated.map.drop if stated.map else ()))}
        self.ignored = {plain(name) for name in (stated.map.ignore if stated.map else ())}
        apart = {*joined}
        kept = [head for head in heads if not self.named(head, self.dropped) and head not in apart]
        fields = set(stated.map.columns) | set(stated.map.pairs) if stated.map else set()
        self.shape: Shape = "log" if {"at", "event"} <= fields else shape_of(kept)
        self.kept = kept

    @staticmethod
    def named(head: str, names: set[str]) -> bool:
        return plain(head) in names or head.strip() in names

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(self.columns.values()) | frozenset(self.pairs)

    def read(self) -> list[Refused]:
        """Reads the headings; what stops the file is given back."""
        faults = self._by_map()
        used = {*self.columns, *(head for pair in self.pairs.values() for head in pair)}
        parts: dict[str, dict[str, str]] = {}
        meant = {head: None if self.named(head, self.ignored) else held(head, self.shape) for head in self.kept}
        for head, found in sorted(meant.items(), key=lambda one: one[1] is not None and one[1].soft):
            if head in used:
                continue
            if found is None or found.field in self.fields:
                if found is not None and not found.soft and not self.stated.map:
                    faults.append(self._both(head, found.field))
                    continue
                faults += self._unread(head)
                continue
            if found.part == "both":
                if found.field in self.fields:
                    faults.append(self._both(head, found.field))
                self.columns[head] = found.field
            elif found.part in (mine := parts.setdefault(found.field, {})):
                faults.append(self._both(head, found.field, mine[found.part]))
            else:
                mine[found.part] = head
        for name, mine in parts.items():
            if name in self.columns.values() and name == "at":
                for head in mine.values():  # the day of a log again, next to its complete times
                    faults += self._unread(head)
            elif name in self.columns.values():
                faults += [self._both(head, name) for head in mine.values()]
            elif len(mine) == 2:
                self.pairs[name] = (mine["day"], mine["time"])
            else:
                self.columns[next(iter(mine.values()))] = name
        if not self.fields and not faults:
            listed = ", ".join("a value" if names_in_heading(head) else quoted(head) for head in self.heads[:8])
            says = f"{self.path}: none of its headings is of a custody table: {listed}. docs/custody.md has an example "
            propose = Ask("custody map", (self.path,))
            faults.append(
                QueryError("unknown_headings", says, "of each input; ", propose, " proposes what each column is.")
            )
        return faults

    def settle(self, rows: Sequence[Sequence[str]]) -> None:
        """A heading of two fields, as Hold Type, holds the one whose codes its values are (``either``)."""
        given = self.stated.map.columns if self.stated.map else {}
        for head, name in list(self.columns.items()):
            place = self.heads.index(head)
            values = {row[place].strip() for row in rows if place < len(row)}
            if name in given or (other := by_values(head, name, values)) is None:
                continue
            del self.columns[head]
            if other in self.fields:
                self._unread(head)
            else:
                self.columns[head] = other

    def _by_map(self) -> list[Refused]:
        given = self.stated.map
        if given is None:
            return []
        by_name = {plain(head) or head: head for head in reversed(self.kept)}
        missing = []
        for name, heads in given.columns.items():
            here = next((by_name[plain(head) or head] for head in heads if (plain(head) or head) in by_name), None)
            if here is None:
                missing.append(heads[0])
            else:
                self.columns[here] = name
        for name, pair in given.pairs.items():
            both = [by_name.get(plain(head) or head) for head in pair]
            missing += [head for head, here in zip(pair, both, strict=True) if here is None]
            if both[0] and both[1]:
                self.pairs[name] = (both[0], both[1])
        if not self.fields:
            listed = ", ".join("a value" if names_in_heading(head) else quoted(head) for head in self.heads[:8])
            return [Refused(f"{self.path}: none of its headings is in the map {given.name}: {listed}.")]
        for head in missing:
            self.problems.append(problem(self.path, 0, head, "unmapped_heading", found="no such heading"))
        return []

    def _unread(self, head: str) -> list[Refused]:
        """A heading that no field reads: ignored by the map, personal, or reported as unknown."""
        if self.named(head, self.ignored):
            return []
        if word := personal_heading(head):
            return [personal(self.path, head, f"a heading with {word!r} in it")]
        if not re.fullmatch(r"column \d+", head):
            self.problems.append(problem(self.path, 0, head, "unknown_column", found=f"the heading {quoted(head)}"))
        return []

    def _both(self, head: str, name: str, other: str | None = None) -> Refused:
        other = other or next((one for one, mine in self.columns.items() if mine == name), None)
        other = other or next(iter(self.pairs.get(name, ())), head)
        says = f"{self.path}: {quoted(head)} and {quoted(other)} both hold {name}. Leave one out with "
        later = " A person leaves at the later of them: where both have times, put the later one in one column."
        more = later if name == "charges_cleared" else ""
        return QueryError("column_twice", says, QueryField("drop", quoted(head)), f".{more}")


def by_values(heading: str, name: str, values: Iterable[str]) -> str | None:
    """The other field that a heading holds, where none of its values is a code of the first; else None."""
    words = {plain(value) for value in values if not is_blank(value)}
    for other, headings in vocabulary()["either"].get(name, {}).items():
        if words_of(heading) in headings and words and not words & {*spellings(name)}:
            return str(other)
    return None


def refuse_headless(path: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A file whose first line is a row of its own: nothing of it is shown, since it may be of a person."""
    if holds_values(heads, rows):
        raise Refused(
            f"{path}: expected a line of headings, found a line of values or of words that no heading has (not shown). "
            "Put a line above it that names each column; docs/custody.md has an example of each input."
        )


def refuse_unknown_drops(drop: Iterable[str], heads: Iterable[str]) -> None:
    """A column to leave unread that no file has: a slip of the pen would leave in what should be left out."""
    known = list(dict.fromkeys(heads))
    lost = [name for name in drop if not any(Columns.named(head, {plain(name), name.strip()}) for head in known)]
    if lost:
        listed = ", ".join("a value" if names_in_heading(head) else quoted(head) for head in known[:MOST_LISTED])
        more = f", and {len(known) - MOST_LISTED:,} more" if len(known) > MOST_LISTED else ""
        says = f": expected a column of the files, found none named {', '.join(map(quoted, lost))}. Theirs are {listed}"
        raise QueryError("unknown_column", QueryField("drop"), f"{says}{more}.")


def personal(path: Path | str, head: str, why: str, field: str = "") -> Refused:
    """A column that names people; the message has what helps: a case needs its number, any other column may go."""
    named = not names_in_heading(head)
    if field == "case":
        says = f"{path}: column {quoted(head) if named else shown(head)} was not read: it has {why}. An audit needs no "
        more = "names. Give each case a number of your own in that column, without a name in it. "
        words = "If these words are of agencies or facilities, name those in a column 'agency' or 'facility'."
        return Refused(says, more, *([words] if PEOPLE in why else []))
    says = (
        f"{path}: column {quoted(head) if named else shown(head)} was not read: it has {why}. An audit needs no names, "
    )
    parts: list[Part] = [says, "birth dates, nationalities or A-numbers. Leave it out of the file, "]
    if not named:
        return Refused(*parts, "and give the file a heading row if it has none.")
    return QueryError("personal", *parts, "or say ", QueryField("drop", quoted(head)), ".")
