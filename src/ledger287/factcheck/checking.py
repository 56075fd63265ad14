"""All steps of checking an article: clean, split, tokenize, parse, extract, read, judge. The public door of this room.

What enters: a text or a file's bytes, its day, and a ledger. What leaves: ``Checked``, the answers in the order of
the text. Promise: the record is read into memory once for any number of articles; a sentence without a figure,
a rank, a named agency or a statement of law is left alone.

>>> import ledger287
>>> from ledger287.factcheck.checking import Checker
>>> checker = Checker(ledger287.open())
>>> checked = checker.check_text("ICE had 895 agreements under 287(g).", published=date(2025, 8, 14))
>>> [(answer.verdict, answer.claim.span) for answer in checked.answers]
[('supported', Span(start=8, end=22))]
>>> checked.as_json()["claims"][0]["evidence"][0]["value"]
895

``report.as_fragment(checked)`` is the annotated text as a fragment of HTML.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ledger287.core.patterns import when_needed
from ledger287.core.time import Day, as_day
from ledger287.factcheck.accounting import accounted_for, left_over, with_remaining
from ledger287.factcheck.asides.cutting import restored as restored_aside
from ledger287.factcheck.asides.cutting import without_asides
from ledger287.factcheck.asides.splitting import Split, into_clauses, rejoined
from ledger287.factcheck.continuing import continued, hinted, is_said_of_named, of_all
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.amounts.unconnected import UNCONNECTED
from ledger287.factcheck.extract.extracting import claims_in
from ledger287.factcheck.extract.model import Claim, Days, Span, Where
from ledger287.factcheck.extract.statements.compared.models import common_models
from ledger287.factcheck.extract.statements.compared.months import extreme_months, months_of_year
from ledger287.factcheck.extract.statements.compared.of_sheriffs import of_sheriffs
from ledger287.factcheck.extract.statements.compared.of_them import of_them
from ledger287.factcheck.extract.statements.compared.ranking import only, ranks
from ledger287.factcheck.extract.statements.compared.relating.relations import relations
from ledger287.factcheck.extract.statements.compared.several_kinds import several_kinds
from ledger287.factcheck.extract.statements.compared.thresholds import thresholds
from ledger287.factcheck.extract.statements.compared.together import all_there, combined, together
from ledger287.factcheck.extract.statements.counties import within_counties
from ledger287.factcheck.extract.statements.laws import is_of_law, law_in_asides, law_of, of_law_alone
from ledger287.factcheck.extract.statements.listed import counties_listed, with_all_named, with_listed
from ledger287.factcheck.extract.statements.named.deeds.merging import with_deeds, without_borrowed
from ledger287.factcheck.extract.statements.named.deeds.places import with_places
from ledger287.factcheck.extract.statements.named.events import agencies_in
from ledger287.factcheck.extract.statements.named.firsts import firsts
from ledger287.factcheck.extract.statements.named.having import with_having
from ledger287.factcheck.extract.statements.named.membership import memberships
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.extract.statements.named.names.naming import COUNTIES, ENUMERATED, POLICE_OF
from ledger287.factcheck.extract.statements.named.of_agency import own_numbers
from ledger287.factcheck.extract.statements.named.ordinals import ordinals
from ledger287.factcheck.extract.statements.named.same_day import same_day
from ledger287.factcheck.extract.statements.people import coverage_notes
from ledger287.factcheck.extract.statements.statements import statements
from ledger287.factcheck.grammar.replacing import read_whole
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.outcomes.answering import with_outcomes
from ledger287.factcheck.parse.datelines import Dateline, dateline_of
from ledger287.factcheck.parse.parsing import Parsed, opens_in_state, parse, states_named
from ledger287.factcheck.relevance import SHORT, is_about, is_near, is_relevant, of_program
from ledger287.factcheck.rewording.parts import of_wholes
from ledger287.factcheck.rewording.rewording import as_printed, reworded
from ledger287.factcheck.text.cleaning import Article, read_article
from ledger287.factcheck.text.gloss import glossed
from ledger287.factcheck.text.sentences import Sentence, sentences_of
from ledger287.factcheck.verdicts.answers import Answer, Checked
from ledger287.factcheck.verdicts.dependent import with_dependents
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import FIRM, NOT_THEN
from ledger287.factcheck.verdicts.restoring import restored
from ledger287.factcheck.verdicts.stating import with_stated
from ledger287.factcheck.verdicts.together.arithmetic import COUNTED, WHICH, Figures, follows, sums
from ledger287.factcheck.verdicts.together.conflicts import conflicts
from ledger287.factcheck.verdicts.together.in_turn import in_turn
from ledger287.factcheck.verdicts.together.meeting import from_own_end
from ledger287.factcheck.verdicts.together.repeated import repeated
from ledger287.factcheck.verdicts.together.sound import on_sound_figures
from ledger287.factcheck.verdicts.withheld.days.no_such_day import no_such_day
from ledger287.factcheck.verdicts.withheld.of_a_sum import of_a_sum
from ledger287.factcheck.verdicts.withheld.two_units import of_two_units
from ledger287.factcheck.verdicts.withheld.unsettled import unsettled_as_printed

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

LONGEST_SENTENCE = 2_000
"""Characters of a sentence that is read. The longest of the labeled sentences and stories has under 400."""
"""A text of fewer words is a quotation from a story on the program, whether it names it or not."""
DETENTION = when_needed(
    r"(?i)\b(?:ICE|immigration(?: and customs enforcement)?)\b.{0,40}\b(?:detention|detain\w*|custody|held)\b"
)
NOT_HELD = ("people", "arrests", "officers", "money")
"""Things whose figures a quotation may have without the program's own words next to them."""
SETTLES = {
    "people": "published figures on these people",
    "arrests": "ICE's records of arrests, detainers and removals by method",
    "officers": "ICE's or the agencies' count of trained officers",
    "training": "ICE's training records; no agreement states a length",
    "money": "the appropriation or the award itself",
    "percent": "the figures that the percentage is of",
    "percentage points": "the figures that are compared",
    "rate": "the agency's own statistics",
    "to come": "the lists of the day that is meant",
}


class Checker:
    """Checks articles against one ledger.

    One checker serves any number of threads at once, and checks may run within each other: all that it keeps are
    counts of a record that does not change, so a count made twice is the same. It writes no file and opens no
    connection; the record is read when the first figure of a kind is needed.
    """

    def __init__(self, ledger: "Ledger") -> None:
        self.index = Index(ledger)
        self.names = Names(self.index)

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first and last year of the record."""
        return self.index.days[0].year, self.index.days[-1].year

    def check_text(self, text: str | bytes, *, published: Day | Days | None = None, name: str = "the text") -> Checked:
        """Check a text, or the bytes of a text, HTML or PDF file.

        ``published`` is the article's day (or stretch of days); without it the text's own date is looked for.
        ``name`` is what messages call the text. Spans of claims are offsets into ``Checked.article.text``; the
        JSON form gives them in the text as it was handed in. Raises Refused, with what to do, where there is
        no English text to check.
        """
        data = text.encode("utf-8", "replace") if isinstance(text, str) else text
        if not isinstance(published, Days):
            day = as_day(published, "published")
            published = Days(day, day) if day else None
        return self.check(read_article(data, name, published))

    def check(self, article: Article) -> Checked:
        """Every claim of an article that ``cleaning.read_article`` has cleaned, answered."""
        gloss = glossed(article)
        if gloss:
            return restored(self._checked(gloss.article), gloss)
        return self._checked(article)

    def _checked(self, article: Article) -> Checked:
        notes = list(article.notes)
        first, last = self.index.days[0], self.index.days[-1]
        about, detention = is_about(article), bool(DETENTION.search(article.text))
        if not about and not detention:
            notes.append("the text is not about 287(g) agreements; nothing was checked")
            return Checked(article, (), (), tuple(notes), first, last)
        if not about:
            notes.append("the text is not about 287(g) agreements; only its figures on people held were checked")
        sentences = sentences_of(article)
        parsed = [parse(sentence) for sentence in sentences if len(sentence.text) <= LONGEST_SENTENCE]
        dateline, plain = dateline_of(sentences), parsed
        parsed, ways = reworded(parsed, len(article.text), dateline)
        parsed, splits = into_clauses(parsed)
        parsed, cuts = without_asides(parsed)
        splits |= {span: splits[made.original.span] for span, made in cuts.items() if made.original.span in splits}
        notes += [_unread(sentence) for sentence in sentences if len(sentence.text) > LONGEST_SENTENCE]
        behind = Background(article.published, self.years)
        others = self._answered(parsed, article, splits, dateline) if about else []
        counted = with_outcomes(others, parsed, behind, states_named(parsed))
        stated = with_stated(counted, parsed, article.published, self.index.ledger.past) if about else counted
        if about:
            stated += left_over(stated, parsed, article, splits)
            stated = sorted(stated, key=lambda one: one.claim.span.start)
        stated = on_sound_figures(stated)
        accounted = accounted_for(stated, parsed)
        read: dict[Sentence, list[Answer] | None] = {}
        if about:
            accounted = read_whole(accounted, parsed, dateline, article, self.years, self.index, read)
        given = [restored_aside(rejoined(restored_aside(one, cuts), splits), ways) for one in accounted]
        printed = as_printed(given, ways, article.text)
        if about:
            printed = read_whole(printed, plain, dateline, article, self.years, self.index, read)
            printed = law_in_asides(printed, sentences, [one.original for one in cuts.values()], article.published)
        printed = of_a_sum(unsettled_as_printed(printed, sentences), sentences)
        printed = of_two_units(printed, plain, article.published, self.index)
        printed = no_such_day(printed, plain, article.published, self.years)
        printed = with_dependents(with_all_named(printed), sentences)
        printed = with_remaining(printed, plain, article) if about else printed
        ordered = sorted(printed, key=_place_in_text)
        ordered = in_turn(ordered, article, plain, dateline, self.years, self.index)
        answers = repeated(from_own_end(ordered, article))
        if article.published is None and any(not answer.claim.when.windows for answer in answers):
            notes.append("the text has no date; give the day that it was published to check its figures for that day")
        return Checked(article, tuple(answers), conflicts(answers), tuple(notes), first, last)

    def _answered(
        self, parsed: Sequence[Parsed], article: Article, splits: dict[Span, Split], dateline: Dateline | None
    ) -> list[Answer]:
        named = states_named(parsed)
        named = tuple(dict.fromkeys((*named, dateline.state))) if dateline else named
        home = named[0] if len(named) == 1 else None
        found: list[tuple[int, Answer | Claim]] = []
        behind = Background(article.published, self.years, home=home)
        last, short = False, len(article.text.split()) < SHORT
        previous: Parsed | None = None
        of_it = of_program(parsed)
        for sentence in parsed:
            split = splits.get(sentence.sentence.span)
            relevant = short or sentence.sentence.span in of_it or bool(split and is_relevant(split.whole))
            law = law_of(sentence, split, article.published)
            counted = list(thresholds(sentence, behind, self.index)) if relevant and sentence.amounts else []
            if relevant and sentence.amounts:
                counted += own_numbers(sentence, behind, named, self.names, self.index)
                counted += several_kinds(sentence, behind, self.index)
                counted += of_sheriffs(sentence, behind, self.index)
            found += [(answer.claim.span.start, answer) for answer in (*law, *counted)]
            if sentence.amounts and (relevant or last):
                claims = within_counties(
                    sentence, all_there(sentence, combined(sentence, claims_in(sentence, behind))), named
                )
                claims = [hinted(continued(claim, sentence, behind), behind, home) for claim in claims]
                claims = [
                    claim
                    for claim in claims
                    if (_kept(claim, sentence, relevant, short=short) or any(one.unit == "duration" for one in claims))
                    and not is_of_law(claim, (*law, *counted))
                ]
                opened = len(found)
                found += [(claim.span.start, claim) for claim in claims]
                before, behind = behind, _behind(behind, sentence, of_wholes(claims, sentence))
            elif relevant or opens_in_state(sentence):
                opened, before, claims, behind = len(found), behind, [], _behind(behind, sentence, ())
            if relevant:
                said = [*statements(sentence, before, claims), *relations(sentence, before, claims)]
                said += [
                    *together(sentence, before, claims),
                    *counties_listed(sentence, [*claims, *said]),
                    *of_them(sentence, before),
                ]
                found[opened:] = [(at, of_all(one, said)) for at, one in found[opened:]]
                found += [(claim.span.start, claim) for claim in said]
                taken = (*of_law_alone(law), *counted)
                stated = [one for one in self._statements(sentence, behind, named) if not is_of_law(one.claim, taken)]
                found[opened:] = [one for one in found[opened:] if not is_said_of_named(one[1], stated)]
                stated = same_day(sentence, self._memberships(sentence, behind, named, stated), self.index)
                stated = with_deeds(sentence, stated, behind, named, self.names, self.index, previous)
                stated = with_places(sentence, stated, behind, named, self.names, self.index)
                found[opened:] = without_borrowed(sentence, found[opened:], stated)
                stated = with_having(sentence, stated, behind, self.index)
                found += [(answer.claim.span.start, answer) for answer in stated]
            last, previous = relevant, sentence
        found.sort(key=lambda pair: pair[0])
        return with_listed(self._judged([thing for _, thing in found], article), dated=article.published is not None)

    def _statements(self, parsed: Parsed, behind: Background, states: Sequence[str]) -> Iterator[Answer]:
        """What a sentence says of ranks and of named agencies."""
        kinds = parsed.kinds()
        first = list(firsts(parsed, behind, states, self.names, self.index))
        if first:
            yield from first
            return
        yield from ordinals(parsed, behind, self.index)
        yield from extreme_months(parsed, behind, self.index)
        yield from months_of_year(parsed, behind, self.index)
        if "MODEL" in kinds:
            yield from common_models(parsed, behind, self.index)
        if "RANK" in kinds or "only" in parsed.sentence.text.lower():
            yield from ranks(parsed, behind, self.index)
        if "RANK" in kinds or ("NAME" in kinds and "only" in parsed.sentence.text.lower()):
            yield from only(parsed, behind, states, self.names, self.index)
        if (
            "NAME" in kinds
            or POLICE_OF.search(parsed.sentence.text)
            or COUNTIES.search(parsed.sentence.text)
            or ENUMERATED.search(parsed.sentence.text)
        ):
            yield from agencies_in(parsed, behind, states, self.names, self.index)

    def _memberships(
        self, parsed: Parsed, behind: Background, states: Sequence[str], others: list[Answer]
    ) -> list[Answer]:
        """The statements of a sentence with what it says of agencies verb by verb, where that says more."""
        found = list(memberships(parsed, behind, states, self.names, self.index))
        holding = [one for one in others if one.claim.shape == "holds" and one.claim.figure is None]
        firm = any(one.verdict in FIRM for one in holding)
        if not found or (holding and (firm and len(found) <= len(holding))):
            return others
        ranked = len(others) > len(holding)
        found = [replace(one, claim=replace(one.claim, sense=UNCONNECTED)) if ranked else one for one in found]
        return [one for one in others if one not in holding] + found

    def _with_rates(self, claims: Sequence[Claim]) -> list[Claim]:
        """A goal that the text elsewhere gives a year for is a rate here too."""
        rates = {(one.figure.value, one.unit): one.terms for one in claims if one.per and one.figure}
        return [
            replace(one, terms=rates.get((one.figure.value, one.unit), one.terms))
            if one.shape == "other" and one.figure and not one.per
            else one
            for one in claims
        ]

    def _judged(self, things: Iterable[Answer | Claim], article: Article) -> list[Answer]:
        ordered = list(things)
        claims = self._with_rates([thing for thing in ordered if isinstance(thing, Claim)])
        waiting = iter(claims)
        ordered = [next(waiting) if isinstance(thing, Claim) else thing for thing in ordered]
        notes, figures = dict(sums(claims)), Figures(claims)
        answers, place = [], -1
        for thing in ordered:
            if isinstance(thing, Answer):
                answers.append(thing)
                continue
            place += 1
            answer = self._one(thing, figures, article)
            note = notes.get(place)
            answers.append(replace(answer, notes=(*answer.notes, note)) if note else answer)
        return answers

    def _one(self, claim: Claim, figures: Figures, article: Article) -> Answer:
        computed = follows(claim, figures)
        if computed and claim.shape in ("growth", "multiple", "share"):
            recorded = judge(claim, article.published, self.index)
            if computed.verdict == "cannot_tell" and not (computed.settles == WHICH and recorded.verdict in NOT_THEN):
                return replace(recorded, notes=(*recorded.notes, computed.reason))
            note = (f"by the record: {recorded.reason}",) if recorded.evidence else ()
            return replace(
                computed,
                meaning=recorded.meaning,
                evidence=recorded.evidence,
                near=recorded.near,
                notes=(*computed.notes, *note),
                measure=recorded.measure,
            )
        if computed:
            return computed
        if claim.unit == "to come":
            return Answer(claim, "cannot_tell", "a figure to come, on a condition, or wished for",
                          "the sentence does not say that it is so yet; no list is of a day to come.",
                          settles=SETTLES["to come"], measure="other")  # fmt: skip
        if claim.shape in ("other", "rate"):
            about = SETTLES.get(claim.unit, "another source")
            sentence = article.text[claim.sentence.start : claim.sentence.end]
            beside_it = coverage_notes(claim, sentence, article.published, self.index)
            return Answer(claim, "not_in_record", "a figure about the program that ICE's lists do not have",
                          "no list and no published count in the record was read as counting this.", settles=about,
                          measure="other", notes=beside_it)  # fmt: skip
        return judge(claim, article.published, self.index)


def _unread(sentence: Sentence) -> str:
    """That a sentence was too long to be read; time to read one grows faster than its length."""
    return (
        f"a sentence of {len(sentence.text):,} characters was not read; at most {LONGEST_SENTENCE:,} are. It begins "
        f'"{sentence.text[:60].strip()}"; end each of its statements with a period'
    )


def _kept(claim: Claim, parsed: Parsed, relevant: bool, *, short: bool = False) -> bool:
    """Figures of other things are claims only next to the program's own words."""
    if claim.unit in ("duration", "to come"):
        return relevant
    if claim.shape in ("other", "rate"):
        quoted = short and claim.unit in NOT_HELD
        return relevant and (quoted or is_near(parsed) or (claim.unit in COUNTED and _names_agreements(parsed)))
    return claim.unit != "law"


def _names_agreements(parsed: Parsed) -> bool:
    return any(token.kind == "UNIT" and token.value == "agreements" for token in parsed.tokens)


def _behind(behind: Background, parsed: Parsed, claims: Sequence[Claim]) -> Background:
    placed = [claim.where for claim in claims if claim.where.states]
    named = [token.value for token in parsed.tokens if token.kind == "PLACE"]
    where = placed[-1] if placed else Where((named[0],), True, named[0]) if len(set(named)) == 1 else behind.where
    units = [claim.unit for claim in claims if claim.unit in COUNTED]
    counts = [claim for claim in claims if claim.shape in ("count", "signed") and claim.unit in COUNTED]
    signing = any(claim.shape == "signed" for claim in counts) if counts else behind.signing
    unit = "partnerships" if {"agreements", "agencies"} <= {*units} else units[-1] if units else behind.unit
    return replace(behind, where=where, unit=unit, last=counts[-1] if counts else behind.last, signing=signing)


def _place_in_text(answer: Answer) -> tuple[int, int]:
    """Where a claim is printed; of two of one subject the one whose time comes first."""
    return answer.claim.span.start, answer.claim.when.span.start if answer.claim.when.span else 0
