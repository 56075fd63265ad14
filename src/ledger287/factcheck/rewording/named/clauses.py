"""Clauses on agencies that a sentence names, each said again as a sentence of its own.

What enters: a sentence with the place of each of its characters, and the state that is meant. What leaves: the
sentence without these clauses, and for each agency of one a sentence in plain words. Promise: a clause is read only
where it is subject, verb and end, all of declared words (declared/factcheck/named_clauses.yml), and its sentence has no
word that denies, wishes for or doubts; what is left of the sentence stays where it was.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.rewording.named.other_agencies import echoes, members, only, others
from ledger287.factcheck.rewording.named.phrases import data, item, parties, states
from ledger287.factcheck.rewording.named.saying import Piece, Said, Setting, Verb, end_of_list, filled, sentence, who


@cache
def _verbs() -> tuple[tuple[str, "re.Pattern[str]"], ...]:
    words = [(kind, verb) for kind, row in data()["kinds"].items() for verb in row["verbs"]]
    words.append(("elliptic", data()["elliptic"]["verb"]))
    return tuple((kind, when_needed(rf"(?<=[\w’'.,)] )(?:{filled(verb)})(?!\w)")) for kind, verb in words)


HINT = when_needed(
    r"\b(?:out|away|back|none|no|not|never|neither|nor|gone|off|missing|absent|among|no longer|left|quit|withdr\w+|"
    r"exited|walked|struck|removed|dropped|taken|deleted|scrubbed|came|come|fell|fallen|vanished|disappeared|own|inked|part|"
    r"participa\w+|partners?|enrolled|task force|jail|warrant|include|whose|lone|only|sole|single|on board|program|287|"
    r"(?:on|in) (?:the|ICE[’']s|its|it\b)|one|two)\b"
)
"""A word that one of the verbs has."""


def may_name(text: str) -> bool:
    """Whether a text may have a clause that is read here: most have not, and are passed over at once."""
    return text[:1] not in "“\"'‘" and bool(HINT.search(text)) and not _barred().search(text)


@cache
def _barred() -> "re.Pattern[str]":
    said = [re.escape(word) for word in data()["barred"] if word.isalpha()]
    return when_needed(rf"(?i)\b(?:{'|'.join(said)})\b|\?|n[’']t (?:true|so)\b")


@cache
def _behind() -> "re.Pattern[str]":
    return when_needed(filled(data()["behind"]))


@cache
def _main() -> "re.Pattern[str]":
    return when_needed(filled(data()["main"]))


WHERE = when_needed(r"(?:, |^)[Ww]here [^,;]*$|, where [^;]*$")
"""A clause that "where" opens, up to its verb."""


def clauses(text: str, setting: Setting) -> list[Said]:
    """The clauses of a text on agencies that it names, in their order, none within another."""
    if not may_name(text):
        return []
    found: list[Said] = []
    last: Verb | None = None
    for verb in _found_verbs(text, setting) if _may_open(text) else ():
        if found and verb.start < found[-1].end:
            continue
        if verb.kind == "elliptic":
            verb = _meant(text, verb, last)  # noqa: PLW2901 - what "has not" is short for
        said = _clause(text, verb, setting, found[-1].end if found else 0) if verb.kind != "unknown" else None
        if said is not None:
            said = _with_echo(text, said, setting)
            last = verb
            found.append(_with_relative(text, others(text, said, setting) if verb.kind == "in" else said))
    for one in (
        *(_with_relative(text, one) for one in echoes(text, found, setting, last)),
        *members(text, setting),
        *only(text, setting),
    ):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _may_open(text: str) -> bool:
    """Whether a clause of a text may open with a name, other than a state's: few do."""
    for one in OPENS.finditer(text):
        named = item().match(text, one.end())
        if named and not (named["bare"] and named["bare"] in STATES):
            return True
    return bool(WITH_OTHERS.search(text))


STATES = frozenset(one.name for one in declared.states())


def _found_verbs(text: str, setting: Setting) -> list[Verb]:
    """The verbs of a text that a clause may end with; of two at one place the longer."""
    best: dict[int, Verb] = {}
    for kind, pattern in _verbs():
        for one in pattern.finditer(text):
            day = next((span for span in setting.days if span[0] - one.end() in (0, 1)), None)
            row = data()["kinds"].get(kind, {})
            if (row.get("needs_day") and day is None) or (kind == "elliptic" and not _elliptic(text, one.start())):
                continue
            dated = day if row.get("needs_day") or kind == "left" else None
            end = dated[1] if dated else one.end()
            behind = _behind().match(text, end)
            main = None if behind else _main().match(text, end)
            if behind is None and (main is None or not WHERE.search(text, 0, one.start())):
                continue
            closed = (behind or main or one).end()
            if kind in ("in", "under") and text.startswith((", which", ", who"), closed):
                continue  # which it signed in May: the agreement
            made = Verb(
                kind, one.start(), closed, one.groupdict().get("m"), dated, still="still" in one[0], main=behind is None
            )
            if one.start() not in best or made.end > best[one.start()].end:
                best[one.start()] = made
    return [best[at] for at in sorted(best)]


NAMES_MODEL = when_needed(r"(?i)\b(?:task force|jail|warrant)\b")


def _meant(text: str, verb: Verb, last: Verb | None) -> Verb:
    """What "does not" is short for: the verb before it with its model, else taking part."""
    if last is not None and last.kind == "under":
        return replace(verb, kind="without", model=last.model)
    return replace(verb, kind="unknown" if NAMES_MODEL.search(text, 0, verb.start) else "out")


def _elliptic(text: str, at: int) -> bool:
    """Whether "has not" is of what the sentence said before: ", but Homestead has not"."""
    before = text[:at]
    joined = max(before.rfind("; "), before.rfind(" but "))
    return joined > 0 and bool(re.search(filled(data()["elliptic"]["before"]), before[:joined]))


OPENS = when_needed(
    r"(?:^|; |, (?:and |but |while |though |although |whereas |where )|(?<=[a-z]) (?:but|while|though) "
    r"|^(?:(?:Barely|Just|About|Some|Nearly|Only) )?\w+ (?:days?|weeks?|months?|years?) (?:after|before) [^,;]*, "
    r"|^(?:Elsewhere )?[Ii]n [A-Z][\w ]+?, |^Of the [^,;]*, |^Among [^,;]*, )"
)
WITH_OTHERS = when_needed(r"\b(?:departments|agencies|offices|sheriffs|chiefs)(?P<and> and (?:also )?)")
"""Behind a count: five police departments and the sheriffs of two counties."""
ASIDE = when_needed(r", [^,;:()“”]{2,60},$")


def _clause(text: str, verb: Verb, setting: Setting, least: int) -> Said | None:
    """The clause of a verb, where what is before it is names alone, with at most one aside."""
    head = text[: verb.start].rstrip()
    starts = [(one.start(), one.end(), False) for one in OPENS.finditer(head)]
    starts += [(one.end(), one.end(), False) for one in OPENS.finditer(head) if one.start() == 0 and one.end() > 1]
    starts += [(one.start("and"), one.end(), True) for one in WITH_OTHERS.finditer(head)]
    for start, begin, joined in sorted(starts, key=lambda one: -one[1]):
        if start < least - 2 or begin < least or (verb.main and "where" not in head[start:begin] and not joined):
            continue
        if begin and start == 0 and head[begin - 1] == " ":
            start = begin  # noqa: PLW2901 - what opens the sentence stays
        for stop, state in _heads(head, begin, setting.state):
            named = parties(text, begin, stop, state, setting.prefers) if stop > begin else []
            if named:
                end = len(head) if joined else verb.end
                return Said(start, end, tuple(sentence(party, verb, state) for party in named))
    return None


def _heads(head: str, begin: int, state: str | None) -> Iterator[tuple[int, str | None]]:
    """Where the names before a verb may end, and the state that is named behind them."""
    stop = len(head)
    yield stop, state
    placed = re.compile(rf"(?:,? (?:in|of) (?P<in>{states()})|, (?P<state>{states()}),)$").search(head, begin)
    if placed:
        yield placed.start(), placed["in"] or placed["state"]
    aside = ASIDE.search(head, begin)
    if aside and _is_idle(head[aside.start() : stop]):
        yield aside.start(), state


IDLE = when_needed(
    r"^, (?:home to|the (?:home|seat) of|which includes|population|both|one of|the (?:most|least|second-most) populous"
    r"|a (?:suburb|city|town|village|county) (?:of|in|near|outside))\b"
)


def _is_idle(aside: str) -> bool:
    """Whether an aside tells only where or how large a place is, or that there are two."""
    return bool(IDLE.match(aside)) and not re.search(r"\b(?:agreement|signed|joined|left|program|list)\b", aside)


def _with_echo(text: str, said: Said, setting: Setting) -> Said:
    """A clause with the subject that is named behind it: ", as has Philadelphia"."""
    echo = re.compile(data()["echoes"]["same"]).match(text, said.end)
    if echo is None:
        return said
    stop = end_of_list(text, echo.end())
    named = parties(text, echo.end(), stop, setting.state, setting.prefers)
    if not named:
        return said
    first = said.sentences[0]
    more = tuple((who(party, setting.state), *first[1:]) for party in named)
    return Said(said.start, stop, (*said.sentences, *more))


RELATIVE = when_needed(r", (?:which|who) (?P<rest>(?:[^,;.]|\.(?= ?\w))+)(?=[.;,]|$)")


def _with_relative(text: str, said: Said) -> Said:
    """A clause with what a relative clause behind it says of its one agency: ", which left the program in 2017"."""
    found = re.compile(RELATIVE.pattern).match(text, said.end)
    if found is None or len(said.sentences) != 1:
        return said
    subject = said.sentences[0][0]
    more: tuple[Piece, ...] = (subject, (None, *found.span("rest")), (".", found.end() - 1, found.end()))
    return Said(said.start, found.end(), (*said.sentences, more))
