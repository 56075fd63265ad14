"""Agencies as people call them, before any word is looked at: Las Vegas police, Lee County Sheriff Ann Doe's office.

What enters: a sentence's text. What leaves: stretches of it with the name that ICE's lists would print. Promise: such a
name is taken only where a word of having, signing or refusing follows it, so that who only speaks is not taken for who
signed; a state, or a kind of police, is no town.
"""

import re
from collections.abc import Iterator
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.numbers import SMALL

PART = r"[A-Z][\w’'-]*[a-z](?<!-based)(?<!-area)"
TOWN = rf"(?:(?:St|Ft|Mt)\. )?{PART}(?: (?:of |the )?{PART}){{0,2}}"
PERSON = (
    rf"(?:{PART}|[A-Z]\.(?: ?[A-Z]\.)*)(?: [A-Z]\.)?(?: (?:de |la )?{PART}){{1,2}}(?:,? (?:[JS]r\.?|III?|IV)(?!\w))?"
)
COUNTY = rf"(?:(?:St|Ste)\. )?{PART}(?:[ -]{PART}){{0,2}} (?:County|Parish)"
UNIVERSITY = (
    rf"(?:(?:University|College|New College) of {PART}(?: {PART}){{0,2}}|(?:{PART} ){{1,4}}(?:University|College))"
)
DOING = (
    r"(?=(?:,? (?:has|have|had|also|both|all|recently|formally|officially|already|now|currently|never|not|later|then|"
    r"still|each|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:this|last) (?:week|month)))*,? "
    r"(?:signed|sign|joined|joins?|entered|inked|struck|holds?|held|has|have|had|participates?|"
    r"participated|takes? part|took part|takes? no part|works?|worked|operates?|"
    r"serves?|partnered|partners?|agreed|do|does|did|don[’']t|doesn[’']t|"
    r"didn[’']t|is|are|was|were|became|becomes?|ended|terminated|cancel+ed|withdrew|quit|left|dropped|pulled|backed|let|"
    r"allowed|applied|asked|refused|declined|rejected|turned|opted|no longer|plans?|wants?|may|will|could)\b"
    rf"|,? and (?:the )?{TOWN} police\b|, {TOWN} police\b)"
)
PLACED = r"(?=(?:,? (?:in|of) [A-Z][\w.]*(?: [A-Z]\w*)?|, [A-Z][\w.]*(?: [A-Z]\w*)?,)?" + DOING.removeprefix("(?=")
"""The same, with a state between."""
SIGNING = (
    rf"(?: {PERSON})?(?=(?: (?:has|have|also|later|formally|officially))* (?:signed|entered|joined|inked|struck)\b)"
)
OF_PROGRAM = r"(?=.*(?:287|\bICE\b|[Tt]ask [Ff]orce|[Ii]mmigration|[Jj]ail [Ee]nforcement|[Ww]arrant [Ss]ervice))"
"""A city signs many a contract: one of this program has one of these words."""
NAMES = (
    (when_needed(rf"\b(?:the )?(?P<name>{COUNTY}) Sheriff(?: {PERSON})?(?:[’']s)? (?:office|agency|department)\b"),
     "{name} Sheriff's Office"),
    (when_needed(rf"\bSheriff {PERSON}(?:[’']s?)? (?:office|agency|department) in (?P<name>{COUNTY})\b"),
     "{name} Sheriff's Office"),
    (when_needed(rf"\b(?:the )?(?P<name>{COUNTY}) [Ss]heriff(?: {PERSON})?(?! ?[’'])" + DOING),
     "{name} Sheriff's Office"),
    (when_needed(rf"\bSheriff {PERSON} (?:of|in) (?P<name>{COUNTY})" + DOING), "{name} Sheriff's Office"),
    (when_needed(rf"\b(?:[Cc]ampus |[Uu]niversity )?[Pp]olice(?: department)? (?:at|of) (?:the )?(?P<name>{UNIVERSITY})"
                + DOING), "{name} Police Department"),
    (when_needed(rf"\b(?:the )?(?P<name>{UNIVERSITY})(?:[’']s)?(?: campus)? police(?: department| force)?" + DOING),
     "{name} Police Department"),
    (when_needed(rf"\b(?:[Tt]he )?(?:[Cc]ity|[Tt]own|[Vv]illage) of (?P<name>{PART}(?: {PART}){{0,2}})"
                + PLACED + OF_PROGRAM), "{name} Police Department"),
    (when_needed(rf"\b(?:the )?(?P<name>{COUNTY})(?:[’']s)? (?:[Ss]heriff[’']s )?deputies" + PLACED),
     "{name} Sheriff's Office"),
    (when_needed(rf"\b(?:the )?(?P<name>{COUNTY})(?:[’']s)? [Aa]ttorney(?:[’']s [Oo]ffice)?" + PLACED),
     "{name} Attorney's Office"),
    (when_needed(rf"\b(?P<name>{TOWN})(?:[’']s)? (?:city )?[Pp]olice [Cc]hief" + SIGNING), "{name} Police Department"),
    (when_needed(rf"\b[Pp]olice in (?P<name>{TOWN})" + PLACED), "{name} Police Department"),
    (when_needed(rf"\b(?P<name>{TOWN})(?:[’']s)? (?:city )?police" + PLACED), "{name} Police Department"),
    (when_needed(rf"\b(?:the )?(?P<name>{TOWN}) PD\b"), "{name} Police Department"),
)  # fmt: skip
"""Patterns of everyday names, and the name that each stands for."""
OFFICES = (
    (r"attorney general(?:[’']s office)?", "{state} Attorney General"),
    (
        r"(?:prison|corrections?) (?:system|department|agency)|department of corrections?",
        "{state} Department of Corrections",
    ),
    (r"highway patrol", "{state} Highway Patrol"),
    (r"state police|state troopers", "{state} State Police"),
    (r"national guard", "{state} National Guard"),
    (r"(?:department of public safety|public safety department)|DPS", "{state} Department of Public Safety"),
)
"""Offices of a state as people call them, and how lists name them."""
TOWNS = tuple(pattern for pattern, _ in NAMES[-4:])
"""Patterns of a town's police."""
SEVERAL = (
    when_needed(
        rf"\b(?:[Tt]he )?(?P<towns>{TOWN}(?:, {TOWN})*,? and {TOWN}) [Pp]olice(?: departments| forces)?" + PLACED
    ),
    when_needed(
        rf"\b(?:[Tt]he )?[Pp]olice(?: departments| forces)? in (?P<towns>{TOWN}(?:, {TOWN})*,? and {TOWN})" + PLACED
    ),
)
"""The police of several towns: the Marco Island and Naples police departments; police in Gorham and Pittsburg."""
GATE = when_needed(r"[Ss]heriff|[Pp]olice|deputies|[Aa]ttorney|\bPD\b|\b(?:[Cc]ity|[Tt]own|[Vv]illage) of\b")
OPENING = when_needed(
    r"^(?:(?:The|In|As|By|And|But|When|Since|While|That|For|At|On|After|Only|Both|Also|Now|Meanwhile|Then|With|Like|"
    r"Neither|Either|Nor|Unlike)\s+)+"
)
NO_TOWN = frozenset(
    (
        *(
            "local",
            "state",
            "city",
            "county",
            "campus",
            "municipal",
            "federal",
            "metro",
            "area",
            "university",
            "college",
        ),
        *("border", "military", "transit", "school", "tribal", "capitol", "many", "some", "most", "few", "several"),
        *("no", "every", "each", "any", "all", "only", "both", "another"),
        *("more", "fewer", "nearly", "almost", "about", "over", "under", "current", "former", "new", "big"),
        *SMALL,
        *("hundred", "dozens", "hundreds"),
        *("other", "american", "national", "secret", "township", "regional", "sheriff", "deputy", "chief"),
    )
)
"""First words of what is a kind of police and not one town's."""


def everyday_names(text: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that name an agency as people do: begin, end, and the name on ICE's lists."""
    yield from _offices(text)
    if not GATE.search(text):
        return
    yield from _of_several_towns(text)
    for pattern, name in NAMES:
        for found in pattern.finditer(text):
            opening = OPENING.match(found["name"])
            cut = opening.end() if opening else 0
            said = found["name"][cut:]
            if not said or not said[0].isupper():
                continue
            words = said.lower().split()
            if said.lower() in states() or (words[0].split("-")[0] in NO_TOWN and pattern in TOWNS):
                continue
            start = found.start("name") + cut if found.start("name") == found.start() or cut else found.start()
            yield start, found.end(), name.format(name=said)


def _of_several_towns(text: str) -> Iterator[tuple[int, int, str]]:
    """The towns of a list whose police are named together, each by itself."""
    for found in (one for pattern in SEVERAL for one in pattern.finditer(text)):
        opening = OPENING.match(found["towns"])
        first = found.start("towns") + (opening.end() if opening else 0)
        towns = [(one.start(), one.end()) for one in re.finditer(rf"{TOWN}", text[first : found.end("towns")])]
        names = [text[first + start : first + end] for start, end in towns]
        if any(one.lower() in states() or one.lower().split()[0] in NO_TOWN for one in names):
            continue
        for place, (start, end) in enumerate(towns):
            last = place + 1 == len(towns)
            yield first + start, found.end() if last else first + end, f"{names[place]} Police Department"


OFFICE_GATE = when_needed(
    r"(?:attorney general|prison|orrections?|highway patrol|state police|troopers|guard|safety|DPS)\b"
)


def _offices(text: str) -> Iterator[tuple[int, int, str]]:
    """A state's office with small letters behind its state: Guam's attorney general, Nebraska's prison system."""
    if not OFFICE_GATE.search(text):
        return
    for pattern, name in _office_patterns():
        for found in pattern.finditer(text):
            yield found.start("office"), found.end("office"), name.format(state=found["state"])


@cache
def _office_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    named = "|".join(re.escape(code.name) for code in declared.states() + declared.territories())
    return tuple(
        (when_needed(rf"\b(?P<state>{named})(?:[’']s?)? (?:state |statewide )?(?P<office>{office})" + DOING), name)
        for office, name in OFFICES
    )


@cache
def states() -> frozenset[str]:
    """The names of states, in lower case: the police of one are not a town's."""
    return frozenset(code.name.lower() for code in declared.states() + declared.territories())
