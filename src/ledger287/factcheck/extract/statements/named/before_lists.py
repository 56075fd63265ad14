"""What a named agency held, signed or left before the lists begin, as ICE's pages of that time answer it.

What enters: a claim of shape ``holds`` whose days are before the first list. What leaves: an answer, or None where the
pages say nothing of the one agency that is meant. Promise: an end that the pages give only between two days is decided
where both are in the days of the claim, and is bounds otherwise.
"""

from dataclasses import replace
from datetime import date, timedelta

from ledger287.core.patterns import when_needed
from ledger287.core.text import format_date
from ledger287.factcheck.extract.model import Claim, Days, When
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.parse.lexicon import plain
from ledger287.factcheck.verdicts.answers import Answer, Evidence, Verdict
from ledger287.ledger.query.answers import AgreementAnswer

MOST_SAID = 3
NOTES = ("", "signed", "left")
STALE = timedelta(days=180)
"""How long a page may have gone on listing what had ended: within it, the pages contradict no end."""
SETTLES = "a page or a document of that time"


def by_pages(claim: Claim, name: str, meaning: str, index: Index, published: Days | None = None) -> Answer | None:
    """The answer of ICE's pages to a claim on days before the lists, where one agency is meant.

    What a story of that time says without a day is of the story's own.
    """
    past = index.ledger.past
    if published and not claim.sense and not claim.when.windows and not claim.when.since:
        claim = replace(claim, when=replace(claim.when, windows=(published,)))
    windows = claim.when.windows
    if past is None or claim.sense not in NOTES or claim.under or claim.when.since or len(windows) != 1:
        return None
    if windows[0].last >= index.days[0]:
        return None
    meant = claim.agencies or _agencies_then(claim, name, index)
    if len(meant) != 1:
        return None
    found = [one for one in past.agency(meant[0], None).agreements if under(claim.model, one.model or "")]
    before = [one for one in found if (one.signed or one.first_day) < index.days[0]]
    if not before:
        return None
    known = "; ".join(map(_said, before[:MOST_SAID]))
    verdict = {"signed": _signed, "left": _left, "": _held}[claim.sense](claim, before)
    shown = tuple(
        Evidence("then", f"{name}: {_said(one)}", 1.0, None, None, one.last_day, None, None)
        for one in before[:MOST_SAID]
    )
    measure = {"signed": "signed_on", "left": "left_agency"}.get(claim.sense, "holds")
    settles = SETTLES if verdict == "cannot_tell" else None
    return Answer(claim, verdict, meaning, f"by ICE's pages: {known}.", shown, measure=measure, settles=settles)


def since_by_pages(
    claim: Claim, name: str, meaning: str, since: When, published: Days | None, index: Index
) -> Answer | None:
    """What pages and lists say of an agency that is in the program since a time before the lists; of one agency only.

    Where its agreements go on over the years without page or list, that is not in the record, which says so.
    """
    past = index.ledger.past
    if past is None or claim.sense or claim.under or len(since.windows) != 1:
        return None
    meant = claim.agencies or _agencies_then(claim, name, index)
    if len(meant) != 1:
        return None
    found = [one for one in past.agency(meant[0], None).agreements if under(claim.model, one.model or "")]
    if not any(one.first_day < index.days[0] for one in found):
        return None
    by = published.last if published else index.days[0]
    breaks = [
        one.gone_day
        for one in found
        if one.gone_day and one.gone_day <= by and not any(_goes_on(other, one) for other in found)
    ]
    now = [one for one in found if not breaks or one.last_day >= max(breaks)]
    begins = min(((one.signed or one.first_day) for one in now), default=None)
    life = sorted(found, key=lambda one: one.first_day)
    life = [*life[:MOST_SAID], *life[MOST_SAID:][-MOST_SAID:]]
    known = "; ".join(map(_said, life))
    shown = tuple(
        Evidence("then", f"{meaning}: {_said(one)}", 1.0, None, None, one.last_day, None, None) for one in life
    )
    notes: tuple[str, ...] = ()
    if begins is not None and begins <= since.windows[0].last:
        pages = any(one.first_day < index.days[0] for one in now)
        verdict: Verdict = "not_in_record" if pages else "supported"  # of the years between, nothing is known
        end, first = format_date(past.pages_end), format_date(index.days[0])
        notes = (f"between {end} and {first} there is no page and no list",) if pages else ()
    else:
        then = [one for one in found if (one.signed or one.first_day) <= since.windows[0].last]
        verdict = "was_true" if then else "cannot_tell"  # it began so and ended: the sentence may speak of that time
        if not claim.agencies:
            notes = (f"no list since {format_date(index.days[0])} has the agency",)
    settles = SETTLES if verdict in ("cannot_tell", "not_in_record") else None
    reason = f"by ICE's pages and lists: {known}."
    return Answer(claim, verdict, meaning, reason, shown, measure="holds", settles=settles, notes=notes)


def never_by_pages(claim: Claim, name: str, by: date, index: Index) -> Answer | None:
    """Who is said never to have signed, where ICE's pages have an agreement of the one agency that is meant."""
    meant = claim.agencies or _agencies_then(claim, name, index)
    past = index.ledger.past
    if past is None or len(meant) != 1 or claim.when.windows:
        return None
    found = [one for one in past.agency(meant[0], None).agreements if under(claim.model, one.model or "")]
    before = [one for one in found if one.first_day < index.days[0] and one.first_day <= by]
    if not before:
        return None
    known = "; ".join(map(_said, before[:MOST_SAID]))
    shown = Evidence("then", f"{name}: {_said(before[0])}", 1.0, None, None, before[0].last_day, None, None)
    reason = f"by ICE's pages: {known}."
    return Answer(claim, "contradicted", f"{name} never held an agreement", reason, (shown,), measure="holds_none")


def _goes_on(other: AgreementAnswer, one: AgreementAnswer) -> bool:
    """Whether another agreement of the agency was listed on the day when one was gone."""
    return bool(
        one.gone_day and other.first_day <= one.gone_day and (not other.gone_day or other.gone_day > one.gone_day)
    )


def _agencies_then(claim: Claim, name: str, index: Index) -> tuple[str, ...]:
    """The agencies of that name on pages before the lists, in the state that the claim names if it names one."""
    past = index.ledger.past
    wanted, states = plain(name), claim.where.states
    return tuple(
        sorted(
            {
                agency
                for agency, state, printed in (past.names() if past else ())
                if (plain(printed) + " ").startswith(wanted + " ") and (not states or state in states)
            }
        )
    )


def _said(one: AgreementAnswer) -> str:
    signed = f"{one.model or 'an agreement'} signed {format_date(one.signed)}, " if one.signed else ""
    gone = f", and no longer on {format_date(one.gone_day)}" if one.gone_day else ""
    return f"{signed}listed from {format_date(one.first_day)} to {format_date(one.last_day)}{gone}"


def _signed(claim: Claim, before: list[AgreementAnswer]) -> Verdict:
    window = claim.when.windows[0]
    inside = any(one.signed and window.first <= one.signed <= window.last for one in before)
    return "supported" if inside else "cannot_tell"


SPAN = when_needed(r"(?i)^(?:from|between)\b")


def _from_to(window: Days, before: list[AgreementAnswer]) -> Verdict:
    """From a year to another: an agreement that began in the one and was gone in the other; else it is not decided."""
    for one in before:
        begins = one.signed or one.first_day
        through = any(other.first_day <= (one.gone_day or date.max) < other.last_day for other in before)
        if begins.year == window.first.year and one.gone_day and not through:
            return "supported" if one.last_day.year == one.gone_day.year == window.last.year else "cannot_tell"
    return "cannot_tell"


def _held(claim: Claim, before: list[AgreementAnswer]) -> Verdict:
    window = claim.when.windows[0]
    if SPAN.match(claim.when.said):
        return _from_to(window, before)
    inside = any((one.signed or one.first_day) <= window.first and one.last_day >= window.last for one in before)
    part = any((one.signed or one.first_day) <= window.last and one.last_day >= window.first for one in before)
    return "supported" if inside else "was_true" if part else "cannot_tell"


def _left(claim: Claim, before: list[AgreementAnswer]) -> Verdict:
    """An end is that of an agreement which no other of the agency takes the place of."""
    window = claim.when.windows[0]
    ends = [
        one
        for one in before
        if one.gone_day and not any(other.first_day <= one.gone_day < other.last_day for other in before)
    ]
    if any(window.first <= one.last_day and one.gone_day and one.gone_day <= window.last for one in ends):
        return "supported"
    long_after = window.last + STALE
    through = any((one.signed or one.first_day) <= window.first and one.last_day > long_after for one in before)
    return "contradicted" if through else "cannot_tell"
