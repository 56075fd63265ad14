"""Names that several states have, a county or a town: an answer on one is withdrawn where no state is named.

What enters: an answer on a named agency, and the states that the sentence or text names. What leaves: the answer, or
"cannot tell" with how many states have one of that name. Promise: a town whose police outweigh every other of its name
is meant without its state (Orlando); which of several others is meant is not guessed at (Springfield).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.verdicts.answers import Answer


def elsewhere_too(answer: Answer, name: str, states: Sequence[str], index: Index) -> Answer:
    """An answer on a county, or a town's police, withdrawn where other states have one of that name and the text names
    no state, or none of those whose agency was found.
    """
    from ledger287.places.gazetteer.geography import geography

    theirs = {index.agencies[one][1] for one in answer.claim.agencies if one in index.agencies}
    if (
        (states and (not theirs or theirs & set(states)) and not _of_several(name, states))
        or answer.measure == "pended"
        or answer.verdict not in ("supported", "contradicted", "was_true", "became_true")
    ):
        return answer
    county = COUNTY_OF_NAME.match(name)
    if county is None:
        with_it, what = _towns_of(name, answer.claim.agencies, index), name
    else:
        with_it = [code for code in sorted(geography().counties_of) if geography().county_named(code, county[0])]
        with_it = ["LA"] if county[0].endswith(" Parish") else with_it
        what = county[0]
    exact = answer.claim.sense == "signed" and all(one.length == 1 for one in answer.claim.when.windows)
    if len(with_it) < 2 or ((county is None or answer.claim.model) and exact and answer.verdict == "supported"):
        return answer
    said = f"{len(with_it)} states have a {what}, and the sentence does not say which is meant. On the lists: "
    return replace(answer, verdict="cannot_tell", reason=said + answer.reason, settles="the state")


def _of_several(name: str, states: Sequence[str]) -> bool:
    """Whether several of the states that a text names have a county of that name (Dallas County: TX and MO)."""
    from ledger287.places.gazetteer.geography import geography

    county = COUNTY_OF_NAME.match(name) if len(states) > 1 else None
    return county is not None and sum(geography().county_named(one, county[0]) is not None for one in states) > 1


OUTWEIGHS = 4
"""So many times as many officers as any other of its name: the department that a name without a state means."""


def _towns_of(name: str, agencies: Sequence[str], index: Index) -> list[str]:
    """The states with a police department of a town's name; only one where it outweighs all others, and is listed."""
    from ledger287.places.gazetteer.geography import bare_department, geography
    from ledger287.places.gazetteer.naming import key

    town = re.sub(r"(?i)^(?:the )?(?:city|town|village) of | police department$", "", name)
    if town == name:
        return []
    named = key(bare_department(town))
    officers = {
        state: max(one.officers for one in found)
        for (state, known), found in geography().city_departments.items()
        if known == named
    }
    ranked = sorted(((number, state) for state, number in officers.items() if number), reverse=True)
    if len(ranked) < 2:
        return [state for _, state in ranked]
    plain = ranked[0][0] >= OUTWEIGHS * ranked[1][0]
    listed_in = {index.agencies[agency][1] for agency in agencies if agency in index.agencies}
    return [ranked[0][1]] if plain and listed_in == {ranked[0][1]} else sorted(officers)


COUNTY_OF_NAME = when_needed(
    r"(?:[A-Z][\w.’'-]*|of|du|de|la|St\.)(?: (?:[A-Z][\w.’'-]*|of|du|de|la|St\.))*? (?:County|Parish)\b"
)
