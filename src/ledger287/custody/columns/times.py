"""Times of the jail's own clocks in UTC, over all rows of a table or of a log.

What enters: times in local seconds with the time zone of each row. What leaves: UTC times, and for a time that those
clocks showed twice or never, or that has no time zone, why it is unclear. The declared intervals of each zone become a
search tree in the expression itself, one for each family of zones whose clocks change together.
"""

from collections.abc import Mapping, Sequence

from ledger287.custody.batch.plans.plan import TIMES, Plan, bit
from ledger287.custody.columns.calendars import READS, SHIFT, Family, families, packed
from ledger287.custody.columns.words import any_of, flag, int_of, total, when
from ledger287.custody.relations.column import Column, cases
from ledger287.custody.relations.table import Table
from ledger287.law.clocks.calendar import OffsetSpan

LOST = {"time_shown_twice": "twice", "time_never_shown": "never", "unreadable_time": "outside"}
"""A problem of a time in a known zone, and how the calendar reads it."""


def read_times(table: Table, plan: Plan) -> Table:
    """Times of the jail's own clocks in UTC, by the declared intervals; the rest unchanged.

    A time that those clocks showed twice, or never, is unclear, and so is one without a zone.
    """
    if plan.times == "utc":
        return table.drop("local")
    groups = families(plan.zones_used, plan.first, plan.last)
    found = _with_family(table, table.zone, groups)
    used = [event for event in TIMES if event in plan.columns]
    found = found.mutate(**{f"{event}_span": _span(found[event], found.family, groups) for event in used})
    times, unclear = {}, [found.unclear]
    lost: dict[str, list[Column]] = {name: [] for name in ("no_zone", *LOST)}
    for event in used:
        span, local = found[f"{event}_span"], found[event].notnull()
        if plan.times == "mixed":
            local = local & ((found.local & bit(event)) != 0)
        times[event] = _instant(found[event], local, span, found.distance)
        unclear.append(when(local & (_reads(span) != 0), bit(event)))
        for problem, condition in _why(local, span, found.family).items():
            lost[problem].append(condition)
    problems = [found.problems, *(flag(any_of(conditions), problem) for problem, conditions in lost.items())]
    return found.mutate(**times, unclear=total(unclear), problems=total(problems)).drop(
        *(f"{event}_span" for event in used), "family", "distance", "local"
    )


def with_local_times(log: Table, zone: Column, zones: Sequence[str], first: int, last: int) -> Table:
    """A log's times in UTC, by the time zone of each line; a line with an unclear time keeps a flag of why."""
    groups = families(zones, first, last)
    table = log.mutate(read_zone=zone)
    table = _with_family(table, table.read_zone, groups)
    table = table.mutate(span=_span(table["at"], table.family, groups))
    has_time = table["at"].notnull()
    why = _why(has_time & table.local, table.span, table.family)
    return table.mutate(
        at=_instant(table["at"], has_time & table.local, table.span, table.distance),
        zone=cases((table.zone.notnull() & table.read_zone.isnull(), table.zone), otherwise=table.read_zone),
        **{name: (~has_time | lost) if name == "unreadable_time" else lost for name, lost in why.items()},
    ).drop("family", "distance", "span", "read_zone")


def _with_family(table: Table, zone: Column, groups: Sequence[Family]) -> Table:
    """The family of each row's zone, and its distance from the family's first."""
    members = {name: place for place, group in enumerate(groups) for name in group.distances}
    distances = {name: far for group in groups for name, far in group.distances.items()}
    return table.mutate(family=_by_zone(zone, members, -1), distance=_by_zone(zone, distances, 0))


def _by_zone(zone: Column, numbers: Mapping[str, int], otherwise: int) -> Column:
    return cases(*((zone == name, number) for name, number in numbers.items()), otherwise=int_of(otherwise, "int32"))


def _span(time: Column, family: Column, groups: Sequence[Family]) -> Column:
    """What a local time means, packed: a search tree over the declared intervals, one tree a family of zones."""
    trees = [(family == place, _tree(time, group.spans)) for place, group in enumerate(groups)]
    return cases(*trees, otherwise=int_of(READS.index("outside"), "int32"))


def _tree(time: Column, spans: tuple[OffsetSpan, ...]) -> Column:
    if len(spans) == 1:
        return int_of(packed(spans[0]), "int32")
    middle = len(spans) // 2
    return cases((time < spans[middle].since, _tree(time, spans[:middle])), otherwise=_tree(time, spans[middle:]))


def _reads(span: Column) -> Column:
    return span & (len(READS) - 1)


def _instant(time: Column, local: Column, span: Column, distance: Column) -> Column:
    """A time in UTC; unknown where local clocks do not determine it."""
    read = _reads(span)
    offset = (span - read).cast("int64") // len(READS) - SHIFT + distance
    return cases((local & (read != 0), int_of(None)), (local, time - offset), otherwise=time)


def _why(local: Column, span: Column, family: Column) -> dict[str, Column]:
    """Why a local time is unclear, each as a condition."""
    read = _reads(span)
    found = {"no_zone": local & (read != 0) & (family < 0)}
    return found | {problem: local & (family >= 0) & (read == READS.index(reads)) for problem, reads in LOST.items()}
