"""What a named agency did, read by its verb: signed, joined, added; "having signed", "its chief signed".

What enters: a parsed sentence, the names of the record, the index, and the answers that other readers gave. What
leaves: the answers, with one for each such verb that has an agency before it and a day. Promise: agency, model and day
are those of one verb; whose verb it is, is the agency named last before it in its statement, with nothing but adverbs
and asides between, or the first one for "its chief" and participles; where it is not plain (another name, a clause of
another subject between), what the record has not is "cannot tell", never held against the sentence. A verb that is
denied, wished for or conditional is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.timing import Background
from ledger287.factcheck.extract.amounts.windows import resolve
from ledger287.factcheck.extract.model import Claim, Days, OfAgencies, Phrasing, Span, When, Where
from ledger287.factcheck.extract.statements.named.holding import held, says_jail
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.extract.statements.named.names.elsewhere import elsewhere_too
from ledger287.factcheck.extract.statements.named.names.naming import named_in
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer

CAPS = r"[A-Z][\w’'.-]*"
COUNTY = rf"(?:{CAPS} |(?:of|du|de|la) (?=[A-Z]))*?{CAPS} (?:County|Parish)"
PERSON = when_needed(
    rf"(?P<county>{COUNTY}) Sheriff (?:{CAPS} ){{1,2}}{CAPS}(?:[’']s? office)?"
    rf"|(?P<attorney>{COUNTY}) (?:District )?Attorney[’']s Office"
    rf"|\b[Pp]olice in (?P<town>{CAPS}(?: {CAPS})?)"
    rf"|^(?P<first>(?!The\b|In\b){CAPS}(?: {CAPS})?),? (?:an? |home to |population |in )"
    rf"|^(?P<bare>(?!The\b|In\b){CAPS}(?: {CAPS})?)(?:[’']s)? (?:police(?: department)?|Police Department)\b"
)
"""Who may have signed, where no name of an office is printed."""
OWN = (
    r"(?:(?:its|his|her|their|whose|the) "
    r"(?:police chief|chief|sheriff|director|office|department|commissioner|colonel) )"
)
ADVERBS = (
    r"(?:(?:has|have|had|also|then|later|since|previously|already|quietly|formally|officially|recently|first|both|each|"
    r"itself|soon|now|just|finally|this week|last week|this month|last month|last year|this year) )*"
)
OBJECT = (
    r"(?:an?|its|his|her|their|the|two|three|both|all|it|them|such|own|pair|of|new|second|another|separate|more|"
    r"broader|narrower|full|formal|287\(g\)|task|force|jail|enforcement|warrant|service|officer|model|street|"
    r"agreements?|pacts?|deals?|contracts?|program|memorandum|partnerships?|with|ICE|under|and|for|into|the|a|jails?|"
    r"versions?|kinds?|types?|arrangements?)"
)
DEED = when_needed(
    rf"(?<![\w-])(?P<own>{OWN})?(?P<adverbs>{ADVERBS})"
    r"(?P<verb>signed|inked|entered|joined|added|struck|finalized|secured|formalized|enrolled|followed|opted|"
    r"(?P<part>signing|joining|adding|entering|having signed|having joined)|came aboard|got on board|signed it)"
    rf"(?: (?:on|up|in|aboard))?(?P<object>(?: {OBJECT})*)(?=[ ,.;]|$)"
)
DATED = when_needed(
    rf"(?P<whose>(?:its|his|her|their|whose) )(?P<adverbs>)(?P<object>(?:{OBJECT} )*)"
    r"(?P<verb>dates? (?:back )?to|dated|dates from|was signed|were signed|was dated)\b"
)
LATER = when_needed(
    r"(?P<less>(?:less|fewer) than |about |some |nearly |almost |just |only |barely )?"
    r"(?P<count>a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?P<unit>day|week)s? "
    r"(?P<way>later|earlier|before|after)\b"
)
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
          "nine": 9, "ten": 10}  # fmt: skip
UNDONE = when_needed(
    r"(?i)\b(?:not|never|no|nobody|neither|nor|without|if|unless|whether|would|could|may|might|will|should|must|to|n[’']t|"
    r"cannot|refus\w+|declin\w+|plan\w*|want\w*|hop\w+|consider\w*|before|until|almost|nearly|about|yet|false\w*|deni\w+|"
    r"den(?:y|ies)|wrongly|allegedly|supposedly|rumor\w*|instead|rather|only)\W*$|n[’']t\W*$"
)
"""Right before a verb, say that it is not so, or not yet."""
DOUBTED = when_needed(
    r"(?i)\b(?:if|unless|whether|false\w*|den(?:y|ies|ied)|wrong\w*|alleged\w*|supposed\w*|rumor\w*|hoax|untrue|never|nobody|"
    r"would|could|might|contrary|myth|disput\w+|incorrect\w*|mistaken\w*|instead|not true|claim\w*)\b|n[’']t\b"
)
"""In the statement of a verb, may take it back."""
NUMBERED = when_needed(r"\b(?:two|three|both|all|pair)\b")
CHUNK = when_needed(r"[;:]")
FIRMLY = ("supported", "supported_if", "contradicted", "was_true", "became_true")
AGAINST = ("contradicted", "was_true", "became_true")


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency where a sentence names it."""

    start: int
    end: int
    name: str


def with_deeds(
    parsed: Parsed, answers: Sequence[Answer], behind: Background, states: Sequence[str], names: Names, index: Index
) -> list[Answer]:
    """The answers of a sentence, with what its verbs say of agencies where no other reader decided it."""
    kept = list(answers)
    for answer in deeds(parsed, behind, states, names, index):
        claim = answer.claim
        same = [
            one
            for one in kept
            if one.claim.shape == "holds" and one.claim.figure is None
            and (one.claim.agencies == claim.agencies or one.claim.span == claim.span)
            and (one.claim.when.windows == claim.when.windows or not one.claim.when.windows)
        ]  # fmt: skip
        equal = [one for one in same if one.verdict == answer.verdict and one.claim.model == claim.model]
        if not equal and any(one.verdict in FIRMLY and _says_as_much(one.claim, claim) for one in same):
            continue
        if answer.verdict not in FIRMLY and same:
            continue
        within = [
            one for one in kept
            if one.claim.shape == "holds" and one.claim.agencies != claim.agencies
            and claim.span.start <= one.claim.span.start and one.claim.span.end < claim.span.end
        ]  # fmt: skip
        """A part of the name was taken for another agency: Pinal County, of Pinal County Attorney's Office."""
        dropped = [one for one in same if one.verdict not in FIRMLY] + within + equal
        kept = [one for one in kept if one not in dropped] + [answer]
    return kept


def _says_as_much(one: Claim, deed: Claim) -> bool:
    """Whether a claim of the same agency and day has the deed's model, or names one where the deed names none: "has a
    task force agreement, which it signed in May" is not supported by a jail agreement of May."""
    return deed.model is None or one.model in (deed.model, None)


def deeds(parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index) -> Iterator[Answer]:
    """One answer for each verb with an agency and a day."""
    text = parsed.sentence.text
    if "?" in text or DOUBTED.search(text):
        return
    verbs = sorted((*DEED.finditer(text), *DATED.finditer(text)), key=lambda one: one.start("verb"))
    if not verbs:
        return
    mentions = _mentions(parsed)
    last: tuple[Mention, When] | None = None
    for at, verb in enumerate(verbs):
        stop = verbs[at + 1].start() if at + 1 < len(verbs) else len(text)
        stop = next((one.start() for one in CHUNK.finditer(text, verb.end(), stop)), stop)
        before = text[: verb.start("adverbs")]
        follows = verb.groupdict().get("part") and before.endswith("before ")
        if UNDONE.search(before) and not (verb.groupdict().get("own") or follows):
            continue
        if NUMBERED.search(verb["object"] or ""):
            continue  # how many it signed is a claim of its own
        subject, plain = _subject(verb, text, mentions, [one.start("verb") for one in verbs[:at]])
        if subject is None:
            continue
        when, model = _said_with(parsed, verb, stop, behind)
        if model is None and not _is_of_program(verb, text):
            continue
        if not when.windows and last is not None:
            when = _counted_from(text, verb, stop, last[1], parsed)
            plain = plain and last[0] is not subject
        if not when.windows:
            continue
        last = (subject, when)
        answer = _answer(parsed, verb, subject, when, model, behind, states, names, index, plain=plain)
        if answer.claim.agencies or not subject.name.endswith("Police Department"):
            yield answer


ALONE = ("signed", "joined", "enrolled", "followed", "came aboard", "got on board")
"""Verbs that need no object: signed up last week."""
AGREEMENT = when_needed(
    r"(?:agreement|pact|deal|contract|program|memorandum|partnership|model|version|arrangement)s?\b|\bit\b"
)
WITH_ANOTHER = when_needed(r"\bwith(?: the| an?)?$")
OTHER_THING = when_needed(
    r" (?!(?:on|in|at|up|last|this|early|late|under|less|about|just|a|for|by|with ICE|during|and|but|before|after|when|"
    r"while|as|even|that|back|two|three|four|five|six|seven|eight|nine|ten|to)\b)[a-z]"
)


def _is_of_program(verb: "re.Match[str]", text: str) -> bool:
    """Whether what was signed is an agreement of the program: no contract with a vendor, no lawsuit, no deputies."""
    said = verb["object"] or ""
    if WITH_ANOTHER.search(said) or not (AGREEMENT.search(said) or verb["verb"].startswith((*ALONE, "dat"))
                                         or verb.groupdict().get("whose") or verb["verb"] in PARTICIPLES):  # fmt: skip
        return False
    behind = text[max(verb.end("object"), verb.end("verb")) :]
    return bool(AGREEMENT.search(said)) or not OTHER_THING.match(behind)


PARTICIPLES = ("signing", "having signed", "joining", "having joined", "signed it")


def _mentions(parsed: Parsed) -> list[Mention]:
    """The agencies that a sentence names, in their order; the longest where several are at one place."""
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    found = [
        Mention(span.start - offset, span.end - offset, re.sub(r"[’']s (?=Police)", " ", name))
        for name, span, _ in named_in(parsed)
    ]
    for one in PERSON.finditer(text):
        county, town = one["county"], one["town"] or one["first"] or one["bare"]
        if one["attorney"]:
            name = f"{one['attorney']} Attorney's Office"
        elif county:
            name = f"{county} Sheriff's Office"
        elif any(token.kind in ("PLACE", "NAME", "WHEN") and token.span.start - offset < one.end() and
                 token.span.start - offset >= one.start() for token in parsed.tokens):  # fmt: skip
            continue
        else:
            name = f"{town} Police Department"
        end = one.end("first") if one["first"] else one.end("attorney") + 18 if one["attorney"] else one.end()
        found = [other for other in found if not (other.start < end and one.start() < other.end)]
        found.append(Mention(one.start(), end, name))
    return sorted(found, key=lambda one: one.start)


OF_AGREEMENT = when_needed(r"[’']s? (?:\w+ ){0,3}(?:agreements?|pact|deal),? ?$")
"""Whose agreement was signed: Teller County's agreement, signed in 2020, follows one model."""
BRIDGE = when_needed(r"(?:,? (?:which|who)|,)? ?")
ASIDE = when_needed(r", [^,;:]+(?:, \d{4})?,(?: (?:which|who))? ?")
PLACED = when_needed(rf",? in (?:{CAPS} ?)+,? ?|, {CAPS}(?: {CAPS})?, ")


def _subject(
    verb: "re.Match[str]", text: str, mentions: Sequence[Mention], earlier: Sequence[int]
) -> tuple[Mention | None, bool]:
    """Whose verb it is, and whether that is plain."""
    start = verb.start()
    begin = max((one.end() for one in CHUNK.finditer(text, 0, start)), default=0)
    here = [one for one in mentions if begin <= one.start and one.end <= start]
    before = [one for one in mentions if one.end <= start]
    if not before:
        return None, False
    groups = verb.groupdict()
    if (groups.get("own") or "").startswith("whose") and before[-1].end + 2 != start:
        return None, False  # of somebody whose name is not known
    if groups.get("own") or groups.get("whose") or groups.get("part"):
        main = (here or before)[0]
        return main, False
    if not here:
        return None, False
    last = here[-1]
    between = text[last.end : start]
    plain = bool(BRIDGE.fullmatch(between) or ASIDE.fullmatch(between) or PLACED.fullmatch(between))
    if plain and len(here) > 1 and text[here[-2].end : last.start].rstrip().endswith((" and", " or", ",")):
        plain = False  # several signed
    if any(last.end <= one < start for one in earlier):
        plain = bool(re.fullmatch(r".* (?:and|but|then)(?: (?:then|later|also))* ?", between))
        return last, plain and len(here) == 1
    return last, plain


def _said_with(parsed: Parsed, verb: "re.Match[str]", stop: int, behind: Background) -> tuple[When, str | None]:
    """The day and the model of a verb, and where what it says ends."""
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    inside = [one for one in parsed.tokens if verb.start() + offset <= one.span.start < stop + offset]
    cut = next((one.span.start for one in inside if one.kind == "MARK" and one.text == "," and
                not _is_dated_next(inside, one)), stop + offset)  # fmt: skip
    near = [one for one in inside if one.span.start < cut]
    dated = [one for one in near if one.kind == "WHEN" and one.dated]
    models = {one.value for one in near if one.kind == "MODEL"}
    ahead = [one for one in parsed.tokens if one.kind == "WHEN" and one.span.end <= verb.start("verb") + offset
             and verb.start("verb") + offset - one.span.end <= 2]  # fmt: skip
    chosen = dated or ([] if verb.groupdict().get("part") else ahead)
    if len(chosen) != 1 or len(models) > 1:
        return When(), None
    day = chosen[0]
    when = resolve(day.dated, behind.published, behind.years) if day.dated else When()
    if when.since or text[day.span.start - offset :].lower().startswith(("before", "after", "until", "by ")):
        return When(), None
    start = max((one.end() for one in CHUNK.finditer(text, 0, verb.start())), default=0) + offset
    others = {one.value for one in parsed.tokens if one.kind == "MODEL" and start <= one.span.start}
    of_agreement = OF_AGREEMENT.search(text[: verb.start()])
    if not models and (_is_owned(verb) or of_agreement) and len(others) == 1:
        return when, next(iter(others))  # its agreement, signed in 2020, follows the warrant service model
    return when, next(iter(models), None)


def _is_dated_next(inside: Sequence[Token], mark: Token) -> bool:
    """Whether a day is right behind a comma: signed up this year, in mid-February."""
    at = next(place for place, one in enumerate(inside) if one is mark)
    return at + 1 < len(inside) and inside[at + 1].kind == "WHEN"


def _counted_from(text: str, verb: "re.Match[str]", stop: int, base: When, parsed: Parsed) -> When:
    """The day that is counted from the one before it: followed two days later."""
    found = LATER.search(text, verb.end(), stop)
    if (
        found is None
        or found["way"] not in ("later", "earlier")
        or len(base.windows) != 1
        or base.windows[0].length > 1
    ):
        return When()
    day, count = base.windows[0].first, COUNTS.get(found["count"]) or int(found["count"])
    span = timedelta(days=count * (7 if found["unit"] == "week" else 1))
    slack = timedelta(days=3 if found["unit"] == "week" else 0)
    sign = 1 if found["way"] == "later" else -1
    near, far = (timedelta(days=1), span) if (found["less"] or "").startswith(("less", "fewer")) else (
        span - slack, span + slack)  # fmt: skip
    ends = sorted((day + sign * near, day + sign * far))
    offset = parsed.sentence.span.start
    said = Span(found.start() + offset, found.end() + offset)
    return When((Days(ends[0], ends[1]),), True, False, found[0], said, False)


def _is_owned(verb: "re.Match[str]") -> bool:
    """Whether a verb is said of somebody of the agency, or is a participle: its chief signed, having signed."""
    groups = verb.groupdict()
    return bool(groups.get("own") or groups.get("whose") or groups.get("part"))


def _answer(
    parsed: Parsed, verb: "re.Match[str]", subject: Mention, when: When, model: str | None,
    behind: Background, states: Sequence[str], names: Names, index: Index, *, plain: bool,
) -> Answer:  # fmt: skip
    offset = parsed.sentence.span.start
    places = {one.value for one in parsed.tokens if one.kind == "PLACE"}
    stated = tuple(places) if len(places) == 1 else ()
    role = "deed" if plain else "deed of its own" if _is_owned(verb) else "deed of somebody"
    whole = Span(verb.start() + offset, max(verb.end("object"), verb.end("verb")) + offset)
    covers = [(whole, "what happened")]
    covers += [(when.span, "time")] if when.span else []
    named = Span(subject.start + offset, subject.end + offset)
    covers.append((named, "agency"))
    claim = Claim(
        "holds", None, "agreements", Where(stated, True, "stated") if stated else Where(), when,
        whole if _is_owned(verb) else named, parsed.sentence.span, model,
        wording=Phrasing(speaker=parsed.sentence.speaker, covers=tuple(covers), role=role),
        terms=OfAgencies(agencies=names.find(subject.name, stated or states, stated=stated)), sense="signed",
    )  # fmt: skip
    answer = held(claim, subject.name, behind, index, loose=says_jail(parsed.tokens))
    if answer.verdict in AGAINST and not plain:
        reason = f"{answer.reason.rstrip('.')}; whether the day is of this agency is not plain in the sentence."
        answer = replace(
            answer, verdict="cannot_tell", reason=reason, right=(), settles="a person who reads the sentence"
        )
    county = " County" in subject.name or " Parish" in subject.name
    if answer.verdict in AGAINST and not (stated or states or "State" in subject.name or county):
        reason = f"{answer.reason.rstrip('.')}; the text names no state, and other states may have one of that name."
        answer = replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="the state")
    return elsewhere_too(answer, subject.name, stated or states, index)
