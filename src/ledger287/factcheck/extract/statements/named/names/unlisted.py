"""A known agency that no list ever had: whether it has or signed an agreement can be derived from that.

What enters: an answer that found no agency of a name, and the one state that is meant. What leaves: the same, or a firm
answer. Promise: the name is exactly that of a county of the state, or of a city with a police department in the FBI's
roster, and no agency of the state that was ever on a list has that name, or one spelled nearly so, within its own; days
before the first list, and the last weeks of the record, in which a signing may not be printed yet, are not decided.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from rapidfuzz.distance import Indel

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import moment, name_of
from ledger287.factcheck.parse.names.county_names import states_of_county
from ledger287.factcheck.verdicts.answers import Answer, Evidence
from ledger287.ledger.identity.spelling import plain

SHERIFF = when_needed(
    r"(?:[Tt]he )?(?P<county>[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|du|la))* (?:County|Parish))"
    r"(?: [Ss]heriff(?:[’']s?)?(?: (?:[Oo]ffice|[Dd]epartment))?)?"
)
POLICE = when_needed(r"(?:[Tt]he )?(?P<city>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*?) Police Department")
NOT_YET = timedelta(days=45)
"""So long a signing may not be printed yet, before the end of the record."""


def unlisted(answer: Answer, name: str, states: Sequence[str], behind: Background, index: Index) -> Answer:
    """The answer, firm where a known agency of that name was on no list."""
    claim = answer.claim
    county = SHERIFF.fullmatch(name) if not states else None
    states = states_of_county(county["county"]) if county else states  # Fairfax County: one state alone has one
    if answer.verdict != "cannot_tell" or claim.agencies or len(set(states)) != 1:
        return answer
    if claim.sense not in ("", "signed", "absent") or claim.when.since:
        return answer
    state = states[0]
    known = _known(name, state)
    if known is None or any(
        _has(known, row[0]) or _is_misspelled(known, row[0], state)
        for agency, row in index.agencies.items()
        if row[1] == state and not _is_of_another_kind(name, row[0], index.kinds.get(agency))
    ):
        return answer
    when = moment(claim, behind.published, index)
    last = max((one.last for one in when.windows), default=index.days[-1])
    if when.outside or not when.windows or min(one.first for one in when.windows) < index.days[0]:
        return answer
    absent = claim.sense == "absent"
    if not absent and last > index.days[-1] - NOT_YET:
        return answer
    newest = max((one for one in index.lists if one.day <= last), key=lambda one: one.day, default=index.lists[0])
    says = f"no agency named {known.title()} in {name_of(state)} was ever on a list"
    shown = Evidence("holds", says, 0.0, None, None, newest.day, newest.file, newest.sha256)
    reason = f"{says} from {brief(index.days[0])} to {brief(index.days[-1])}."
    return replace(answer, verdict="supported" if absent else "contradicted", reason=reason, evidence=(shown,),
                   measure="holds_none" if absent else answer.measure, settles=None)  # fmt: skip


def _known(name: str, state: str) -> str | None:
    """The county or city that a name is of, in plain words, where the state has just one such sheriff or department."""
    from ledger287.places.gazetteer.geography import geography
    from ledger287.places.gazetteer.naming import key

    sheriff = SHERIFF.fullmatch(name)
    if sheriff:
        county = geography().county_named(state, sheriff["county"])
        joined = county is None or county.fips in geography().consolidated.values()  # Duval's sheriff is Jacksonville's
        return None if joined else plain(sheriff["county"])
    police = POLICE.fullmatch(name)
    if police and len(geography().city_departments.get((state, key(police["city"])), ())) == 1:
        return plain(police["city"])
    return None


def _is_of_another_kind(name: str, listed: str, kind: str | None) -> bool:
    """Whether a listed agency is certainly none of the kind that is named: a constable, a county's for a city's."""
    low = name.lower()
    if "sheriff" in low:
        return kind in ("constables", "police", "campuses", "state_agencies")
    return low.endswith("police department") and (kind in ("constables", "sheriffs") or " county" in listed.lower())


def _bare(known: str) -> str:
    """A place's name without the word for what it is: Wayland of Wayland village."""
    return re.sub(r"(?<=\w) (?:county|parish|village|town|township|city|borough)$", "", known)


def _has(known: str, name: str) -> bool:
    """Whether a listed name has all of a county's or a city's name within its own."""
    bare, name = SAINT.sub("st", _bare(known)), SAINT.sub("st", plain(name))
    run_on = " " in bare and bare.replace(" ", "") in name.replace(" ", "")
    return run_on or f" {bare} " in f" {name} "


SAINT = when_needed(r"\bsaint\b")


SLIPS = 2
"""So many letters apart a name may be a slip of who made the list: ICE prints Pittsburgh for Pittsburg, N.H."""


def _is_misspelled(known: str, listed: str, state: str) -> bool:
    """Whether as many words of a listed name in a row are nearly a county's or city's, and no other's there."""
    bare = _bare(known)
    length, words = len(bare.split()), plain(listed).split()
    runs = (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
    most = SLIPS if len(bare) > SHORT else 1
    near = [run for run in runs if Indel.distance(bare, run, score_cutoff=most) <= most]
    return any(not _is_place(run, state) for run in near)


def _is_place(name: str, state: str) -> bool:
    """Whether a state has a county, or a city with a police department, of this name: Harrison is not Harris."""
    from ledger287.places.gazetteer.geography import geography
    from ledger287.places.gazetteer.naming import key

    county = geography().county_named(state, f"{name.title()} County")
    return county is not None or bool(geography().city_departments.get((state, key(name))))


SHORT = 5
"""Letters of a name in which two others would make another name."""
