"""Statements of rank: who leads, who comes second, who is the only one.

What enters: a parsed sentence and the index. What leaves: answers from the counts of all states or models.
Promise: equal counts share a place; "the only" needs both that there is one and that it is the one named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.core.text import listed
from ledger287.factcheck.extract.amounts.times.of_clause import time_of_clause
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Figure, InOrder, OfAgencies, Phrasing, Span, When, Where
from ledger287.factcheck.extract.statements.compared.only_words import (
    is_of_several,
    is_there,
    only_has,
    only_of,
    words_of_only,
)
from ledger287.factcheck.extract.statements.compared.ranked_model import model_of_rank
from ledger287.factcheck.extract.statements.named.holding import held
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.extract.statements.named.names.unlisted import unlisted
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.measures.readings import moment, name_of
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.numbers import words_value
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import FITTING

PLACE_OF_RANK = {"most": 1, "second": 2, "third": 3, "fewest": -1}
LEAST_WORDS = ("largest", "highest", "biggest", "greatest", "smallest", "lowest")
"""Superlatives that may be of another thing (the largest county), unless a number of agreements follows."""
COUNTING = ("number", "total", "count", "tally", "share", "figure", "concentration", "contingent", "amount")
GROWING = ("growth", "increase", "jump", "gain", "gains", "rise", "expansion", "surge", "increases")
PASSING = ("overtaken", "overtook", "surpassed", "passed", "eclipsed", "edged", "supplanted", "replaced", "leapfrogged",
           "displaced", "dethroned", "unseated")  # fmt: skip
BY_KIND = "the states are ranked by all agencies, not by those of one kind"
AMONG = when_needed(
    r"\b(?:among|one of) the (?P<n>two|three|four|five|six|seven|eight|nine|ten|\d+) states (?:with|that have|having) $"
)
RANKED_UNITS = ("agreements", "partnerships", "agencies", "sheriffs", "police")


def ranks(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """The answers on who leads, comes second, or gained the most."""
    if not _ranked(parsed):
        return
    yield from _each_once(_places_taken(parsed, behind, index))
    yield from _only_more(parsed, behind, index)


def _each_once(answers: Iterator[Answer]) -> Iterator[Answer]:
    """One answer where a sentence says twice that a state leads: tops the list, with more than any other state."""
    found: list[Answer] = []
    for answer in answers:
        claim = answer.claim
        key = (claim.where.states, claim.model, claim.figure and claim.figure.value, claim.sense, claim.kind)
        at = next(
            (k for k, one in enumerate(found)
             if (one.claim.where.states, one.claim.model, one.claim.figure and one.claim.figure.value, one.claim.sense,
              one.claim.kind)
             == key),
            None,
        )  # fmt: skip
        if at is None or claim.against or found[at].claim.against:
            found.append(answer)
            continue
        strict = claim.figure is not None and "more than" in claim.figure.said.lower()
        kept, other = (answer, found[at]) if strict else (found[at], answer)
        said = other.claim.figure.span if other.claim.figure else other.claim.span
        covers = (*kept.claim.wording.covers, *other.claim.wording.covers, (said, "rank"))
        found[at] = replace(kept, claim=kept.claim.worded(covers=covers))
    yield from found


def _places_taken(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    for at, token in enumerate(parsed.tokens):
        place = _place_stated(parsed.tokens, at)
        if place is None:
            continue
        subjects = _subjects(parsed.tokens, at)
        when = time_of_clause(parsed.tokens, at, behind)
        claim = _claim(parsed, token, subjects, when, place) if subjects else None
        if claim is None:
            continue
        claim = _among(parsed, claim, token)
        if any(one.text.lower() in GROWING for one in parsed.tokens[at : at + 4]):
            claim = replace(claim, sense="rank_growth")
        elif when.since:
            claim = replace(claim, when=When())
        ahead = tuple(one.value for one in _listed(parsed.tokens, at + 1)) if token.value == "behind" else ()
        if not ahead and place > 1 and len(claim.where.states) == 1:
            ahead, covers = _behind(parsed.tokens, at, place)
            claim = claim.worded(covers=covers)
        yield _led_by(judge(claim.compared(against=ahead), behind.published, index), behind, index)


def _among(parsed: Parsed, claim: Claim, mark: Token) -> Claim:
    """``among the three states with the most agreements``: no later place than the third."""
    offset = parsed.sentence.span.start
    found = AMONG.search(parsed.sentence.text[: mark.span.start - offset])
    if found is None or claim.figure is None or claim.sense:
        return claim
    number = float(found["n"]) if found["n"].isdigit() else words_value(found["n"]) or 1.0
    said = Span(offset + found.start(), mark.span.end)
    figure = Figure(number, 1, number, "range", said, parsed.sentence.text[found.start() : said.end - offset])
    return replace(claim.worded(covers=((said, "rank"),)), figure=figure)


def _led_by(answer: Answer, behind: Background, index: Index) -> Answer:
    """``Georgia trails only Florida, Texas and Tennessee``: just those have more than it, and not others."""
    claim = answer.claim
    if not claim.against or answer.verdict not in FITTING or len(claim.where.states) != 1:
        return answer
    windows = moment(claim, behind.published, index).windows
    places = [place for window in windows for place in index.window(window.first, window.last)]
    rows = {state: index.series(claim.unit, Scope((state,), claim.model)) for state in sorted(index.states)}
    own = rows.get(claim.where.states[0])
    if own is None or not places:
        return answer
    ahead = [{state for state, row in rows.items() if row[place] > own[place]} for place in places]
    if set(claim.against) in ahead:
        return answer
    names = listed(name_of(one) for one in sorted(ahead[-1]))
    said = f"those ahead of it were {names}." if len(ahead[-1]) > 1 else f"{names or 'nobody'} was ahead of it."
    return replace(answer, verdict="contradicted", reason=said)


def _behind(tokens: Sequence[Token], at: int, place: int) -> tuple[tuple[str, ...], tuple[tuple[Span, str], ...]]:
    """``ranks third behind Ohio and Texas``: those ahead, where as many are named as a place leaves room for."""
    word = next(
        (k for k in range(at + 1, min(at + 9, len(tokens))) if tokens[k].text.lower() in ("behind", "after")), 0
    )
    named = _listed(tokens, word + 1, reach=1) if word else []
    if len({one.value for one in named}) != place - 1:
        return (), ()
    return tuple(one.value for one in named), ((Span(tokens[word].span.start, named[-1].span.end), "rank"),)


def _place_stated(tokens: Sequence[Token], at: int) -> int | None:
    """The place that a word of rank gives, below zero where counted from below; None where it is of another thing."""
    token = tokens[at]
    if token.kind != "RANK" or token.value in ("only", "first"):
        return None
    said = token.text.lower()
    if said.endswith(LEAST_WORDS) and at + 1 < len(tokens):
        following = [one for one in tokens[at + 1 : at + 5] if one.kind not in ("FILL", "PROGRAM", "MODEL")]
        if not following or not (
            following[0].text.lower() in (*COUNTING, *GROWING)
            or (following[0].kind == "UNIT" and following[0].value in ("agreements", "partnerships"))
            or following[0].kind in ("MARK", "IN", "RISE")
        ):
            return None
    if said.endswith("most") and not _counts_most(tokens, at):
        return None
    if said in ("leads", "lead") and [one.kind for one in tokens[at + 1 : at + 2]] == ["PLACE"]:
        return None
    if token.value == "behind":
        return 1 + len(_listed(tokens, at + 1))
    return PLACE_OF_RANK.get(token.value) or int(token.value)


def _counts_most(tokens: Sequence[Token], at: int) -> bool:
    """Whether "the most" is of a number of agreements or agencies: an adjective behind it makes it another thing."""
    following = [
        one for one in tokens[at + 1 : at + 7] if one.kind not in ("FILL", "PROGRAM", "MODEL", "SIGN", "PENDING")
    ]
    named = tokens[at + 1 : at + 2]
    if named and named[0].text.lower().endswith("program"):
        return False
    if not following or following[0].kind in ("MARK", "UNIT", "IN", "WHEN", "NATION", "TOPIC"):
        return bool(following) or at + 1 == len(tokens)
    return following[0].text.lower() in ("of", "in", "under", "among", "with", *COUNTING)


def _claim(parsed: Parsed, token: Token, subjects: Sequence[Token], when: When, place: int) -> Claim:
    """Several states named together are right where none of them comes after as many places as they are."""
    first, last = abs(place), abs(place) + len(subjects) - 1
    low, high = (1 if last > first else first), last
    ends = [token.span, *(one.span for one in subjects)]
    span = Span(min(one.start for one in ends), max(one.end for one in ends))
    figure = Figure(float(first), low, high, "exact", token.span, token.text)
    counted = _counted(parsed.tokens, token, subjects)
    unit = "agencies" if counted in ("agencies", "sheriffs", "police") else "agreements"
    states = tuple(one.value for one in subjects if one.kind == "PLACE")
    model, doubt = model_of_rank(parsed.tokens, parsed.tokens.index(token), subjects)
    return Claim(
        "rank",
        figure,
        unit,
        Where(states, True, subjects[0].text) if states else Where((), True),
        when,
        span,
        parsed.sentence.span,
        model,
        wording=Phrasing(
            speaker=parsed.sentence.speaker, unsure=BY_KIND if counted in ("sheriffs", "police") else doubt
        ),
        terms=InOrder(rank=token.value),
        sense="rank_fewest" if place < 0 else "",
    )


def _counted(tokens: Sequence[Token], rank: Token, subjects: Sequence[Token]) -> str:
    """By what a rank is: the unit right behind it, else that of the subject's own clause, else the sentence's first."""
    at = tokens.index(rank)
    passed = ("FILL", "PROGRAM", "MODEL", "SIGN", "PENDING")
    behind = [one for one in tokens[at + 1 : at + 6] if one.kind not in passed and one.text.lower() != "by"]
    own = [one for one in tokens[:at] if one.span.start > subjects[-1].span.start]
    units = [one.value for one in (*behind[:1], *own, *tokens) if one.kind == "UNIT" and one.value in RANKED_UNITS]
    return str(units[0]) if units else "agreements"


def _ranked(parsed: Parsed) -> bool:
    return bool(parsed.kinds() & {"PROGRAM", "MODEL"}) or any(
        (one.kind == "UNIT" and one.value in RANKED_UNITS) or one.text.lower() == "participating"
        for one in parsed.tokens
    )


def _subjects(tokens: Sequence[Token], at: int) -> list[Token]:
    """Who is ranked: the states named together before the word of rank, else the one after it, else a model."""
    if tokens[at].text.lower().endswith(("has more", "has as many", "comes close")):
        return _listed(tokens, at + 1, reach=8)[:1]
    passing = next((place for place in range(at) if tokens[place].text.lower() in PASSING), at)
    before = [place for place in range(passing) if tokens[place].kind == "PLACE"]
    if before:
        return _together(tokens, before, plural=tokens[at].text.lower().split()[0] in ("lead", "top", "rank", "are"))
    models = [token for token in tokens[:at] if token.kind == "MODEL"]
    if models:
        return models[-1:]
    after = [token for token in tokens[at + 1 :] if token.kind in ("PLACE", "MODEL")]
    return after[:1] if tokens[at].value != "behind" else []


def _together(tokens: Sequence[Token], places: Sequence[int], *, plural: bool) -> list[Token]:
    """The last state named, with those in one list with it: Texas (137), Georgia (31) and Ohio; before a verb in the
    plural also Texas, with 137, and Ohio, with 31."""
    joining = ("and", "or", "&", *(("with", "at") if plural else ()))
    counted = ("MARK", "NUM", *(("UNIT",) if plural else ()))
    found = [tokens[places[-1]]]
    for earlier, later in zip(reversed(places[:-1]), reversed(places[1:]), strict=True):
        between = tokens[earlier + 1 : later]
        if any(one.kind not in counted and one.text.lower() not in joining for one in between):
            break
        if not between or (len(between) <= 2 and between[0].text in (";", "—", "–")):
            break
        found.insert(0, tokens[earlier])
    pair = [one.text.lower() for one in tokens[places[-2] + 1 : places[-1]]] if len(found) == 2 else []
    return found[-1:] if pair == [",", "and"] else found


def _listed(tokens: Sequence[Token], start: int, reach: int = 3) -> list[Token]:
    """States in a list that begins at most ``reach`` tokens behind a place: behind only Texas and Florida."""
    at = next((place for place in range(start, min(start + reach, len(tokens))) if tokens[place].kind == "PLACE"), None)
    found: list[Token] = []
    while at is not None and at < len(tokens):
        if tokens[at].kind == "PLACE":
            found.append(tokens[at])
        elif not (tokens[at].text == "," or tokens[at].text.lower() == "and"):
            break
        at += 1
    return found


def _only_more(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """``Only Florida and Texas have more agreements than Tennessee``: the place of the last one named."""
    tokens = parsed.tokens
    opens = next((at for at, token in enumerate(tokens) if token.text.lower() == "only" and token.kind != "RANK"), None)
    if opens is None:
        return
    ahead = _listed(tokens, opens + 1, reach=1)
    at = next((place for place in range(opens, len(tokens)) if tokens[place].text.lower() == "than"), len(tokens))
    words = [token.text.lower() for token in tokens[opens:at]]
    subject = _listed(tokens, at + 1, reach=2)
    if len(subject) != 1:
        return  # more than several have, each or together, is no place of one of them
    if ahead and subject and "more" in words and {"has", "have", "had"} & set(words):
        claim = _claim(parsed, tokens[opens], subject, times(tokens, (), behind).leading or When(), 1 + len(ahead))
        place = next(at for at in range(opens, len(tokens)) if tokens[at].text.lower() == "than")
        more = next((one for one in tokens[opens:place] if one.text.lower() == "more"), None)
        counted = [one for one in tokens[opens:place] if one.kind == "UNIT" and one.value in RANKED_UNITS]
        covers = [(Span(tokens[opens].span.start, ahead[-1].span.end), "rank"), (tokens[place].span, "rank")]
        covers += [(more.span, "rank")] if more and counted else []
        claim = replace(
            claim.worded(covers=tuple(covers)), terms=InOrder(rank="behind", against=tuple(one.value for one in ahead))
        )
        yield _led_by(judge(claim, behind.published, index), behind, index)


def only(parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index) -> Iterator[Answer]:
    """ "X is the only agency in Y under Z": one agency there, and it is X."""
    mark = next((token for token in parsed.tokens if token.kind == "RANK" and token.value == "only"), None)
    mark = mark or only_has(parsed.tokens)
    on_list = any(token.text.lower() == "list" for token in parsed.tokens)
    if (
        mark is None
        or is_of_several(parsed, mark)
        or (not _ranked(parsed) and "TOPIC" not in parsed.kinds() and not on_list)
    ):
        return
    subjects = [token for token in parsed.tokens if token.kind == "NAME"]
    within = [token for token in parsed.tokens if token.kind == "PLACE" and token.span.start > mark.span.start]
    opening = [token for token in parsed.tokens[:2] if token.kind == "PLACE"]
    within = within or (opening if mark.kind != "RANK" else [])
    placed = [token for token in parsed.tokens if token.kind == "PLACE"]
    there = is_there(parsed, mark) and len({one.value for one in placed}) == 1
    within = within or (placed if there else [])
    if not subjects:
        yield from _only_state(parsed, behind, mark, index)
        return
    where = Where((within[0].value,), True, within[0].text) if within else Where()
    said = words_of_only(parsed.tokens, mark)
    spots = times(said, (), behind)
    when = spots.leading or spots.trailing or When()
    figure = Figure(1, 1, 1, "exact", mark.span, mark.text)
    model = next((token.value for token in said if token.kind == "MODEL"), None)
    span = Span(min(subjects[0].span.start, mark.span.start), max(subjects[0].span.end, mark.span.end))
    claim = Claim(
        "count",
        figure,
        only_of(parsed.tokens, mark),
        where,
        when,
        span,
        parsed.sentence.span,
        model,
        wording=Phrasing(speaker=parsed.sentence.speaker, covers=() if mark.kind == "RANK" else ((mark.span, "rank"),)),
        terms=InOrder(rank="only"),
    )
    counted = judge(claim, behind.published, index)
    name, inside = subjects[0].value, where.states
    found = names.find(name, inside or states, stated=inside)
    own = replace(claim, shape="holds", figure=None, terms=OfAgencies(agencies=found))
    named = unlisted(held(own, name, behind, index), name, inside or states, behind, index)
    good = counted.verdict in ("supported", "was_true") and named.verdict in ("supported", "was_true")
    worst = counted if counted.verdict not in ("supported", "was_true") else named
    verdict = (counted.verdict if counted.verdict == "was_true" else named.verdict) if good else worst.verdict
    if placed and not within and verdict == "contradicted":
        verdict = "cannot_tell"  # Sherburne County, Minnesota, is the only one: there, or in the nation?
    yield replace(
        counted,
        verdict=verdict,
        reason=f"{counted.reason} {named.reason}",
        evidence=counted.evidence + named.evidence,
        measure="only",
    )


def _only_state(parsed: Parsed, behind: Background, mark: Token, index: Index) -> Iterator[Answer]:
    """``Guam is the only territory on the list``: there is one, and it is the one named."""
    before = [token for token in parsed.tokens if token.kind == "PLACE" and token.span.start < mark.span.start]
    after = [token for token in parsed.tokens if token.span.start >= mark.span.end]
    unit = "states" if "state" in mark.text.lower() else after[0].value if after and after[0].kind == "UNIT" else ""
    if unit not in ("states", "territories") or len({token.value for token in before}) != 1:
        return
    said = mark if unit == "states" and "state" in mark.text.lower() else after[0]
    figure = Figure(1, 1, 1, "exact", mark.span, mark.text)
    model = next((token.value for token in parsed.tokens if token.kind == "MODEL"), None)
    claim = Claim(
        "count",
        figure,
        unit,
        Where((), True),
        times(parsed.tokens, (), behind).trailing or When(),
        Span(before[-1].span.start, said.span.end),
        parsed.sentence.span,
        model,
        terms=InOrder(rank="only"),
    )
    held_ = Claim(
        "count", replace(figure, high=float("inf"), rule="least"), "agreements", Where((before[-1].value,), True),
        claim.when, claim.span, claim.sentence, model,
    )  # fmt: skip
    counted, own = judge(claim, behind.published, index), judge(held_, behind.published, index)
    if counted.verdict == "supported" and own.verdict != "supported":
        reason = f"{counted.reason} {before[-1].text}: {own.reason}"
        yield replace(counted, verdict=own.verdict, reason=reason, evidence=counted.evidence + own.evidence)
        return
    yield counted
