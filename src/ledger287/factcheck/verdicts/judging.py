"""Readings of a claim, evaluated -> one verdict, by declared rules of choice.

What enters: a claim, its readings and the index. What leaves: an ``Answer``. The rules, in their order:
1. A time that the record does not reach: not in the record.
2. The plain reading right on the days meant: supported; of "now" only on an earlier list of the week: rule 4.
3. Else a reading of rank 1, then 2, right on those days: supported if, with what it requires.
4. Else the plain reading right on other days: true on these days, or on later ones.
5. Else a reading of rank 3 that gives the figure exactly: supported if.
6. Where the place is not known, a word that narrows or dates the figure is not understood, or the sentence
   leaves in doubt what the figure counts (``doubting.py``, ``contests.py``): cannot tell.
7. Where it is exactly right of another declared thing, place or day that the sentence may mean: cannot tell.
8. Else contradicted.
Where the days are known too roughly, 2 and 3 need all of them; else 4. Promise: a rarer reading never beats a
plain one that is right, and no list of the record gives a figure that is called contradicted, in its plain reading.
"""

from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.doubts import BODIES, WITHHELD
from ledger287.factcheck.extract.model import Claim, Days, Figure
from ledger287.factcheck.measures.evaluating import everywhere
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.measures import Reading
from ledger287.factcheck.measures.readings import ANOTHER_THING, exchanges, is_counted, moment, readings
from ledger287.factcheck.measures.series import tied
from ledger287.factcheck.verdicts.answering import contradicted, on_condition, on_other_days, right_days, supported
from ledger287.factcheck.verdicts.answers import Answer, evidence, meant, number
from ledger287.factcheck.verdicts.case import ClaimCase, Outcomes, is_later
from ledger287.factcheck.verdicts.together.between import ends_between, left_between
from ledger287.factcheck.verdicts.week import on_an_earlier_list, on_two_lists, requiring_the_list
from ledger287.factcheck.verdicts.withheld.abstaining import (
    between_lists,
    closest_of,
    fits_somewhere,
    may_be_elsewhere,
    may_mean,
    not_understood,
    otherwise_right,
    unplaced,
    without_points,
)

PLAIN_STEP = 0.05
"""By how much of itself a figure differs from an earlier one, at least, where it is said to have risen or fallen."""
PASSED = ("doubled", "tripled", "quadrupled", "quintupled", "sextupled")
"""Verbs of a multiple that is passed on the way to a higher one: what grew fivefold did double."""


def judge(claim: Claim, published: Days | None, index: Index) -> Answer:
    """The verdict on one claim that is answered from the record."""
    figure = claim.figure
    if figure is None:
        raise ValueError("a claim without a figure is checked elsewhere")
    when = moment(claim, published, index)
    tried = readings(claim, when, published, index)
    plain = tried[0]
    meaning = meant(plain, figure)
    if when.outside:
        return Answer(
            claim,
            "not_in_record",
            meaning,
            f"{when.said} is not in the record: {when.outside}.",
            measure=plain.measure.id,
            settles="a list of that time, or an official report of it",
        )
    if claim.sense == "denied":
        return Answer(
            claim, "cannot_tell", meaning, "the sentence denies a figure that someone else gave; it was not checked.",
            measure=plain.measure.id, settles="what the sentence itself holds to be right",
        )  # fmt: skip
    if not is_counted(claim):
        return Answer(
            claim, "cannot_tell", meaning, "changes are counted of agreements and agencies, not of what the sentence "
            "counts.", measure=plain.measure.id, settles="the lists of both days",
        )  # fmt: skip
    outcomes = Outcomes(tried, index)
    named = claim.where.states or claim.model or claim.sense or claim.kind
    either = claim.pending and claim.where.states and claim.model  # of the state's applications, or of the model's
    if claim.shape == "share" and (either or (not named and plain.measure.evaluator == "share")):
        return Answer(
            claim,
            "cannot_tell",
            meaning,
            "the sentence does not say which part is meant in a way that the record can match.",
            measure=plain.measure.id,
            settles="the state or model that the share is of",
        )
    if not outcomes[0][1]:
        return without_points(claim, meaning, plain, index)
    return _roughly(_chosen(ClaimCase(claim, figure, when, outcomes, meaning, index, published)))


LASTING = when_needed(
    r"(?i)^(?:in|within|over) (?!the\b|20\d\d)(?:[a-z]+ ){0,5}?(?:\d+|[a-z]+) (?:day|week|month|year)s?(?: time)?$"
)
"""How long a growth took, given roughly: in less than a year; over six months."""


def _roughly(answer: Answer) -> Answer:
    """A figure that does not fit so long ago is not wrong, where the sentence tells only about how long it took."""
    base = answer.claim.base.when.said if answer.claim.base else ""
    rough = any(LASTING.match(said) for said in (answer.claim.when.said, base))
    if not rough or answer.verdict not in ("contradicted", "was_true", "became_true"):
        return answer
    reason = f"the sentence says only about how long it took; so long before, {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="the day on which it began")


def _chosen(case: ClaimCase) -> Answer:
    """The first of the rules that answers; the last always does."""
    rules_ = (_nowhere, _to_no_day, _plainly, _under_reading, _published_since, _bracketed, _then_or_there, _in_doubt)
    answers = (rule(case) for rule in rules_)
    chosen = next((answer for answer in answers if answer), None) or contradicted(
        case.claim, case.figure, case.when, case.outcomes, case.meaning, case.index
    )
    if chosen.verdict not in ("contradicted", "was_true", "became_true"):
        return chosen
    good = (reading for reading, values in case.outcomes[1:] if _is_exchanged(case, reading) and case.good(values))
    other = next(good, None)
    if other is None:
        return chosen
    if chosen.verdict != "contradicted" and case.figure.rule in ("exact", "about", "under", "range"):
        chosen = contradicted(case.claim, case.figure, case.when, case.outcomes, case.meaning, case.index)
    return replace(chosen, notes=(*chosen.notes, f"it is right {other.requires}"))


def _nowhere(case: ClaimCase) -> Answer | None:
    where = case.claim.where
    if case.claim.wording.unsure in WITHHELD:
        return not_understood(case.claim, case.figure, case.plain, case.found, case.meaning)
    if not where.known and not where.states and where.said in ("those", "the state"):
        return unplaced(case.claim, case.figure, case.plain, case.found, case.meaning, case.index)
    return None


def _to_no_day(case: ClaimCase) -> Answer | None:
    """Growth to a day that neither the sentence nor the article gives."""
    comparing = case.plain.measure.evaluator in ("growth", "multiple")
    if not (case.fitting and case.published is None and not case.claim.when.period and comparing):
        return None
    return Answer(
        case.claim,
        "was_true",
        case.meaning,
        "the end day is not stated; right up to the day of the list named.",
        (evidence(case.plain, case.fitting[-1], case.figure.value),),
        measure=case.plain.measure.id,
    )


def _plainly(case: ClaimCase) -> Answer | None:
    if not case.fitting or (case.when.wide and len(case.fitting) < len(case.found)):
        return None
    if case.plain.measure.evaluator == "left" and case.figure.high == 0 and (some := _some_left(case)):
        return some
    earlier = on_an_earlier_list(case) or on_two_lists(case)
    if earlier:
        return earlier
    right = right_days(case.plain, case.figure, case.index)
    strict = case.claim.sense == "strict" or any(word in case.figure.said.lower() for word in STRICT)
    if case.plain.measure.evaluator == "rank" and strict and _is_tied(case):
        reason = "another had just as many then: equal counts share a place."
        return Answer(case.claim, "cannot_tell" if case.when.wide else "contradicted", case.meaning, reason,
                      (evidence(case.plain, case.fitting[-1], case.figure.value),), measure=case.plain.measure.id,
                      settles="the day that is meant" if case.when.wide else None)  # fmt: skip
    if case.claim.sense in ("rose", "fell") and not _came(case):
        other = "lower" if case.claim.sense == "rose" else "higher"
        reason = f"the figure fits, but no earlier one of the record was plainly {other}."
        return Answer(case.claim, "cannot_tell", case.meaning, reason, measure=case.plain.measure.id,
                      settles="since when the sentence means")  # fmt: skip
    return supported(case.claim, case.figure, case.plain, case.fitting, case.found, case.meaning, right)


def _some_left(case: ClaimCase) -> Answer | None:
    """No agency left entirely, where some ended one of their agreements: which of the two is denied is not plain."""
    for reading, values in case.outcomes[1:]:
        if reading.measure.evaluator == "left" and any(point.value for point in values):
            shown = evidence(reading, max(values, key=lambda one: one.value), case.figure.value)
            reason = f"none left entirely, but {shown.sentence}, and the sentence may deny that."
            return Answer(case.claim, "cannot_tell", case.meaning, reason, (shown,), measure=case.plain.measure.id,
                          settles="whether the end of one of several agreements is meant")  # fmt: skip
    return None


STRICT = ("more than", "as many", "comes close")
"""Words of a first place that nobody shares."""


def _is_tied(case: ClaimCase) -> bool:
    """Whether on each list that gives the place, another has the same count."""
    places = [point.place for point in case.fitting]
    return all(tied(case.plain.measure, case.plain.scope, case.index, place) for place in places)


def _came(case: ClaimCase) -> bool:
    """Whether a figure that is said to have risen (or fallen) to its value was lower (or higher) before."""
    place = case.fitting[-1].place
    before = [point.value for point in everywhere(case.plain, case.index) if point.place < place]
    if not before:
        return False
    value = case.fitting[-1].value
    step = max(PLAIN_STEP * value, 1)
    return min(before) <= value - step if case.claim.sense == "rose" else max(before) >= value + step


def _under_reading(case: ClaimCase) -> Answer | None:
    """Rank 1, and for a figure without an open end rank 2."""
    if case.fitting and case.when.wide:
        return None
    most = 2 if case.figure.rule in ("exact", "about", "under", "range") else 1
    for reading, values in case.outcomes[1:]:
        good = [point for point in case.good(values) if not is_later(reading, point)]
        if _is_exchanged(case, reading):
            continue  # another unit than the one that is stated
        if reading.rank <= most and good and not (case.when.wide and len(good) < len(values)):
            named = requiring_the_list(case, reading, good)
            return on_condition(case.claim, case.figure, named, good[-1], case.found, case.plain, case.meaning)
    return None


def _published_since(case: ClaimCase) -> Answer | None:
    """A figure that only lists published after the story give: nobody could have read it there, and it may be right."""
    later = [point for point in case.good(case.found) if is_later(case.plain, point)]
    known = [point for point in case.found if not is_later(case.plain, point)]
    if not later or not known:
        return None
    shown = evidence(case.plain, later[-1], case.figure.value)
    told_then = number(closest_of(known, case.figure).value)
    reason = (
        f"only lists published after the story give {case.figure.said}; those that were known on its day give "
        f"{told_then}."
    )
    now = evidence(case.plain, closest_of(known, case.figure), case.figure.value)
    return Answer(case.claim, "cannot_tell", case.meaning, reason, (shown, now), measure=case.plain.measure.id,
                  settles="what ICE had made public by the story's day")  # fmt: skip


KIND_SLACK = 0.15
"""By how much of itself a count by kind of agency may differ through the sorting alone."""
EXCHANGED = 0.1
"""By how much of itself a figure differs from what was stated, at least, where another unit is no reading of it."""


def _is_exchanged(case: ClaimCase, reading: Reading) -> bool:
    """Whether a reading takes agreements for agencies (or the reverse), and these are plainly another number."""
    claim, figure = case.claim, case.figure
    plain = claim.shape == "count" and not (claim.wording.role or claim.sense or claim.kind or claim.pending)
    if not plain or claim.unit not in (*BODIES, "agreements") or not exchanges(claim, reading):
        return False
    return all(abs(point.value - figure.value) > EXCHANGED * figure.value for point in case.found)


def _bracketed(case: ClaimCase) -> Answer | None:
    """A figure that the record passes from one list to the next, on the days meant or just after them."""
    if case.plain.measure.evaluator == "signed" and len(case.found) > 1 and not case.fitting:
        least, most = min(case.found, key=lambda one: one.value), max(case.found, key=lambda one: one.value)
        if least.value < case.figure.value < most.value:
            printed = " and ".join(brief(one.listed.day) for one in (least, most) if one.listed)
            reason = (
                f"{case.figure.said} is between {number(least.value)} and {number(most.value)}, which the lists "
                f"published by {printed} give; what was known in between is not in the record."
            )
            shown = tuple(evidence(case.plain, one, case.figure.value) for one in (least, most))
            return Answer(case.claim, "cannot_tell", case.meaning, reason, shown, measure=case.plain.measure.id,
                          settles="a list of a day in between")  # fmt: skip
    if case.plain.measure.evaluator == "left" and case.plain.windows and case.found:
        return left_between(case)
    if case.plain.measure.evaluator in ("growth", "multiple", "change") and case.found:
        return ends_between(case)
    if case.plain.measure.evaluator not in ("on_list", "on_pending_list") or case.when.wide:
        return None
    values = everywhere(case.plain, case.index)
    pending = case.plain.measure.evaluator == "on_pending_list"
    days = case.index.pending_days if pending else case.index.days
    for window in case.when.windows:
        places = case.index.window(window.first, window.last, days)
        for at in places:
            if at == places[-1] and days[at] == window.last:
                continue
            if at + 1 >= len(values) or values[at].place != at:
                continue
            one, other = values[at], values[at + 1]
            low, high = sorted((one.value, other.value))
            if low < case.figure.high and case.figure.low < high:
                return between_lists(case.claim, case.figure, case.plain, one, other, case.meaning)
    return None


def _then_or_there(case: ClaimCase) -> Answer | None:
    """Right on other days; exactly right under a reading of rank 3; of a place that is not named."""
    claim, figure, when = case.claim, case.figure, case.when
    elsewhere = may_be_elsewhere(claim, figure, case.found)
    right = right_days(case.plain, figure, case.index)
    if right and not elsewhere:
        return on_other_days(claim, figure, when, case.plain, case.found, right, case.meaning, case.index)
    for reading, values in case.outcomes[1:]:
        good = case.good(values)
        if (
            3 <= reading.rank < ANOTHER_THING
            and good
            and figure.rule == "exact"
            and figure.value >= 3
            and not when.wide
        ):
            return on_condition(claim, figure, reading, good[-1], case.found, case.plain, case.meaning)
    if not elsewhere:
        return None
    answer = unplaced(claim, figure, case.plain, case.found, case.meaning, case.index)
    of_states = any(
        reading.rank == ANOTHER_THING
        and reading.measure.id == "states"
        and any(p.value == figure.value for p in values)
        for reading, values in case.outcomes[1:]
    )
    if of_states and not claim.wording.hints and not fits_somewhere(case.plain, figure, case.index):
        return None  # no state has so many, and just so many states have any: the thing counted was exchanged
    return answer


ALL_BUT_ALL = 99
"""Percent: a share by a word ("most", "nearly all") reaches beyond this, and not to all of it."""


def _in_doubt(case: ClaimCase) -> Answer | None:
    """Why a figure that is wrong as it was read is yet not contradicted."""
    claim = case.claim
    if case.fitting and case.when.wide:
        several = claim.worded(unsure="the day is not certain, and of some days that may be meant it is right")
        return _doubted(case, several)
    if claim.shape == "total" and not claim.where.known and not claim.where.states:
        return Answer(
            claim,
            "cannot_tell",
            case.meaning,
            "the sentence does not say which state.",
            measure=case.plain.measure.id,
            settles="the state",
        )
    if claim.shape == "multiple" and _is_passed(case.figure) and case.found:
        least = min(point.value for point in case.found)
        if least >= case.figure.value:
            reason = f"it did reach that, and more: the record gives {number(least, share=True)} times"
            return replace(
                _doubted(case, claim.worded(unsure=reason)), settles="whether the sentence means just that multiple"
            )
    if claim.shape == "share" and _is_most(case.figure) and case.found and min(one.value for one in case.found) == 100:
        all_of_them = claim.worded(unsure="it is all of them, which the word does not say and does not exclude")
        return _doubted(case, all_of_them)
    if claim.sense == "as_many" and case.found and min(point.value for point in case.found) > 0:
        more = claim.worded(unsure="it has as many, and more")
        return _doubted(case, more)
    if claim.kind and claim.shape == "count" and case.found:
        gap = min(abs(point.value - case.figure.value) for point in case.found)
        if gap <= KIND_SLACK * case.figure.value:
            kinds = claim.worded(unsure="which agencies are of that kind is a matter of how they are sorted")
            return _doubted(case, kinds)
    if claim.shape == "left" and not claim.when.windows and case.figure.value:
        never = claim.worded(unsure="the sentence does not say since when")
        return _doubted(case, never)
    if _goes_on(case):
        after = f"the newest list is of {brief(case.index.days[-1])}, and the days that are meant go on after it"
        return replace(
            _doubted(case, claim.worded(unsure=after)),
            settles="a list of a later day",
        )
    if claim.wording.qualified or claim.wording.vague or claim.wording.unsure:
        return _doubted(case, claim)
    if any(_is_exchanged(case, reading) and case.good(values) for reading, values in case.outcomes[1:]):
        claim = claim.worded(distinct=True)  # the other unit is named in the reason, and is no other meaning
    other = otherwise_right(claim, case.figure, case.when, case.published, case.index)
    return may_mean(claim, case.figure, case.plain, case.found, case.meaning, other) if other else None


def _goes_on(case: ClaimCase) -> bool:
    """Whether what happened is counted over days that the newest list does not reach, so that more may have."""
    if case.claim.shape not in ("signed", "left") or not case.found:
        return False
    beyond = case.when.windows and case.when.windows[-1].last > case.index.days[-1]
    return bool(beyond) and case.figure.value > max(point.value for point in case.found)


def _doubted(case: ClaimCase, claim: Claim) -> Answer:
    return not_understood(claim, case.figure, case.plain, case.found, case.meaning)


def _is_most(figure: Figure) -> bool:
    """Whether a share is given by a word for most or nearly all of it, not by a number."""
    return figure.low > 0 and ALL_BUT_ALL < figure.high < 100 and not any(letter.isdigit() for letter in figure.said)


def _is_passed(figure: Figure) -> bool:
    """Whether a multiple is given by a word that a higher multiple includes: tripled; a sixfold increase."""
    last = figure.said.lower().split()[-1]
    return last in PASSED or last.endswith("fold")
