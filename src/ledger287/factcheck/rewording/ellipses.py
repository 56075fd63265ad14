"""Numbers whose noun a sentence leaves out, said with it: "Nebraska still has 13", "where 31 already have agreements".

What enters: a sentence as it reads now, and those before it. What leaves: the same with the noun put behind such a
number. Promise: the noun is that of the count nearest before it; where agreements and agencies are both counted there,
it is one that may mean either, so that no verdict rests on the choice; a number of anything else is left as it is.
"""

from collections.abc import Sequence

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.units import PERSONS
from ledger287.factcheck.parse.model import Amount, Token
from ledger287.factcheck.parse.parsing import Parsed

ADVERB = (
    r"(?: (?:still|now|already|just|only|also|alone|today|currently|then|itself|about|nearly|almost|some|roughly))*"
)
HAVING = (
    r"(?:has|have|had|holds?|held|counts?|counted|lists?|remains at|is at|was at|stood at|stands at|sits at|is up to|"
    r"is down to|was down to|is back to|reached|rose to|grew to|climbed to|fell to|slipped to|dropped to|has added|"
    r"added|has gained|gained|has signed|went from)"
)
STATES = "|".join(sorted((one.name for one in declared.states()), key=len, reverse=True))
OWNER = rf"(?:(?:{STATES})|[Tt]he (?:state|commonwealth)|[Ii]t)"
HAS = when_needed(rf"(?:^|(?<=[,;:] ))(?:and |but |while |though |where )?(?:[Nn]eighboring |[Nn]earby )?{OWNER}"
                  rf"(?:, which [^,;]+,)?,?{ADVERB} {HAVING}{ADVERB} $")  # fmt: skip
AGENCY = (
    r"(?:[Tt]he )?(?:[A-Z][\w’'.-]*(?: (?:of|and))? )*(?:County|Parish|Sheriff[’']s (?:Office|Department)|sheriff|"
    r"Police Department|police|Department of (?:[A-Z]\w+(?: and)? ?)+)"
)
AGENCY_HAS = when_needed(rf"^{AGENCY}(?: in (?:{STATES}))?,?{ADVERB} (?:has|holds|had|held){ADVERB} $")
"""``Putnam County has two``: of what is counted before."""
THERE = when_needed(
    r"^(?:(?:Today|Now|In all|All told|Statewide|Nationally|Nationwide|As of [^,]{3,20}),? )?[Tt]here "
    rf"(?:are|were|is|was){ADVERB} $"
)
SUBJECT = when_needed(r"^(?:(?:But|And|All but|All told,|Of those,|Another|Just|Only|At least|About|Some) )*$")
"""Before the number that opens a sentence."""
UNDER_MODEL = when_needed(
    r"^ (?:use|used|follow|followed|are under|were under|operate under|work under|fall under|run under|come under) the "
    r"(?:task force|jail enforcement|jail|warrant service(?: officer)?|warrant)\b"
)
OF_ALL = when_needed(r"(?:^|[ ,])(?:\d[\d,]*|[A-Za-z]+(?:-[a-z]+)?) of (?:the |those |these )?$")
SIGNED = when_needed(rf"{OWNER},?{ADVERB} (?:has |have )?signed{ADVERB} $")
LEAVING = when_needed(
    rf"(?:\bleaving|\b(?:[Tt]hat|which|[Tt]his) (?:leaves|left|makes|made|brings|brought))"
    rf"(?: (?:the (?:state|commonwealth)|{STATES}|it) (?:with|at|to))?{ADVERB} $"
)
RANKED = when_needed(
    r"\b(?:is|was|ranks|ranked|came|comes|came in|comes in|stands|finished) (?:a distant )?(?:first|second|third|"
    r"fourth|fifth|next|last|on top)(?: [^,;]{0,30})?,? (?:with|at) $|"
    r"\b(?:has|have|had) the (?:second-|third-)?most,? with $|"
    r"\b(?:leads|lead|tops|is ahead)(?: (?:the (?:nation|country|states|way|list|pack|field)|all states))?,? "
    r"(?:with|at) $"
)
SHARE = when_needed(
    r"(?:percent|%|half|third|thirds|quarter|quarters|tenth|majority|bulk|most) of (?:the|all|those|these)? ?$"
)
"""Before the number that a share is of."""
WHOLE = when_needed(
    r"^ (?:in (?:effect|force|place|all)|on the (?:list|books|rolls)|nationwide|nationally|overall|"
    r"(?:now|then) (?:in|on)|across the country|in the (?:country|nation))\b|^[.,;)]"
)
"""Behind such a number, where its noun is left out."""
CLOSED = when_needed(
    r"^(?: (?:since|as of|by|in|on|at|last|this|two|three|when|before|after|now|today|then|earlier|under|for|"
    r"statewide|nationwide|there|in all|a (?:year|month|week)) |[.,;—)]| ?$"
    r"| (?:statewide|now|today|there|then|in all)\b)"
)
ALREADY = r"(?: (?:already|now|currently|still|had|have|has))*"
HOLDING = when_needed(
    rf"^{ALREADY} (?:have|hold|had|held) (?:an? |at least one |their )?(?:287\(g\) )?"
    r"(?:agreements?|one|deals?|pacts?)\b"
)
TAKING = when_needed(
    rf"^{ALREADY} (?:take part|taking part|participate|joined|signed on|signed up|enrolled|belong|appear on "
    r"(?:the|ICE[’']s) list|are (?:in|part of) the program|are on (?:the|ICE[’']s) list)\b"
)
IN_FORCE = when_needed(
    r"^ (?:are|were|remain|remained|stay)(?: now| still| currently)? "
    r"(?:in (?:force|effect|place)|active|on the books)\b"
)
DATED = when_needed(r"^ (?:were|have been) signed\b")
BODIES = ("agencies", "sheriffs", "police", "constables", "campuses", "state_agencies")
NOUNS = {"sheriffs": "sheriffs", "police": "police departments", "constables": "constables", "agencies": "agencies"}
REACH = 6
"""So many sentences before a number, what it counts may be named."""
EITHER = "partnerships"
"""A noun that may be of agreements or of agencies."""


def without_noun(parsed: Parsed, before: Sequence[Parsed]) -> list[tuple[int, str]]:
    """The places in a text behind which a noun is left out, each with the noun."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    if "respectively" in text:
        return []
    found: list[tuple[int, str]] = []
    for number, amount in enumerate(parsed.amounts):
        of_all = amount.kind == "portion" and amount.whole is not None and not _has_noun(amount.whole)
        if not (amount.kind == "counted" or of_all) or _has_noun(amount) or _is_year(amount):
            continue
        start, end = amount.figure.span.start - offset, amount.figure.span.end - offset
        if amount.whole is not None:
            start, end = amount.whole.figure.span.start - offset, amount.whole.figure.span.end - offset
        noun = _noun(parsed, number, text[:start], text[end:], before)
        if noun:
            found.append((end, noun))
    return found


def _has_noun(amount: Amount) -> bool:
    return amount.noun is not None and bool(amount.noun.unit or amount.noun.other or amount.noun.model)


def _is_year(amount: Amount) -> bool:
    return amount.figure.said.strip().isdigit() and 1980 <= amount.figure.value < 2060


def _noun(parsed: Parsed, number: int, ahead: str, after: str, before: Sequence[Parsed]) -> str | None:
    """The noun that a number leaves out, by what is around it."""
    if HOLDING.match(after) or TAKING.match(after):
        if number or parsed.sentence.text.startswith("Of "):
            return None  # of Kentucky's 120 counties, 11 take part: of what is counted before
        return _counted(parsed, number, before, BODIES) or "agencies"
    if IN_FORCE.match(after) or DATED.match(after):
        return "agreements" if not _is_pending(parsed) else None
    if SHARE.search(ahead) and WHOLE.match(after) and not _is_pending(parsed):
        return _counted(parsed, number, before, ("agreements", *BODIES))
    if UNDER_MODEL.match(after) and (SUBJECT.match(ahead) or OF_ALL.search(ahead)) and not _is_pending(parsed):
        return _counted(parsed, number, before, ("agreements", *BODIES))
    if THERE.match(ahead) and after.startswith((" with ", " in ")) and not _is_pending(parsed):
        return _counted(parsed, number, before, ("agreements", *BODIES))
    if not CLOSED.match(after) or _is_pending(parsed):
        return None
    if AGENCY_HAS.match(ahead):
        return _counted(parsed, number, before, ("agreements",))
    if SIGNED.search(ahead):
        return _counted(parsed, number, before, ("agreements", *BODIES)) or "agreements"
    if HAS.search(ahead) or LEAVING.search(ahead) or RANKED.search(ahead):
        return _counted(parsed, number, before, ("agreements", *BODIES))
    return None


def _is_pending(parsed: Parsed) -> bool:
    return any(one.kind == "PENDING" or one.value == "applications" for one in parsed.tokens)


def _counted(parsed: Parsed, number: int, before: Sequence[Parsed], admitted: Sequence[str]) -> str | None:
    """The noun of what was counted last: in the sentence, else in those before it; one for either where both are."""
    own = _units(parsed, parsed.amounts[number].first, admitted)
    for earlier in reversed(before[-REACH:]) if own is None else ():
        if _is_pending(earlier) or any(one.kind == "MODEL" for one in earlier.tokens):
            return None
        own = _units(earlier, len(earlier.tokens), admitted, counted_alone=earlier is not before[-1])
        if own or any(map(_counts_something, earlier.amounts)):
            return own
    return own


def _counts_something(amount: Amount) -> bool:
    """Whether an amount counts a thing of its own: what is said behind it is of that, or of nothing known."""
    return amount.kind == "money" or _has_noun(amount)


def _is_in_a_name(token: Token) -> bool:
    """Whether a word for an agency is of its name: held by its Department of Public Safety."""
    return token.text[:1].isupper() and token.text.lower() in ("department", "office", "agency")


def _units(parsed: Parsed, end: int, admitted: Sequence[str], *, counted_alone: bool = False) -> str | None:
    nouns = [one.noun for one in parsed.amounts if one.first < end and one.noun]
    if any(one.other or (one.unit and one.unit not in (*admitted, "states", "agreements")) for one in nouns):
        return None  # has nine agreements and 88 counties
    counted = {one.unit for one in nouns if one.unit in admitted}
    named = {
        one.value for one in parsed.tokens[:end]
        if one.kind == "UNIT" and one.value in admitted and one.text.lower() not in PERSONS and not _is_in_a_name(one)
    }  # fmt: skip
    both = counted | ({"agreements"} & named)  # 67 sheriffs have agreements. The state has 317: which of the two
    units = both if counted else set() if counted_alone else named
    if not units:
        return None
    if len(units) > 1:
        return EITHER if "agreements" in units else "agencies"
    unit = next(iter(units)) or ""
    return "agreements" if unit == "agreements" else NOUNS.get(unit)
