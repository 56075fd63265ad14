"""The verbs of a sentence that say what a named agency did, each with its subjects, day and model.

What enters: a parsed sentence. What leaves: its deeds, in their order. Promise: agency, model and day are those of one
verb; a verb that is denied, wished for or conditional is none, and what was signed has to be an agreement of the
program.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.amounts.times.windows import resolve
from ledger287.factcheck.extract.model import Days, Span, When
from ledger287.factcheck.extract.statements.named.deeds.subjects import (
    CHUNK,
    Mention,
    Subjects,
    mentions_of,
    same_as,
    subjects_of,
)
from ledger287.factcheck.extract.statements.named.deeds.words import (
    counts,
    doubted,
    listed,
    macro,
    other_thing,
    pattern,
    supposed,
    undone,
    verb_forms,
)
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

LATER = when_needed(
    r"(?P<less>(?:less|fewer) than |about |some |nearly |almost |just |only |barely )?"
    r"(?P<count>a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?P<unit>day|week)s? "
    r"(?P<way>later|earlier|before|after)\b"
)
NUMBERED = when_needed(r"\b(?:two|three|both|all|pair)\b(?! (?:jail )?models\b)")
FOR_JAIL = when_needed(r"\bthe one for \w+ jail$")
WITH_ANOTHER = when_needed(r"\bwith(?: the| an?)?$")
OF_AGREEMENT = when_needed(r"[’']s? (?:\w+ ){0,3}(?:agreements?|pact|deal),? ?$")
"""Whose agreement was signed: Teller County's agreement, signed in 2020, follows one model."""
NOW = ("now", "today", "currently", "at present", "presently")
SIGNED = ("signed", "again")
"""Kinds that need a day."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done: the kind of verb, its stretch, whose it is, day and model; ``owned``: of somebody of theirs."""

    kind: str
    span: Span
    mentions: tuple[Mention, ...]
    plain: bool
    owned: bool
    when: When
    model: str | None = None
    said: str = ""
    numbers: tuple[str | None, str | None, str | None] = (None, None, None)


def deeds_of(parsed: Parsed, behind: Background, previous: Parsed | None = None) -> Iterator[Deed]:
    """The deeds of a sentence; ``previous``: the one before it, on whose agency it may go on."""
    text = parsed.sentence.text
    if "?" in text or doubted().search(text):
        return
    verbs = _verbs(text)
    if not verbs:
        return
    mentions = mentions_of(parsed) or same_as(parsed, previous)
    last: Deed | None = None
    for at, (kind, verb) in enumerate(verbs):
        stop = verbs[at + 1][1].start() if at + 1 < len(verbs) else len(text)
        stop = max(stop, verb.end())
        stop = next((one.start() for one in CHUNK.finditer(text, verb.end(), stop)), stop)
        before = text[: verb.start("adverbs")]
        if supposed().search(before):
            continue
        follows = verb.groupdict().get("part") and before.endswith("before ")
        if undone().search(before) and not (verb.groupdict().get("own") or follows):
            continue
        if kind in SIGNED and NUMBERED.search(verb["object"] or ""):
            continue  # how many it signed is a claim of its own
        subjects = _whose(kind, verb, text, mentions, [one.start("verb") for _, one in verbs[:at]], last)
        if subjects is None:
            continue
        made = _made(parsed, kind, verb, stop, behind, subjects)
        if made.kind in SIGNED and made.model is None and kind != "again" and not _is_of_program(verb, text):
            continue
        if made.kind in SIGNED and not made.when.windows and last is not None and last.when.windows:
            when = _counted_from(text, verb, stop, last.when, parsed)
            made = replace(made, when=when, plain=made.plain and last.mentions != made.mentions)
        if (made.kind in SIGNED or made.kind == "since") and not made.when.windows:
            continue
        if kind == "kept" and made.model is None and ("only" in verb[0] and not FOR_JAIL.search(verb[0])):
            continue
        if kind == "again" and last is not None:
            made = replace(made, kind="signed", model=last.model)
        last = made
        yield made


def _verbs(text: str) -> list[tuple[str, "re.Match[str]"]]:
    """The verbs of a text by their places; of two that share one, that of the earlier form, or the longer object."""
    found: list[tuple[str, re.Match[str]]] = []
    for form in verb_forms():
        for one in form.pattern.finditer(text):
            clash = next((other for other in found if other[1].start("verb") == one.start("verb")), None)
            if clash is None:
                found.append((form.kind, one))
            elif form.kind == clash[0] and _tells_more(one, clash[1]):
                found[found.index(clash)] = (form.kind, one)
    return sorted(found, key=lambda one: one[1].start("verb"))


def _tells_more(one: "re.Match[str]", other: "re.Match[str]") -> bool:
    """Whether a match has what was signed, or whose verb it is, where another of the same verb has not."""
    return len(one["object"] or "") > len(other["object"] or "") and one.start() < other.start()


def _whose(
    kind: str, verb: "re.Match[str]", text: str, mentions: Sequence[Mention], earlier: Sequence[int], last: Deed | None
) -> Subjects | None:
    if kind == "again":
        return None if last is None else Subjects(last.mentions, last.plain)
    between = text[last.span.end : verb.start()] if last is not None else ""
    continued = last is not None and not CHUNK.search(text, 0, verb.start()) and not between.strip(" ,").strip()
    return subjects_of(verb, text, mentions, earlier, continued=continued)


def _made(parsed: Parsed, kind: str, verb: "re.Match[str]", stop: int, behind: Background, subjects: Subjects) -> Deed:
    """A deed with the day and the model of its verb."""
    offset = parsed.sentence.span.start
    when, model = _said_with(parsed, kind, verb, stop, behind)
    end = max(verb.end("object"), verb.end("verb"), verb.end("other") if "other" in verb.groupdict() else 0)
    groups = verb.groupdict()
    owned = bool(groups.get("own") or groups.get("whose") or groups.get("part"))
    span = Span(verb.start() + offset, end + offset)
    numbers = (groups.get("every") or groups.get("all"), groups.get("gone"), groups.get("of"))
    model = "=JEM+WSO" if FOR_JAIL.search(verb[0]) else model
    return Deed(kind, span, subjects.mentions, subjects.plain, owned, when, model, verb[0], numbers)


def _is_of_program(verb: "re.Match[str]", text: str) -> bool:
    """Whether what was signed is an agreement of the program: no contract with a vendor, no lawsuit, no deputies."""
    said, word = verb["object"] or "", verb["verb"]
    agreement = macro("AGREEMENT").search(said)
    alone = word.startswith(listed("alone")) or verb.groupdict().get("whose") or word in listed("participles")
    if WITH_ANOTHER.search(said) or not (agreement or alone):
        return False
    if word in listed("choosing") and not re.search(r"model|jail|task|warrant|287|agreement", said):
        return False
    behind = text[max(verb.end("object"), verb.end("verb")) :]
    return bool(agreement) or not other_thing().match(behind)


def _said_with(
    parsed: Parsed, kind: str, verb: "re.Match[str]", stop: int, behind: Background
) -> tuple[When, str | None]:
    """The day and the model of a verb, and where what it says ends."""
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    inside = [one for one in parsed.tokens if verb.start() + offset <= one.span.start < stop + offset]
    done = verb.end("verb") + offset
    commas = [one for one in inside if one.kind == "MARK" and one.text == "," and one.span.start >= done]
    cut = next((one.span.start for one in commas if not _is_dated_next(inside, one)), stop + offset)
    near = [one for one in inside if one.span.start < cut]
    dated = [one for one in near if one.kind == "WHEN" and one.dated]
    if len(dated) > 1:
        dated = [one for one in dated if one.text.lower().removeprefix("and ") not in NOW]
    models = {one.value for one in near if one.kind == "MODEL"}
    ahead = [one for one in parsed.tokens if one.kind == "WHEN" and _is_right_before(text, one, verb, offset)]
    if kind not in SIGNED:
        within = Span(verb.start() + offset, verb.end("object") + offset)
        models = {one.value for one in near if one.kind == "MODEL" and within.start <= one.span.start < within.end}
    chosen = _one_day(dated, behind) or ([] if verb.groupdict().get("part") else ahead)
    if len(models) > 1 or (len(chosen) != 1 and kind in (*SIGNED, "since")) or len(chosen) > 1:
        return When(), None if len(models) > 1 else next(iter(models), None) if kind not in SIGNED else None
    when = _time(kind, text, offset, chosen[0], behind) if chosen else When()
    start = max((one.end() for one in CHUNK.finditer(text, 0, verb.start())), default=0) + offset
    others = {one.value for one in parsed.tokens if one.kind == "MODEL" and start <= one.span.start}
    of_agreement = OF_AGREEMENT.search(text[: verb.start()])
    groups = verb.groupdict()
    owned = groups.get("own") or groups.get("whose") or groups.get("part")
    if verb["verb"] == "did so":
        others = {one.value for one in parsed.tokens if one.kind == "MODEL" and start <= one.span.start < done}
        owned = "so"
    if kind == "signed" and when.windows and not models and (owned or of_agreement) and len(others) == 1:
        return when, next(iter(others))  # its agreement, signed in 2020, follows the warrant service model
    return when, next(iter(models), None) or _antecedent(parsed, text[: verb.start("verb")])


def _antecedent(parsed: Parsed, before: str) -> str | None:
    """The model of the agreement that a relative clause right behind it is of: its jail agreement, which it signed."""
    offset = parsed.sentence.span.start
    named = [one for one in parsed.tokens if one.kind == "MODEL" and one.span.end - offset <= len(before)]
    return named[-1].value if named and pattern("which").fullmatch(before[named[-1].span.end - offset :]) else None


def _is_right_before(text: str, day: Token, verb: "re.Match[str]", offset: int) -> bool:
    """Whether a time is right before a verb, and of it: on Monday signed; not "who took office this month, ended"."""
    start, end = day.span.start - offset, day.span.end - offset
    between = text[end : verb.start("verb")]
    return between == " " or (between == ", " and text[:start].endswith((", ", "and ")))


def _one_day(dated: Sequence[Token], behind: Background) -> list[Token]:
    """The times behind a verb; of two next to each other that name one day, the one that names it: Tuesday, Feb. 18."""
    if len(dated) == 2 and 0 <= dated[1].span.start - dated[0].span.end <= 2:
        first, last = (resolve(one.dated, behind.published, behind.years) if one.dated else When() for one in dated)
        if first.windows and first.windows == last.windows:
            return [dated[1]]
    return list(dated)


def _time(kind: str, text: str, offset: int, day: Token, behind: Background) -> When:
    """The days that a time names; none where it is a beginning or an end that the verb is not on."""
    when = resolve(day.dated, behind.published, behind.years) if day.dated else When()
    if kind == "since":
        return when if when.since else When()
    low = text[day.span.start - offset :].lower()
    if when.since or (low.startswith(("before", "after", "until")) or (low.startswith("by ") and kind in SIGNED)):
        return When()
    return when


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
    day, count = base.windows[0].first, counts().get(found["count"]) or int(found["count"])
    span = timedelta(days=count * (7 if found["unit"] == "week" else 1))
    slack = timedelta(days=3 if found["unit"] == "week" else 0)
    sign = 1 if found["way"] == "later" else -1
    near, far = (timedelta(days=1), span) if (found["less"] or "").startswith(("less", "fewer")) else (
        span - slack, span + slack)  # fmt: skip
    ends = sorted((day + sign * near, day + sign * far))
    offset = parsed.sentence.span.start
    said = Span(found.start() + offset, found.end() + offset)
    return When((Days(ends[0], ends[1]),), True, False, found[0], said, False)
