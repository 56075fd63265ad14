"""A statement on people held -> a verdict from ICE's snapshots, with the day, the table and the cells.

What enters: ``SaidFigure``, the article's days. What leaves: an ``Answer``. Rules, in their order: right for a snapshot
on the days meant, supported; right of another part that the words may mean, or of the daily counts, supported if; right
of other snapshots only, true on these or on later days; else contradicted. Promise: nothing is interpolated between
snapshots; where no snapshot is near the days meant, the answer is ``cannot tell``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ledger287.core.locator import Cell
from ledger287.core.text import format_date, plural
from ledger287.factcheck.extract.model import Claim, Days, Figure, OfTopic, Phrasing, Span, Where
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.outcomes.by_day import OfDay, answer_by_day, day_evidence, fitting_day
from ledger287.factcheck.outcomes.outcome_claims import SaidFigure
from ledger287.factcheck.outcomes.words import qualities
from ledger287.factcheck.verdicts.answers import HEDGED, Answer, Evidence, number
from ledger287.ledger.outcomes import held
from ledger287.ledger.outcomes.held import HeldSnapshot
from ledger287.ledger.outcomes.measures import CAVEAT_CRIMINALITY

TABLE = "ICE currently detained by criminality and arresting agency"
ROWS: dict[str, tuple[str, ...]] = {
    "convicted": ("convicted",),
    "pending": ("pending",),
    "neither": ("none",),
    "not_convicted": ("pending", "none"),
    "recorded": ("convicted", "pending"),
}
FRESH = timedelta(days=35)
"""A story speaks of a snapshot that was published some weeks after its day."""
OLD = timedelta(days=21)
"""The days by which a snapshot may be older than the day it answers for; snapshots come every two weeks."""
WIDE = 62
SHOWN = 6
SOURCE = "ICE detention statistics"
WORKBOOK = "ICE's detention statistics of that day; ledger287 outcomes add takes the workbook"


@dataclass(frozen=True, slots=True)
class SnapshotValue:
    """What one snapshot gives."""

    snapshot: HeldSnapshot
    value: float
    said: str
    cells: tuple[Cell, ...]


def value_of(one: HeldSnapshot, part: str | None, agency: str | None, *, share: bool) -> SnapshotValue | None:
    """The number, or the share in percent, of a part of the people held on the day of a snapshot."""
    column = agency or "total"
    rows = ROWS[part] if part else ("total",)
    numbers = [one.number(row, column) for row in rows]
    if any(each is None for each in numbers):
        return None
    counted = sum(each or 0 for each in numbers)
    whole = one.number("total", column if part else "total")
    places = [(row, column) for row in rows] + ([("total", column if part else "total")] if part or agency else [])
    cells = tuple(cell for place in dict.fromkeys(places) if (cell := one.cell(*place)))
    says = qualities()[part].says if part else "held"
    by = f" who were arrested by {agency}" if agency else ""
    day = format_date(one.as_of)
    if not part and not agency:
        return None if share else SnapshotValue(one, float(counted), f"{counted:,} people held on {day}", cells)
    if not whole:
        return None
    percent = 100 * counted / whole
    of = f"{counted:,} of {whole:,} people held on {day}{by if part else ''}"
    what = f" were {says}" if part else by.replace(" who", "")
    return SnapshotValue(one, percent if share else float(counted), f"{of}{what} ({percent:.1f}%)", cells)


def answer_held(said: SaidFigure, sentence: Span, speaker: str | None, published: Days | None) -> Answer:
    """The verdict on one figure."""
    name = _measure(said.part, said.agency)
    claim = Claim(
        "other", said.figure, "percent" if said.share else "people",
        Where((said.state,) if said.state else (), True), said.when, said.span, sentence,
        wording=Phrasing(speaker=speaker, covers=said.covers), terms=OfTopic(topic=name),
    )  # fmt: skip
    meaning = _meaning(said)
    if said.state:
        return answer_by_day(said, claim, meaning, published)
    if published and said.when.windows and all(one.first > published.last for one in said.when.windows):
        return Answer(claim, "not_in_record", meaning, "the story is older than the day that it refers to.",
                      measure=name, settles="the day of the story")  # fmt: skip
    spoken, undated = _snapshots(said, published)
    found = _values(spoken, said.part, said)
    if not found:
        daily = fitting_day(said, published)
        if daily:
            return _if_daily(claim, meaning, said, daily, None)
        return answer_by_day(said, claim, meaning, published) if _is_daily(said) else _no_snapshot(claim, meaning)
    fitting = [one for one in found if said.figure.right_for(one.value)]
    notes = _notes(said)
    if fitting and not any(_is_near(said.figure, one.value) for one in fitting):
        nearest = (_evidence(fitting[-1], said),)
        return Answer(claim, "cannot_tell", meaning, FAR.format(_short(fitting[-1], said)), nearest,
                      measure=name, settles="whom the figure counts", notes=notes)  # fmt: skip
    wide = undated or (spoken[-1].as_of - spoken[0].as_of).days > WIDE
    if fitting and (not wide or len(fitting) == len(found)):
        return _supported(claim, meaning, said, fitting, notes)
    for part, requires in qualities()[said.part].others if said.part else ():
        other = [one for one in _values(spoken, part, said) if said.figure.right_for(one.value)]
        if other and not wide and not fitting:
            shown = (_evidence(other[-1], said, part, requires), _evidence(_closest(found, said.figure), said))
            reason = f"right {requires}: {_short(other[-1], said)}; as written ICE gives {_short(found[-1], said)}."
            return Answer(claim, "supported_if", meaning, reason, shown, requires=requires, measure=name,
                          citations=_cited(other[-1]), notes=notes)  # fmt: skip
    daily = None if fitting or undated else fitting_day(said, published)
    if daily:
        return _if_daily(claim, meaning, said, daily, _closest(found, said.figure))
    between = None if undated or fitting else _passed(said, spoken, published)
    if between:
        return Answer(claim, "cannot_tell", meaning, between, (_evidence(_closest(found, said.figure), said),),
                      measure=name, settles=WORKBOOK, notes=notes)  # fmt: skip
    return _elsewhere(claim, meaning, said, found, notes)


FAR = (
    "the figure is far from what ICE gives, {}, and may be of other people: those of a state, or of a part of the year."
)
LEAST_PART = 0.5
"""What ICE gives may be at most twice a bound that it is held against."""


def _is_near(figure: Figure, value: float) -> bool:
    """Whether a number is near a bound: 51,302 people held are no support for "more than 6,000"."""
    if figure.rule not in ("over", "least", "below", "most"):
        return True
    return min(figure.value, value) >= LEAST_PART * max(figure.value, value)


def _is_daily(said: SaidFigure) -> bool:
    """Whether the daily counts count such people."""
    return said.agency is None and said.part in (None, "convicted", "not_convicted") and bool(said.when.windows)


def _if_daily(claim: Claim, meaning: str, said: SaidFigure, daily: OfDay, closest: SnapshotValue | None) -> Answer:
    """Right by a daily count, where no snapshot gives it."""
    requires = f"if {daily.counted} is meant"
    shown = (day_evidence(daily, said, requires), *((_evidence(closest, said),) if closest else ()))
    other = f"; ICE's snapshot gives {_short(closest, said)}" if closest else "; no snapshot of ICE is of that time"
    return Answer(claim, "supported_if", meaning, f"right {requires}: {daily.said}{other}.", shown, requires=requires,
                  measure=claim.topic, citations=(daily.source,), notes=_notes(said))  # fmt: skip


def _passed(said: SaidFigure, spoken: Sequence[HeldSnapshot], published: Days | None) -> str | None:
    """Why a figure that the record passes where it has no snapshot for weeks cannot be decided, or None."""
    known = held.snapshots()
    windows = said.when.windows or ((Days(published.first - FRESH, published.last),) if published else ())
    for one, other in pairwise(known):
        if other.as_of - one.as_of <= FRESH or not any(
            window.first < other.as_of and one.as_of < window.last for window in windows
        ):
            continue
        ends = [each.value for each in _values((one, other), said.part, said)]
        if len(ends) == 2 and min(ends) <= said.figure.high and said.figure.low <= max(ends):
            days = f"{format_date(one.as_of)} and {format_date(other.as_of)}"
            return f"the record has no snapshot between {days}; the figure is between theirs, {_ends(ends, said)}."
    last = known[-1]
    late = [window for window in windows if window.last - last.as_of > FRESH]
    if late and last in spoken:
        return (
            f"the newest snapshot is of {format_date(last.as_of)}, too long before the days that the sentence covers."
        )
    return None


def _ends(ends: Sequence[float], said: SaidFigure) -> str:
    return " and ".join(f"{one:.1f}%" if said.share else number(one) for one in ends)


def _elsewhere(
    claim: Claim, meaning: str, said: SaidFigure, found: Sequence[SnapshotValue], notes: tuple[str, ...]
) -> Answer:
    """Right on other days, those known by the article's day first; else contradicted."""
    every = [one for one in _values(held.snapshots(), said.part, said) if said.figure.right_for(one.value)]
    name = claim.topic
    closest = _closest(found, said.figure)
    if every:
        right = _days(every)
        last = found[-1].snapshot.as_of
        after = all(one.snapshot.as_of > last for one in every)
        when = "; ".join(str(one) for one in right[:SHOWN]) + ("; and others" if len(right) > SHOWN else "")
        inside = [one for one in every if any(one.snapshot == other.snapshot for other in found)]
        reason = (
            f"no day is certain; right by the snapshots of {when}."
            if inside
            else f"right by the snapshots of {when}, not of the days of the sentence: {_short(closest, said)} then."
        )
        shown = (_evidence((inside or every)[0], said), *(() if inside else (_evidence(closest, said),)))
        return Answer(claim, "became_true" if after else "was_true", meaning, reason, shown, right=right, measure=name,
                      citations=_cited(every[0]), notes=notes)  # fmt: skip
    return Answer(claim, "contradicted", meaning, f"ICE's snapshots give {_short(closest, said)}; no snapshot gives "
                  f"{said.figure.said}.", (_evidence(closest, said),), measure=name, citations=_cited(closest),
                  notes=notes)  # fmt: skip


def _supported(
    claim: Claim, meaning: str, said: SaidFigure, fitting: Sequence[SnapshotValue], notes: tuple[str, ...]
) -> Answer:
    best = _closest(fitting, said.figure) if said.figure.rule in ("exact", "about") else fitting[-1]
    more: tuple[str, ...] = ()
    if said.figure.rule in ("over", "least") and best.value >= 1.5 * said.figure.value:
        more = (f"true, but far more: {number(best.value)}",)
    apart = _apart(said, best)
    if apart:
        requires = f"if ICE's snapshot of {format_date(best.snapshot.as_of)} is meant, {apart} before the day stated"
        return Answer(claim, "supported_if", meaning, f"right {requires}: {_short(best, said)}.",
                      (_evidence(best, said, None, requires),), right=_days(fitting)[:SHOWN], requires=requires,
                      measure=claim.topic, citations=_cited(best), notes=(*more, *notes))  # fmt: skip
    return Answer(claim, "supported", meaning, f"ICE's snapshot gives {_short(best, said)}.", (_evidence(best, said),),
                  right=_days(fitting)[:SHOWN], measure=claim.topic, citations=_cited(best),
                  notes=(*more, *notes))  # fmt: skip


def _apart(said: SaidFigure, best: SnapshotValue) -> str:
    """How long before the one day that a sentence states its snapshot is; nothing where it is of that day."""
    windows = said.when.windows if said.when.stated and not said.when.since else ()
    if len(windows) != 1 or windows[0].length != 1 or windows[0].first <= best.snapshot.as_of:
        return ""
    return plural((windows[0].first - best.snapshot.as_of).days, "day")


def _no_snapshot(claim: Claim, meaning: str) -> Answer:
    known = held.snapshots()
    first, last = known[0].as_of, known[-1].as_of
    reason = (
        f"no ICE snapshot is near the days that the sentence covers; the record has {len(known)} of "
        f"{format_date(first)} to "
        f"{format_date(last)}."
    )
    return Answer(claim, "cannot_tell", meaning, reason, measure=claim.topic, settles=WORKBOOK)


def _snapshots(said: SaidFigure, published: Days | None) -> tuple[list[HeldSnapshot], bool]:
    """The snapshots of the days meant, and whether no day is known at all."""
    known = [one for one in held.snapshots() if published is None or one.as_of <= published.last]
    windows = said.when.windows
    if windows and said.when.since and not said.when.period:
        windows = tuple(Days(one.first, published.last if published else held.snapshots()[-1].as_of) for one in windows)
    if not windows and published is None:
        return known, True
    if not windows and published is not None:
        windows = (Days(published.first - FRESH, published.last),)
        near = OLD + FRESH
    else:
        near = OLD
    found: dict[date, HeldSnapshot] = {}
    for window in windows:
        inside = [one for one in known if window.first <= one.as_of <= window.last]
        exact = [one for one in inside if window.length == 1]
        before = [one for one in known if one.as_of < window.first and window.first - one.as_of <= near][-1:]
        for one in exact or inside or before:
            found[one.as_of] = one
    return [found[day] for day in sorted(found)], False


def _values(some: Sequence[HeldSnapshot], part: str | None, said: SaidFigure) -> list[SnapshotValue]:
    values = (value_of(one, part, said.agency, share=said.share) for one in some)
    return [one for one in values if one is not None]


def _closest(found: Sequence[SnapshotValue], figure: Figure) -> SnapshotValue:
    return min(found, key=lambda one: (abs(one.value - figure.value), one.snapshot.as_of))


def _days(found: Sequence[SnapshotValue]) -> tuple[Days, ...]:
    return tuple(Days(one.snapshot.as_of, one.snapshot.as_of) for one in found)


def _short(value: SnapshotValue, said: SaidFigure) -> str:
    if said.share:
        return f"{value.value:.1f}% ({value.said})"
    return f"{number(value.value)} ({value.said})" if said.part or said.agency else value.said


def _evidence(value: SnapshotValue, said: SaidFigure, part: str | None = None, requires: str | None = None) -> Evidence:
    one = value.snapshot
    cells = tuple(f"{cell.sheet}!{cell.column}{cell.row}" for cell in value.cells)
    name = _measure(part or said.part, said.agency)
    where = f"{value.said}: {TABLE}, {', '.join(cells)}"
    difference = round(said.figure.value - value.value, 3)
    return Evidence(
        name, where, round(value.value, 3), difference, requires, one.as_of, one.file, one.sha256, TABLE, cells
    )


def _measure(part: str | None, agency: str | None) -> str:
    by = f"_arrested_by_{agency.lower()}" if agency else ""
    return f"held{f'_{part}' if part else ''}{by}"


def _cited(value: SnapshotValue) -> tuple[str, ...]:
    one = value.snapshot
    return (f"{SOURCE}, {one.file} (primary; snapshot of {format_date(one.as_of)}, by its {one.basis})",)


def _notes(said: SaidFigure) -> tuple[str, ...]:
    return (CAVEAT_CRIMINALITY,) if said.part else ()


def _meaning(said: SaidFigure) -> str:
    hedge = HEDGED.get(said.figure.rule, "")
    figure = f"{hedge}{number(said.figure.value, share=said.share)}{'%' if said.share else ''}"
    where = f" in {name_of(said.state)}" if said.state else ""
    who = f"people held by ICE{where}" + (f" who were arrested by {said.agency}" if said.agency else "")
    if said.part is None and said.agency is None:
        return f"{figure} {who}"
    if said.part is None:
        return f"{figure} of all people held by ICE were arrested by {said.agency}" if said.share else f"{figure} {who}"
    return f"{figure} of {who}: {qualities()[said.part].says}"
