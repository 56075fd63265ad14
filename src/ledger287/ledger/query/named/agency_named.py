"""What a person types for an agency -> the id of the one agency meant, or a refusal that says what could be meant.

What enters: an open record, a text and, if known, a state. What leaves: an id. The module promises that a name is
never answered by another agency's record: several agencies of a name, the agencies of a county that is named in place
of one of them, and an agency of another state than the one given are named for the person to choose from.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

import polars as pl

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, Part, QueryError, QueryField, as_text
from ledger287.core.text import plural
from ledger287.ledger.identity.spelling import plain, words_that_tell
from ledger287.ledger.query.indexes import indexes_of
from ledger287.ledger.query.named.initials import larger_elsewhere, near_names, read_initials, with_initials
from ledger287.ledger.query.named.other_wordings import NoAgency, in_usual_words, near_corrected
from ledger287.ledger.query.named.several import several_agencies, with_own_names
from ledger287.ledger.query.named.state_agencies import meant_by
from ledger287.ledger.query.opened import OpenTables
from ledger287.ledger.query.parameters import read_state
from ledger287.sources.ice_lists import values

Row = tuple[str, str, str]
"""An agency's id and state, and a name it was printed under."""
OFFERED = 5
"""How many near names are offered where none fits."""
MOST_SHOWN = 15
"""How many agencies with the same initials, or of the same county, are named."""
SHORTEST_BEGINNING = 4
"""Letters of a name's beginning that may mean an agency."""
COUNTY = re.compile(r"(?P<first>county|parish) of (?P<of>.+)|(?P<name>.+) (?P<kind>county|parish)")
"""A county's name, plain. (A borough is a town in Pennsylvania.)"""


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that are known: those ICE printed there itself, all of the lists', and those of the years before.

    ``called`` is each agency's own, as printed last.
    """

    own: list[Row]
    listed: list[Row]
    then: list[Row]
    called: dict[str, str]

    def within(self, state: str | None) -> "_Names":
        if state is None:
            return self
        own, listed, then = ([row for row in rows if row[1] == state] for rows in (self.own, self.listed, self.then))
        return _Names(own, listed, then, self.called)

    @property
    def every(self) -> list[Row]:
        return self.listed + self.then


def find_agency(ledger: OpenTables, query: str, state: str | None, then: "Sequence[Row]" = ()) -> str:
    """The id of the one agency meant. Raises Refused: none (with the closest names), or several.

    A name that the lists have and another agency had in ``then``, the years before them, is the name of both; of names
    that are only alike, those of the lists go first.
    """
    return _find(ledger, query, state, then, beginnings=False)[0]


def find_by_beginning(
    ledger: OpenTables, query: str, state: str | None, then: "Sequence[Row]" = ()
) -> tuple[str, str | None]:
    """As ``find_agency``; but a name that only one agency's begins with means that one, and a note says so."""
    return _find(ledger, query, state, then, beginnings=True)


def _find(
    ledger: OpenTables, query: str, state: str | None, then: "Sequence[Row]", *, beginnings: bool
) -> tuple[str, str | None]:
    query = as_text(query, "agency", "Collier County Sheriff's Office")
    if query in indexes_of(ledger).agencies or any(agency_id == query for agency_id, *_ in then):
        return query, None
    if not plain(query):
        found = f", found {query!r}" if query.strip() else ""
        expected = "expected any spelling that ICE printed, or an id such as ag-8zwthaz"
        raise Refused(f"no agency was named; {expected}{found}.")
    everywhere = _names(ledger, then)
    if state is None and not _printed(query, everywhere) and (split := _with_state(query)):
        named, _ = _named(split[0], everywhere.within(split[1]), split[1])
        if named or not _by_name(query, everywhere):
            query, state = split
    names = everywhere.within(state)
    if not _printed(query, names) and (called := _called_so(query, names, state)):
        return called
    named, note = _named(query, names, state)
    if not _printed(query, names):
        _refuse_county(ledger, query, state, names, named)
    if named:
        return named, note
    if state and (misprinted := _under_another_state(ledger, plain(query), state)):
        return misprinted, None
    begun = _begun(query, names) if beginnings else None
    if begun:
        where = f" in {state}" if state else ""
        only = f"the only one{where} in the record whose name begins so"
        return begun, f"{query.strip()!r} is taken as this agency, {only}"
    usual, within = in_usual_words(query) or (None, None)
    if usual:
        try:
            return _find(ledger, usual, state or within, then, beginnings=beginnings)[0], read_as(query, usual)
        except QueryError:
            raise
        except Refused:
            state = state or within
    raise _unknown(query, state, everywhere, usual)


def _called_so(query: str, names: _Names, state: str | None) -> tuple[str, str | None] | None:
    """The agency of a state that people call so, with a note; None where no other way of reading is set right by it.

    Raises QueryError for several, and Refused where no list has the one that is meant: no other is offered for it.
    """
    meant = meant_by(query, state)
    known = {agency_id for agency_id, *_ in names.every}
    ids = {agency_id for one in meant for agency_id in one.record} & known
    missing = [one for one in meant if not known & {*one.record}]
    initials = read_initials(query)
    named = set(with_initials(initials, names.every)) if initials else set()
    if not meant or (not missing and ids <= named):
        return None
    absent = "; ".join(f"{one.name}, {one.state}" for one in missing)
    if len(ids | named) == 1 and not missing:
        same = plain(meant[0].name) == plain(query)
        read = "which lists and pages print under another name" if same else f"{meant[0].name}, {meant[0].state}"
        return ids.pop(), f"{query.strip()!r} is read as this agency, {read}"
    if not ids | named:
        verb = "is" if len(missing) == 1 else "are"
        raise Refused(f"no agency {query!r}: {absent}, {verb} called so and {verb} on no list or page of this record.")
    rows = {agency_id: (agency_id, where, name) for agency_id, where, name in reversed(names.every)}
    narrows = len({one.state for one in meant} | {rows[one][1] for one in ids | named}) > 1
    shown = "\n  " + "\n  ".join(_at_most(sorted((rows[one] for one in ids | named), key=_by_state)))
    raise QueryError(
        "several_agencies",
        f"{query!r} may mean several agencies. Say which by name or id",
        *((", or narrow it with ", QueryField("state")) if narrows else ()),
        f":{shown}" + (f"\nCalled so too, and on no list or page of this record: {absent}." if missing else ""),
        fields=("agency", "state"),
        choices=sorted(ids | named),
    )


def _begun(query: str, names: _Names) -> str | None:
    """The one agency that has a name beginning with these words; None where there is none, or several.

    A single word must be a word of the name; the last of several may be cut short (Las Vegas Metro).
    """
    words = plain(query)
    if len(words) < SHORTEST_BEGINNING:
        return None
    beginning = words if " " in words else f"{words} "
    found = {agency_id for agency_id, _, name in names.own + names.every if plain(name).startswith(beginning)}
    return found.pop() if len(found) == 1 else None


def _printed(query: str, names: _Names) -> bool:
    """Whether an agency was printed by a name, but for case and punctuation."""
    return any(plain(name) == plain(query) for *_, name in names.own + names.every)


def closest(query: str, rows: Sequence[Row]) -> list[Row]:
    """What a name may mean, a row for each agency: first the names that have all of its words, then the likest."""
    return near_names(query, rows, OFFERED)


def _names(ledger: OpenTables, then: "Sequence[Row]") -> _Names:
    indexes = indexes_of(ledger)
    own, listed = indexes.names
    known, displayed = indexes.agencies, declared.display_names()
    ours = [(key, known[key]["state"], name) for key, name in displayed.items() if key in known]
    called = {one: name for one, _, name in then} | {key: row["name"] for key, row in known.items()} | displayed
    return _Names([*own, *ours], list(listed), list(then), called)


def _named(query: str, names: _Names, state: str | None) -> tuple[str | None, str | None]:
    """The one agency of a name, and a note where its initials were read; None where there is none.

    Raises QueryError for several.
    """
    found = _by_name(query, names)
    initials = read_initials(query)
    if initials and not (len(found) == 1 and _printed(query, names)):
        states = {where for _, where, _ in names.every}
        found = {one: where for code in states for one, where in _by_name(query, names.within(code)).items()}
        return _by_initials(query, initials, found, names.every, state)
    if len(found) < 2:
        return next(iter(found), None), None
    earlier = found.keys() - {agency_id for agency_id, *_ in names.listed}
    raise several_agencies(query, found, names.called, earlier, state)


def _by_name(query: str, names: _Names) -> dict[str, str]:
    """Agency -> its state: those printed so, before the lists too, else those whose words are the same."""
    wanted = plain(query)
    found: dict[str, str] = {}
    for rows in (names.own, names.listed):
        found = found or {agency_id: where for agency_id, where, name in rows if plain(name) == wanted}
    found |= namesakes_before(query, names.then, {agency_id for agency_id, *_ in names.listed})
    for rows in (names.listed, names.then):
        found = found or {
            agency_id: where
            for agency_id, where, name in rows
            if words_that_tell(where, name) == words_that_tell(where, query)
        }
    return found


def namesakes_before(query: str, then: Sequence[Row], listed: Container[str]) -> dict[str, str]:
    """Agency -> its state: those of the years before the lists, and of no list, that were printed so."""
    wanted = plain(query)
    return {one: where for one, where, name in then if one not in listed and plain(name) == wanted}


def _with_state(query: str) -> tuple[str, str] | None:
    """``Naples Police Department, Florida`` as a name and a state's code; None where no state follows a comma."""
    name, comma, last = query.rpartition(",")
    if not comma or not name.strip():
        return None
    try:
        state = read_state(last.strip())
    except Refused:
        return None
    return (name.strip(), state) if state else None


def _by_initials(
    query: str, initials: str, printed: dict[str, str], rows: Sequence[Row], state: str | None
) -> tuple[str | None, str | None]:
    """The one agency with these initials, with a note; none where nobody has them.

    Raises QueryError for several, and for one where a larger department that no list names has the same initials.
    ``printed`` are agencies with a name that is the same words, to which those with these initials are added.
    """
    called = {agency_id: (where, " ".join(name.split())) for agency_id, where, name in reversed(rows)}
    named = with_initials(initials, rows)
    named |= {agency_id: called[agency_id] for agency_id in printed if agency_id not in named}
    larger = larger_elsewhere(initials, rows) if state is None else None
    if len(named) < 2 and not (named and larger):
        where = f"of {state}" if state else "in the record"
        note = f"{query.strip()!r} is read as the initials of this agency, the only one {where} that has them"
        return next(iter(named), None), note
    rows = sorted(((agency_id, where, name) for agency_id, (where, name) in named.items()), key=_by_state)
    shown = "\n  " + "\n  ".join(_at_most(rows))
    other = (
        f"{larger[1]}, {larger[0]}, the largest department with these initials, is in no list by that name"
        if larger
        else ""
    )
    if len(named) == 1:
        says: tuple[Part, ...] = (
            f"{query!r}: {other}. One agency of the record has them. If you mean it, type its name or id:{shown}",
        )
    else:
        says = (
            f"{len(named)} agencies have the initials {query!r}. Say which by name or id",
            *(() if state else (", or narrow it with ", QueryField("state"))),
            f":{shown}" + (f"\n{other}." if other else ""),
        )
    raise QueryError("several_agencies", *says, fields=("agency", "state"), choices=sorted(named))


def _by_state(row: Row) -> tuple[str, str, str]:
    return row[1], row[2], row[0]


def _at_most(rows: Sequence[Row]) -> list[str]:
    """Agencies for a person to choose from, a line each."""
    rest = rows[MOST_SHOWN:]
    states = sorted({where for _, where, _ in rest})
    more = [f"and {len(rest)} more, in {', '.join(states)}"] if rest else []
    return _shown(rows[:MOST_SHOWN]) + more


def _shown(rows: Sequence[Row]) -> list[str]:
    return [f"{' '.join(name.split())}, {where}  ({agency_id})" for agency_id, where, name in rows]


def _under_another_state(ledger: OpenTables, wanted: str, state: str) -> str | None:
    """The one agency of a name that ICE printed in a state in which it is not."""
    names = indexes_of(ledger).printed_names.filter(pl.col("state") != state)
    rows = names.select("agency_id", "state", "state_printed", "name_printed").iter_rows()
    found = {
        agency_id
        for agency_id, right, printed, name in rows
        if right != state and values.state(printed).value == state and plain(name) == wanted
    }
    return next(iter(found)) if len(found) == 1 else None


def _refuse_county(ledger: OpenTables, query: str, state: str | None, names: _Names, named: str | None) -> None:
    """Raises QueryError with the agencies of a county, where a county's name is given in place of an agency's.

    ``named`` is an agency whose name has the same words, as "Orange, County of" has: alone it is the one meant.
    """
    county = _county(query)
    if not county:
        return
    agencies = list(ledger.table("agencies").select("agency_id", "state", "county", "name").iter_rows())
    found = {
        agency_id: (agency_id, where, name)
        for agency_id, where, printed, name in agencies
        if printed and _county(printed) == county and state in (None, where)
    }
    for agency_id, where, name in names.every:
        if agency_id == named or plain(name).startswith(f"{plain(query)} "):
            found.setdefault(agency_id, (agency_id, where, name))
    if not found or list(found) == [named]:
        return
    called = declared.display_names()
    rows = [_called(row, called.get(row[0])) for row in found.values()]
    rows.sort(key=lambda row: (row[1], not plain(row[2]).startswith(plain(query)), row[2]))
    many = f"{plural(len(rows), 'agency', 'agencies')} of it {'is' if len(rows) == 1 else 'are'} in the record"
    place = _place_of({row[0]: row[2] for row in agencies}, found, query.strip(), state)
    ways = ("by name or id",) if state else ("by name or id, or narrow it with ", QueryField("state"))
    raise QueryError(
        "several_agencies",
        f"{query!r} is the name of a county, not of an agency; {many}. Say which ",
        *ways,
        ":\n  " + "\n  ".join(_at_most(rows)) + "\nAll that serve its people: ",
        Ask("near", (place,)),
        fields=("agency", "state"),
        choices=sorted(found),
    )


def _place_of(county_of: dict[str, str | None], found: dict[str, Row], name: str, state: str | None) -> str:
    """The county to look up: as ICE prints it, as the name typed may be a misprint; with its state, where it is one."""
    counties = {county for agency_id in found if (county := county_of.get(agency_id))}
    states = {where for _, where, _ in found.values()}
    called = counties.pop() if len(counties) == len(states) == 1 else name
    within = state or (states.pop() if len(states) == 1 else None)
    return f"{called}, {within}" if within else called


def _county(name: str) -> tuple[str, str] | None:
    """A county's name and the word for its kind; None where it is no county's name."""
    found = COUNTY.fullmatch(plain(name))
    if not found:
        return None
    words = (found["of"] or found["name"]).split()
    same = "".join("saint" if word in ("st", "ste", "sainte") else word for word in words)
    return same, found["first"] or found["kind"]


def read_as(query: str, text: str) -> str:
    """The note of an answer to other words than those that were typed."""
    return f"{query.strip()!r} is read as {text!r}"


def _unknown(query: str, state: str | None, names: _Names, usual: str | None) -> Refused:
    """No agency of a name: where it is in another state, with that state; then the closest names.

    ``usual`` is the query in English, where it is Spanish.
    """
    lacking = f"no agency {query!r}" + (f" in {state}" if state else "")
    parts: list[Part] = [lacking]
    elsewhere = _by_name(query, names) if state else {}
    if elsewhere:
        called = declared.display_names()
        listed = {row[0]: row for row in names.every}
        others = [_called(listed[agency_id], called.get(agency_id)) for agency_id in elsewhere]
        shown = _shown(sorted(others, key=lambda row: row[1])[:MOST_SHOWN])
        parts.append("; it is in another state:\n  " + "\n  ".join(shown) + f"\nThe closest names in {state}:")
    initials = read_initials(query)
    if initials and state is None and (larger := larger_elsewhere(initials, names.every)):
        parts.append(f" ({larger[1]}, {larger[0]}, has these initials and is in no list by that name)")
    rows = names.within(state).every
    found = closest(usual or query, rows) or near_corrected(usual or query, rows)[:OFFERED]
    near = _shown(with_own_names(found, names.called))
    if near and not elsewhere:
        parts.append(". The closest names:")
    parts.append("\n  " + "\n  ".join(near) if near else " none is near." if elsewhere else ", and no name is near.")
    return NoAgency(*parts, near=near)


def _called(row: Row, name: str | None) -> Row:
    """An agency's row with the name that it is called by, where that is not the printed one."""
    return (row[0], row[1], name or row[2])
