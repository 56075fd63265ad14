"""Whose verb it is: the agencies that a sentence names, and which of them a verb is said of.

What enters: a parsed sentence and a verb of it. What leaves: the mentions of agencies, and for a verb its subjects, and
whether they are plain. Promise: plain are only the agencies right before a verb, with nothing but an office, a state,
an adverb or an aside between; where several are joined they are all its subjects.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.statements.named.deeds.words import data, pattern
from ledger287.factcheck.extract.statements.named.names.naming import named_in
from ledger287.factcheck.parse.parsing import Parsed

CHUNK = when_needed(r"[;:]")
CAPS = r"[A-Z][\w’'.-]*"
BRIDGE = when_needed(r"(?:,? (?:which|who)|,)? ?")
ASIDE = when_needed(r", [^,;:]+(?:, \d{4})?,(?: (?:which|who))? ?")
PLACED = when_needed(rf",? in (?:{CAPS} ?)+,? ?|, {CAPS}(?: {CAPS})?,? ?(?:(?:which|who) )?")
JOINED = when_needed(rf"(?:, {CAPS}(?: {CAPS})?,?)?(?:, | and |, and )(?:the )?")
"""Between two names of one list; a state may be behind the first."""
STATES = "|".join(sorted((one.name for one in declared.states()), key=len, reverse=True))
IN_STATE = when_needed(rf" in (?:{STATES})\b")
"""The state of an agency, right behind its name."""
OF_STATE = when_needed(rf"^(?:{STATES})[’']s (?=[A-Z].* Police Department$)")
POSSESSOR = when_needed(rf"^{CAPS}[’']s (?=[A-Z].* (?:County|Parish)\b)")


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency where a sentence names it; ``end`` is behind its office."""

    start: int
    end: int
    name: str
    jail: bool = False


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom a verb is said of, and whether that is plain."""

    mentions: tuple[Mention, ...]
    plain: bool


def mentions_of(parsed: Parsed) -> list[Mention]:
    """The agencies that a sentence names, in their order; the longest where several are at one place."""
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    found: list[Mention] = []
    for name, span, _ in named_in(parsed):
        start, end = span.start - offset, span.end - offset
        bare = OF_STATE.sub("", POSSESSOR.sub("", name))
        found.append(_mention(text, start + len(name) - len(bare), end, re.sub(r"[’']s (?=Police)", " ", bare)))
    taken = [*map(_place_of, found)]
    found += [
        _mention(text, one.span.start - offset, one.span.end - offset, one.value)
        for one in parsed.tokens
        if one.kind == "NAME" and not any(start <= one.span.start - offset < end for start, end in taken)
    ]
    for one in pattern("person").finditer(text):
        made = _person(one, parsed)
        if made:
            found = [other for other in found if not (other.start < made.end and made.start < other.end)]
            found.append(made)
    found += [made for made in (*_sheriffs(text), *_offices(parsed)) if not _is_taken(made, found)]
    return sorted(found, key=lambda one: one.start)


def same_as(parsed: Parsed, before: Parsed | None) -> list[Mention]:
    """The one agency of the sentence before, where a sentence goes on with it: The county's name came off the list."""
    found = pattern("same").match(parsed.sentence.text)
    if found is None or before is None:
        return []
    names = {one.name for one in mentions_of(before)}
    near = before.sentence.block == parsed.sentence.block
    near = near and 0 <= parsed.sentence.span.start - before.sentence.span.end <= CLOSE
    return [Mention(found.start(), found.end(), names.pop())] if near and len(names) == 1 else []


CLOSE = 3
"""Characters between two sentences that follow each other."""


def _place_of(one: Mention) -> tuple[int, int]:
    return one.start, one.end


def _is_taken(one: Mention, found: Sequence[Mention]) -> bool:
    return any(other.start < one.end and one.start < other.end for other in found)


def _sheriffs(text: str) -> Iterator[Mention]:
    """The sheriffs of several counties: the Cape May and Monmouth sheriffs."""
    for one in pattern("sheriffs").finditer(text):
        for name in re.split(r",? and |, ", one["names"]):
            yield Mention(one.start("names"), one.end(), f"{name} County Sheriff's Office")


def _offices(parsed: Parsed) -> Iterator[Mention]:
    """Offices of the one state that a sentence names, each without it: the Bureau of Narcotics."""
    names = {one.name for one in declared.states() if one.name in parsed.sentence.text}
    if len(names) != 1:
        return
    for one in pattern("offices").finditer(parsed.sentence.text):
        yield Mention(one.start(), one.end(), f"{next(iter(names))} {one['office']}")


def _mention(text: str, start: int, end: int, name: str) -> Mention:
    office = pattern("office").match(text, end)
    jail = bool(office and office[0].endswith(("jail", "prison")))
    end = office.end() if office else end
    state = IN_STATE.match(text, end)
    return Mention(start, state.end() if state else end, name, jail)


def _person(one: "re.Match[str]", parsed: Parsed) -> Mention | None:
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    if one["attorney"]:
        return Mention(one.start(), one.end("attorney") + 18, f"{one['attorney']} Attorney's Office")
    if one["county"]:
        return Mention(one.start(), one.end(), f"{one['county']} Sheriff's Office")
    if one["held"]:
        return Mention(one.start(), one.end(), f"{one['held']} Sheriff's Office")
    if one["owner"]:
        return _mention(text, one.start(), one.end("owner"), one["owner"])
    if one["body"]:
        return Mention(one.start(), one.end(), one["body"])
    if one["borough"]:
        return Mention(one.start(), one.end(), f"{one['borough']} {one['form'].capitalize()} Police Department")
    if one["placed"] and one["placed"].endswith(("County", "Parish", "University", "College")):
        return None
    if any(
        token.kind in ("PLACE", "NAME", "WHEN") and one.start() <= token.span.start - offset < one.end()
        for token in parsed.tokens
    ):
        return None
    if one["seat"]:
        return Mention(one.start(), one.end(), f"{one['seat']} County Sheriff's Office")
    town = one["town"] or one["first"] or one["bare"] or one["largest"] or one["placed"]
    end = one.end("first") if one["first"] else one.end()
    return Mention(one.start(), end, f"{town} Police Department")


def subjects_of(
    verb: "re.Match[str]", text: str, mentions: Sequence[Mention], earlier: Sequence[int], *, continued: bool
) -> Subjects | None:
    """Whose verb it is, and whether that is plain; ``continued``: it goes on with the verb before it."""
    start = verb.start()
    begin = max((one.end() for one in CHUNK.finditer(text, 0, start)), default=0)
    here = [one for one in mentions if begin <= one.start and one.end <= start]
    before = [one for one in mentions if one.end <= start]
    groups = verb.groupdict()
    if groups.get("behind") is not None:
        return _behind(text, verb.end(), mentions)
    if not before:
        return None
    own = groups.get("own") or ""
    if own.startswith("whose") and before[-1].end + 2 != start:
        return None  # of somebody whose name is not known
    if groups.get("part") and here and text[here[-1].end : start].strip() in ("", "all", "both", "each"):
        return Subjects(_group(text, here), True)
    if own or groups.get("whose") or groups.get("part"):
        alone = len(mentions) == 1 and len(before) == 1 and _opens(text, before[0])
        its = own.strip().lower() == "it" or (groups.get("whose") or "").strip().lower().startswith("its")
        return Subjects(((here or before)[0],), alone and its and not groups.get("part"))
    if not here:
        return None
    last = here[-1]
    between = text[last.end : start]
    plain = bool(BRIDGE.fullmatch(between) or ASIDE.fullmatch(between) or PLACED.fullmatch(between))
    plain = plain and not _is_elsewhere(text, last)
    group = _joined(text, here)
    if plain and len(group) > 1:
        return Subjects(group, True)
    if any(last.end <= one < start for one in earlier):
        plain = continued or bool(re.fullmatch(r".* (?:and|but|then)(?: (?:then|later|also|now))* ?", between))
        return Subjects(group if continued else (last,), plain and len(here) == len(group))
    return Subjects((last,), plain)


def _opens(text: str, mention: Mention) -> bool:
    """Whether a sentence begins with a name."""
    return OPENS.fullmatch(text[: mention.start]) is not None


OPENS = when_needed(r"[“\"]?(?:The )?(?:[A-Z][\w.]*(?: [A-Z][\w.]*)*[’']s )?")
"""What may be before a name that opens a sentence: its state."""


LEADING = when_needed(
    r"(?:^|[;:,.“\"] |\b(?:and|but|while|that|said|says|when|as|since|after|because) )(?:the |[Tt]he |[Bb]oth )?$"
)
"""What is before the first of several subjects; nothing else is, such as "like" or "near"."""


def _joined(text: str, here: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions that are subjects together; the last one alone where something else is before them."""
    group = _group(text, here)
    return group if LEADING.search(text[: group[0].start]) else (here[-1],)


def _group(text: str, here: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions that end in the last one, each joined to the next, the last by "and"."""
    group = [here[-1]]
    for one in reversed(here[:-1]):
        between = text[one.end : group[0].start]
        together = (one.start, one.end) == (group[0].start, group[0].end)
        if not together and not (JOINED.fullmatch(between) and (len(group) > 1 or " and " in between)):
            break
        group.insert(0, one)
    return tuple(group)


def _behind(text: str, at: int, mentions: Sequence[Mention]) -> Subjects | None:
    """The agencies right behind a word: the exit of the Cape May and Monmouth sheriffs."""
    rest = [one for one in mentions if one.start >= at]
    if not rest or text[at : rest[0].start] not in ("", "the "):
        return None
    group = [one for one in rest if (one.start, one.end) == (rest[0].start, rest[0].end)]
    return Subjects(tuple(group), True)


def _is_elsewhere(text: str, mention: Mention) -> bool:
    """Whether a name is only where something is, or whom somebody is like: the fishing in Onslow County."""
    before = text[: mention.start].removesuffix("the ").removesuffix("The ").lower().split()
    of_town = before[-1:] == ["of"] and before[-2:-1] in (["city"], ["town"], ["village"], ["borough"], ["police"])
    return bool(before) and before[-1] in pattern_words() and not of_town


def pattern_words() -> frozenset[str]:
    """The words before a name that say that it is no subject."""
    return frozenset(data()["not_subject"].split("|"))
