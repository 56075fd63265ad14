"""Agencies that a sentence names next to a verb or a noun: ", as has Lee County"; "They include Bixby"; "whose lone
participant is the Plymouth County jail".

What enters: a text and where it speaks of. What leaves: the stretches that name them, with the sentences that say the
same of each. Promise: a list with anything but names in it is left as it is.
"""

import re
from collections.abc import Iterator, Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.rewording.named.phrases import Party, data, parties
from ledger287.factcheck.rewording.named.saying import Piece, Said, Setting, Verb, end_of_list, filled, sentence, who


def echoes(text: str, found: Sequence[Said], setting: Setting, last: Verb | None) -> Iterator[Said]:
    """``and neither is Harris County``; ``and so does Weber County``: of the same as the clause before it."""
    for kind in ("out", "in"):
        for one in re.finditer(data()["echoes"][kind], text):
            stop = end_of_list(text, one.end())
            named = parties(text, one.end(), stop, setting.state, setting.prefers)
            verb = Verb(kind, one.start(), one.end())
            if last is not None and last.model:
                verb = Verb("without" if kind == "out" else "under", one.start(), one.end(), last.model)
            if named and found and (verb.model or not MODEL.search(text, 0, one.start())):
                yield Said(one.start(), stop, tuple(sentence(party, verb, setting.state) for party in named))


MODEL = when_needed(r"(?i)\b(?:task force|jail|warrant)\b")


def members(text: str, setting: Setting) -> Iterator[Said]:
    """``They include Bixby, a Tulsa suburb, but not Tulsa's or Oklahoma City's police``."""
    row = data()["members"]
    for opener in row["in"]:
        for one in re.finditer(filled(opener), text):
            if _is_barred(text, one.start()):
                continue
            stop = end_of_list(text, one.end())
            named = parties(text, one.end(), stop, setting.state, setting.prefers)
            if not named or re.compile(row["not_all"]).match(text, stop) or GOES_ON.match(text, stop):
                continue
            verb, without = Verb("in", one.start(), one.end()), re.compile(row["not"]).match(text, stop)
            said = [sentence(party, verb, setting.state) for party in named]
            end = end_of_list(text, without.end()) if without else stop
            left_out = parties(text, without.end(), end, setting.state, setting.prefers) if without else []
            none = Verb("out", without.start(), without.end()) if without else verb
            said += [sentence(party, none, setting.state) for party in left_out]
            yield Said(one.start(), end if left_out else stop, tuple(said))


GOES_ON = when_needed(r",? (?:have|has|had|hold|holds|are|is|were|was|signed|joined|use|run|chose|take|took)\b")
"""Behind a list in the middle of a clause: its verb says more of those that are named."""


def _is_barred(text: str, at: int) -> bool:
    """Whether the part of a text between semicolons has a word with which its members may be of something else."""
    start, end = text.rfind(";", 0, at) + 1, text.find(";", at)
    return bool(re.compile(data()["members"]["barred"]).search(text, start, end if end > 0 else len(text)))


def others(text: str, found: Said, setting: Setting) -> Said:
    """``are in the program, along with six sheriffs``: so many of them in the state."""
    one = re.compile(data()["others"]).match(text, found.end)
    if one is None or setting.state is None:
        return found
    said: tuple[Piece, ...] = (
        (None, *one.span("count")),
        (f" in {setting.state} are in the program.", one.end("count") - 1, one.end("count")),
    )
    return Said(found.start, one.end(), (*found.sentences, said))


def only(text: str, setting: Setting) -> Iterator[Said]:
    """``Massachusetts, whose lone participant is the Plymouth County jail``."""
    for opener in data()["only"]:
        for one in re.finditer(filled(opener), text):
            stop = end_of_list(text, one.end())
            named = parties(text, one.end(), stop, one["place"], setting.prefers)
            if len(named) == 1:
                start = one.end() - 2 if one[0].endswith(", ") else one.end("place")
                yield Said(start, stop, (_alone(named[0], one),))


def _alone(party: Party, one: "re.Match[str]") -> tuple[Piece, ...]:
    return (
        who(party, None),
        ("is ", one.end("place"), one.end("place") + 1),
        ("the only", *one.span("only")),
        (" agency", one.end("only"), one.end()),
        (f" in {one['place']}", *one.span("place")),
        (" with an agreement.", one.end("only"), one.end()),
    )
