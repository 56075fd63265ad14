"""The claims of one sentence, tied to one another: what rose from where, over which stretch.

What enters: claims in the order of their figures. What leaves: the same claims, where two figures are the ends of a
stretch each at its own end of it, and where one follows from another with that one as its base.
"""

from dataclasses import replace
from datetime import timedelta

from ledger287.factcheck.extract.model import Claim, Days, When
from ledger287.factcheck.parse.dates import MONTHS

CURRENT = tuple(f"in {part}{month}" for month in MONTHS for part in ("", "early ", "mid-", "mid ", "late "))
"""The month that a story is of: "to 33 in October", in October."""


def tied(claims: list[Claim], published: Days | None) -> list[Claim]:
    """Tie growth, multiples and shares to the figures of the same sentence that they follow from."""
    claims = [_at_end(claim, published) for claim in _split_period(claims)]
    claims = [_of_same(claim, claims) for claim in claims]
    origins = [claim for claim in claims if claim.shape == "count"]
    bases = [one for one in origins if one.wording.role == "from"] or origins
    return [
        claim.compared(base=bases[0]) if bases and not claim.base and claim.shape in ("growth", "multiple") else claim
        for claim in claims
    ]


def _of_same(claim: Claim, claims: list[Claim]) -> Claim:
    """``the task force model has tripled since May, when there were 307``: 307 of what has tripled."""
    plain = claim.shape == "count" and claim.figure is not None and not claim.model and not claim.where.states
    if not plain or claim.figure is None or claim.span.end - claim.span.start > len(claim.figure.said):
        return claim
    for one in claims:
        grown = one.shape in ("multiple", "growth") and one.span.end <= claim.span.start
        if grown and one.unit == claim.unit and one.when.windows and one.when.windows == claim.when.windows:
            return replace(claim, model=one.model, where=one.where)
    return claim


def _is_within(when: When) -> bool:
    """Whether a time is a length up to the story's day: in just over three months."""
    return when.period and bool(when.windows) and when.said.lower().startswith(("in ", "within ", "over ")) and (
        when.said.lower().rstrip("s").endswith(("day", "week", "month", "year"))
    )  # fmt: skip


def _split_period(claims: list[Claim]) -> list[Claim]:
    """``from five to six this year``: five as the year begins, six now."""
    found = list(claims)
    within = next((one.when for one in found if one.shape in ("multiple", "growth") and _is_within(one.when)), None)
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        if within and (one.wording.role, other.wording.role) == ("from", "to") and not other.when.windows:
            other = replace(other, when=within)
        if (
            (one.wording.role, other.wording.role) != ("from", "to")
            or one.when.windows
            or not other.when.windows
            or not other.when.period
        ):
            continue
        began = other.when.windows[0].first
        off = timedelta(days=_slack(other.when))
        first = replace(other.when, windows=(Days(began - off, began + off),), period=False)
        relative = other.when.said.lower().startswith(
            ("this", "so far", "since", "over", "in the past", "during the past", "the past")
        ) or _is_within(other.when)
        found[at] = replace(one, when=first)
        found[at + 1] = replace(other, when=When() if relative else other.when)
    return found


def _slack(when: When) -> int:
    """How many days around its beginning a stretch may have begun: few where it is said in days (in nine days)."""
    if not (_is_within(when) and when.said.lower().rstrip("s").endswith("day")):
        return 7
    return min(7, max(1, (when.windows[0].last - when.windows[0].first).days // 4))


def _at_end(claim: Claim, published: Days | None) -> Claim:
    """``doubled to 75 in the first three months``: 75 as the stretch ended; in the last week where it is not over."""
    when = claim.when
    if claim.wording.role != "to" or claim.shape != "count" or not (when.period and when.windows):
        return claim
    last = max(one.last for one in when.windows)
    if published and published.last <= last:
        if claim.when.said.lower().startswith(CURRENT):
            first = max(min(one.first for one in when.windows), published.last - timedelta(7))
            return replace(claim, when=replace(when, windows=(Days(first, published.last),), period=False))
        return replace(claim, when=When())
    return replace(claim, when=replace(when, windows=(Days(last - timedelta(7), last + timedelta(1)),), period=False))
