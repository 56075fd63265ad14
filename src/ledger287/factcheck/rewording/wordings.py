"""Declared forms of saying the same in plainer words (declared/factcheck/wordings.yml), applied one after another.

What enters: a sentence, or one said again already. What leaves: the sentence in the plainer words, and further
sentences for what one says in addition; each character with its place in the text. Promise: a form is closed, and says
what the printed words say; a word that no form names stays where it is, so that an unread word stays unread.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed, with_words
from ledger287.factcheck.asides.cutting import Cut
from ledger287.factcheck.coverage.account import Part
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.datelines import Dateline
from ledger287.factcheck.parse.parsing import Parsed, parse, states_named
from ledger287.factcheck.rewording.antecedents import Antecedents, Leaning, form_macros
from ledger287.factcheck.rewording.ellipses import without_noun
from ledger287.factcheck.rewording.named.applying import in_clauses, spoken
from ledger287.factcheck.rewording.named.clauses import may_name
from ledger287.factcheck.rewording.of_sheriffs import shares_of_sheriffs
from ledger287.factcheck.rewording.parts import leaned_on
from ledger287.factcheck.text.sentences import Sentence

ROUNDS = 6
"""So many forms may be applied to one sentence."""
GAP = when_needed(r"\{(?P<group>\w+)(?P<dated>@)?(?P<maybe>\?)?(?:=(?P<instead>[^}]*))?\}")
"""``{n}``: what the group has; ``{n=25%}``: other words in its place; ``{w@}``: a time with "on" or "in" before it;
``{s?}``: what need not be there."""
PREPOSED = when_needed(r"(?i)(?:on|in|by|last|this|since|at|during|late|early|mid|the) ?")
DAY = when_needed(r"[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?$")


@dataclass(frozen=True, slots=True)
class WordingForm:
    """A form: words of which a sentence has one, its pattern, what it says, and the sentences that say the rest.

    ``every``: it is put in wherever it fits; any other form only once in a sentence.
    """

    has: tuple[str, ...]
    pattern: re.Pattern[str]
    said: str
    also: tuple[str, ...]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Worded:
    """A text, and the place of each of its characters."""

    text: str
    places: tuple[int, ...]


@cache
def forms() -> tuple[WordingForm, ...]:
    """The declared forms, with their macros put in."""
    data, macros = declared.declared_yaml("factcheck/wordings.yml"), form_macros()
    return tuple(
        WordingForm(
            tuple(row["has"]),
            when_needed(with_words(row["form"], macros)),
            row["said"],
            (row["also"],) if isinstance(row.get("also"), str) else tuple(row.get("also", ())),
            row.get("every", False),
        )
        for row in data["forms"]
    )


@cache
def _by_word() -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Each word that some forms have, with the places of these among the forms."""
    found: dict[str, list[int]] = {}
    for at, form in enumerate(forms()):
        for word in form.has:
            found.setdefault(word, []).append(at)
    return tuple((word, tuple(places)) for word, places in found.items())


WORDS = when_needed(r"[a-z]+")
COMPLETE = when_needed(r"(?<=[^a-z])[a-z]+(?=[^a-z])")


@cache
def _by_token() -> tuple[dict[str, list[tuple[str, tuple[int, ...]]]], list[tuple[str, tuple[int, ...]]]]:
    """The words of the forms by the longest complete word in each, and those that have none."""
    found: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    rest: list[tuple[str, tuple[int, ...]]] = []
    for word, places in _by_word():
        whole = max(COMPLETE.findall(word), key=len, default="")
        (found.setdefault(whole, []) if whole else rest).append((word, places))
    return found, rest


def _able(text: str) -> list[int]:
    """The places of the forms of which a text has a word, in their order."""
    low = text.lower()
    by_token, rest = _by_token()
    tried = [*rest, *(one for token in {*WORDS.findall(low)} & by_token.keys() for one in by_token[token])]
    return sorted({at for word, places in tried if word in low for at in places})


def in_forms(
    one: Parsed, made: Cut | None, dateline: Dateline | None, leaning: Leaning | None
) -> tuple[Worded | None, list[Worded]]:
    """The sentence by the forms that fit it, and what is said in addition; None where no form fits."""
    sentence = made.original if made else one.sentence
    now = Worded(one.sentence.text, made.places if made else tuple(range(*_ends(sentence.span))))
    changed, others = False, list[Worded]()
    if leaning:
        groups = {name: leaning.opening.span(name) for name, value in leaning.opening.groupdict().items() if value}
        others += [_substituted(now, None, other, groups) for other in leaning.also if _is_whole(other, groups)]
        now, changed = _substituted(now, leaning.opening, leaning.said, groups), True
    if dateline and (found := HERE.match(now.text)):
        now, changed = _substituted(now, found, f"The {dateline.city} Police Department", {}), True
    used: set[int] = set()
    for _ in range(ROUNDS):
        able = (at for at in _able(now.text) if at not in used)
        step = next(((at, found) for at in able if (found := forms()[at].pattern.search(now.text))), None)
        if step is None:
            break
        at, found = step
        if not forms()[at].every:
            used.add(at)
        groups = {name: found.span(name) for name, value in found.groupdict().items() if value}
        others += [_substituted(now, None, said, groups) for said in forms()[at].also if _is_whole(said, groups)]
        now, changed = _substituted(now, found, forms()[at].said, groups), True
    return (now if changed else None), others


HERE = when_needed(r"^(?:The )?(?:[Cc]ity |[Tt]own )?[Pp]olice(?: department)? here\b")
"""``WELLS, Maine — Police here``: those of the city of the dateline."""


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _is_whole(said: str, groups: dict[str, tuple[int, int]]) -> bool:
    """Whether a sentence that is said in addition has all that it speaks of."""
    return all(gap["group"] in groups for gap in GAP.finditer(said) if not gap["maybe"])


def _substituted(now: Worded, found: re.Match[str] | None, said: str, groups: dict[str, tuple[int, int]]) -> Worded:
    """A text with what a form says in the place of what it found; without a match, what it says alone."""
    text: list[str] = []
    places: list[int] = []
    start, end = found.span() if found else (0, 0)
    if found:
        text.append(now.text[:start])
        places += now.places[:start]
    anchor = now.places[min(start, len(now.places) - 1)]
    at = 0
    for gap in [*GAP.finditer(said), None]:
        stop = gap.start() if gap else len(said)
        text.append(said[at:stop])
        places += [places[-1] if places else anchor] * (stop - at)
        if gap:
            first, last = groups.get(gap["group"], (0, 0))
            stretch = now.places[first:last]
            instead = gap["instead"] if stretch else None
            if instead == "":
                stretch = ()
            if gap["dated"] and stretch and not PREPOSED.match(now.text, first):
                text.append("on " if DAY.search(now.text[first:last]) else "in ")
                places += [stretch[0]] * len(text[-1])
            if instead:
                length = len(instead)
                stretch = (*(stretch[min(at, len(stretch) - 1)] for at in range(length - 1)), stretch[-1])
            text.append(now.text[first:last] if instead is None else instead)
            places += stretch
            at = gap.end()
    if found:
        text.append(now.text[end:])
        places += now.places[end:]
    return Worded("".join(text), tuple(places))


def as_cut(worded: Worded, original: Sentence, start: int, before: Cut | None = None) -> Cut:
    """A worded text as a sentence of its own that begins at a place."""
    said = worded.text[:1].upper() + worded.text[1:]
    made: Sentence = replace(original, text=said, span=Span(start, start + len(said)))
    parsed: Parsed = parse(made)
    return Cut(parsed, original, worded.places, before.asides if before else (), worded=True)


def _in_clauses(
    one: Parsed,
    worded: Worded | None,
    others: list[Worded],
    original: Sentence,
    before: Cut | None,
    previous: Sequence[Parsed],
    earlier: Sequence[Parsed],
    dateline: Dateline | None,
    antecedents: Antecedents,
) -> tuple[Worded | None, list[Worded]]:
    """A sentence without its clauses on agencies that it names, and these as sentences of their own."""
    now = worded or Worded(one.sentence.text, before.places if before else tuple(range(*_ends(one.sentence.span))))
    parsed = as_cut(worded, original, one.sentence.span.start, before).parsed if worded else one
    if may_name(now.text):
        left, said = in_clauses((now.text, now.places), parsed, previous, dateline)
        if left is not None:
            worded, others = Worded(*left), [*others, *(Worded(*each) for each in said)]
            now, parsed = worded, as_cut(worded, original, one.sentence.span.start, before).parsed
        elif placed := antecedents.places_of_counties(now.text, one):
            worded = now = _with_nouns(now, placed)
            parsed = as_cut(worded, original, one.sentence.span.start, before).parsed
    share = shares_of_sheriffs(now.text)
    if share is not None:
        pieces = (
            (share.said, *share.part),
            (" ", *share.part),
            (None, *share.state),
            (" sheriffs have agreements", *share.state),
        )
        worded = now = Worded(
            *spoken((now.text, now.places), [(None, 0, share.start), *pieces, (None, share.end, len(now.text))])
        )
        parsed = as_cut(worded, original, one.sentence.span.start, before).parsed
    gaps = without_noun(parsed, earlier) if parsed.amounts else []
    return (_with_nouns(now, gaps) if gaps else worded), others


def _with_nouns(now: Worded, gaps: Sequence[tuple[int, str]]) -> Worded:
    """A text with the nouns that its numbers leave out."""
    text, places = now.text, now.places
    for at, noun in reversed(gaps):
        text = f"{text[:at]} {noun}{text[at:]}"
        places = (*places[:at], *([places[at - 1]] * (len(noun) + 1)), *places[at:])
    return Worded(text, places)


def _home(dateline: Dateline | None) -> tuple[str, ...]:
    return (dateline.state,) if dateline else ()


PARAGRAPHS_BACK = 2
"""So many paragraphs before one, what its first sentence counts may be named."""


def _of_paragraphs_before(found: Sequence[Parsed], one: Parsed) -> list[Parsed]:
    """The sentences of the paragraphs before one that count something, without quotations and parts under a model."""
    block = one.sentence.block
    return [
        each
        for each in found
        if 0 < block - each.sentence.block <= PARAGRAPHS_BACK
        and each.amounts
        and not each.sentence.quoted
        and not any(token.kind == "MODEL" for token in each.tokens)
    ]


NAMED_BEFORE = "the agency that is named before"
"""What a word is in the account that stands for an agency: "It is a task force agreement"."""
STANDING_FOR = when_needed(r"(?:It|This|That)\b|(?:Its|The|His|Her|Their) [a-z]+(?:[’']s [a-z]+)?")


def _subject(one: Parsed) -> tuple[Part, ...]:
    """The words that stand for an agency, as a part of the account."""
    found, start = STANDING_FOR.match(one.sentence.text), one.sentence.span.start
    return (Part(Span(start, start + found.end()), NAMED_BEFORE, found[0]),) if found else ()


def all_in_forms(
    found: Sequence[Parsed], ways: dict[Span, Cut], end: int, dateline: Dateline | None
) -> tuple[list[Parsed], list[Parsed], dict[Span, Cut]]:
    """Sentences in the declared forms, those that say the rest, and the ways back; the latter begin behind ``end``."""
    kept: list[Parsed] = []
    added: list[Parsed] = []
    back = dict(ways)
    antecedents = Antecedents(dateline, several=len({*states_named(found), *_home(dateline)}) > 1)
    for at, one in enumerate(found):
        before = ways.get(one.sentence.span)
        original = before.original if before else one.sentence
        leaning = antecedents.leaning(one)
        worded, others = in_forms(one, before, dateline, leaning)
        previous = [each for each in kept[max(at - 3, 0) :] if each.sentence.block == one.sentence.block]
        previous = leaned_on(one, previous)
        earlier = previous or _of_paragraphs_before(kept, one)
        worded, others = _in_clauses(one, worded, others, original, before, previous, earlier, dateline, antecedents)
        if worded is None:
            kept.append(one)
            continue
        made = as_cut(worded, original, one.sentence.span.start, before)
        subject = _subject(one) if leaning and leaning.agency else ()
        made = replace(made, asides=(*made.asides, *subject))
        kept.append(made.parsed)
        back[made.parsed.sentence.span] = made
        for other in others:
            own = as_cut(other, original, end + 2 + sum(len(done.sentence.text) + 2 for done in added))
            own = replace(own, asides=(*own.asides, *subject))
            added.append(own.parsed)
            back[own.parsed.sentence.span] = own
    return kept, added, back
