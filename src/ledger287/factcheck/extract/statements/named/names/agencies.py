"""Names of agencies in a text -> agencies of the record.

What enters: a name as a story prints it, and the states that the text speaks of. What leaves: the ids of the agencies
with that name, of one state where the text decides it. Promise: only full names match; where it may be of several
states, all are given, and the answer says so.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ledger287.core import declared
from ledger287.factcheck.measures.readings import name_of
from ledger287.ledger.identity.spelling import plain, words_that_tell
from ledger287.ledger.query.named.state_agencies import meant_by

if TYPE_CHECKING:
    from ledger287.factcheck.measures.index import Index


class Names:
    """The spellings of every agency, ready for looking up."""

    def __init__(self, index: "Index") -> None:
        self.index = index

    @cached_property
    def _spelled(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        names = self.index.ledger.table("names").select("agency_id", "name_printed", "correction")
        for agency, name, correction in names.iter_rows():
            if correction is None:
                found[plain(name)].add(agency)
        for agency, name in declared.display_names().items():
            if agency in self.index.agencies:
                found[plain(name)].add(agency)
        return found

    @cached_property
    def _words(self) -> dict[tuple[str, tuple[str, ...]], set[str]]:
        found: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
        for spelling, agencies in self._spelled.items():
            for agency in agencies:
                state = self.index.agencies[agency][1]
                found[state, words_that_tell(state, spelling)].add(agency)
        return found

    @cached_property
    def _sheriffs(self) -> dict[str, set[str]]:
        """``smith county`` -> the sheriffs of counties with that name."""
        found: dict[str, set[str]] = defaultdict(set)
        for spelling, agencies in self._spelled.items():
            words = spelling.split()
            for word in ("county", "parish"):
                if word in words:
                    for agency in agencies:
                        if self.index.kinds.get(agency) == "sheriffs":
                            found[" ".join(words[: words.index(word) + 1])].add(agency)
            if "sheriff" in spelling and not {"county", "parish"} & set(words):
                for agency in agencies:
                    if self.index.kinds.get(agency) == "sheriffs":  # Miami-Dade Sheriff's Office
                        found[f"{spelling.partition(' sheriff')[0]} county"].add(agency)
        return found

    @cached_property
    def _divisions(self) -> dict[str, set[str]]:
        """``florida highway patrol`` -> the department that is listed with that division of its own."""
        found: dict[str, set[str]] = defaultdict(set)
        for agency, (name, state, *_) in self.index.agencies.items():
            parts = [part.strip() for part in re.split(r",| ?- ", name)]
            for part in parts[1:] if len(parts) > 1 else []:
                bare = re.sub(r"(?i)^(?:division|bureau|office) of ", "", part)
                for known in (part, bare, f"{name_of(state)} {bare}"):
                    found[plain(known)].add(agency)
        return found

    def find(self, name: str, states: Sequence[str], *, stated: Sequence[str] = ()) -> tuple[str, ...]:
        """The agencies of that name: of the states that the sentence states alone; else of the text's."""
        found = self._named(name, stated or states)
        found = found if found or stated or not states else self._named(name, ())
        if stated:
            there = {agency for agency in found if self.index.agencies[agency][1] in stated}
            return tuple(sorted(there or {agency for agency in found if self._is_of_name(agency, name)}))
        here = {agency for agency in found if self.index.agencies[agency][1] in states}
        return tuple(sorted(here or found))

    def _is_of_name(self, agency: str, name: str) -> bool:
        """Whether a name begins with that of the agency's state: the Virginia State Police, next to Wisconsin."""
        own = name_of(self.index.agencies[agency][1]).lower()
        return name.lower().removeprefix("the ").startswith(f"{own} ")

    def _named(self, name: str, states: Sequence[str]) -> set[str]:
        wanted = plain(name.removeprefix("The ").removeprefix("the "))
        found = set(self._spelled.get(wanted, ()))
        if wanted.endswith((" county", " parish")):
            found |= self._sheriffs.get(wanted, set())
        if wanted.startswith("sheriff") and " county" in wanted:
            found |= self._sheriffs.get(wanted.split(" in ")[-1].split(" of ")[-1], set())
        for state in states or sorted({known[1] for known in self.index.agencies.values()}):
            found |= self._words.get((state, words_that_tell(state, wanted)), set())
        if not found and wanted.endswith(" police department"):
            metro = f"{wanted.removesuffix(' police department')} metropolitan police department"
            found = set(self._spelled.get(metro, ()))
        if not found and wanted.endswith(" department of corrections") and len(states) == 1:
            agencies = self.index.agencies.items()
            prisons = {agency for agency, row in agencies if row[1] == states[0] and "correction" in row[0].lower()
                       and self.index.kinds.get(agency) == "state_agencies"}  # fmt: skip
            found = prisons if len(prisons) == 1 else found
        return found or set(self._divisions.get(wanted, ())) or self._of_state(name, states)

    def _of_state(self, name: str, states: Sequence[str]) -> set[str]:
        """The agency of a state that people call so: the Georgia State Patrol, Texas DPS; none where several are."""
        said = name.removeprefix("The ").removeprefix("the ")
        own = [state for state in states if said.lower().startswith(f"{name_of(state).lower()} ")] or list(states)
        meant = meant_by(said, None) or (meant_by(said, own[0]) if len(own) == 1 else [])
        known = {agency for one in meant for agency in one.record if agency in self.index.agencies}
        return known if len({one.state for one in meant}) == 1 else set()
