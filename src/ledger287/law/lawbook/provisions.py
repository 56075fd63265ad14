"""Provisions: what the law, the forms and the agreements say, dated and cited, and what is in force when.

What enters: ``declared/law/*.yml``, read once. What leaves: ``Provision`` and ``Found``, frozen. The
module promises that a value of law is never given without the provision it stands in, that a day of law
begins with that day in its territory's local time, and that what is unsettled is told as unsettled.

>>> parameter("form-i-247a", "hold_hours", datetime(2025, 8, 14, tzinfo=UTC)).value
48
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.time import EASTERN, at_eastern
from ledger287.law.lawbook.wording import told

Standing = Literal["primary", "secondary", "unverified", "counted"]
Kind = Literal[
    "statute", "regulation", "form", "policy", "agreement", "fact", "state_law", "state_policy", "holding",
    "oversight", "analysis",
]  # fmt: skip
Effect = Literal["forbid", "restrict", "mandate", "hold"]
State = Literal["in force", "unsettled", "not yet", "ended", "day unknown"]
Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a provision, from ``since`` until just before ``until`` (days begin in local time).

    ``since`` is None where the day is not told. ``standing`` is that of the value where it differs from
    its provision's.
    """

    name: str
    value: Value
    unit: str
    since: date | datetime | None
    until: date | datetime | None
    note: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Dates:
    """A provision's days, kept apart. ``ended`` is the first day on which it no longer holds.

    ``comply_by`` is the last day to do what it asks: to sign, or to end what was signed before.
    """

    enacted: date | None
    effective: date | None
    comply_by: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Days for which it cannot be told whether the provision holds: from ``since`` until before ``until``.

    ``reaches`` says for what: ``all`` of it, or only for agreements that ``existing`` when it took effect.
    """

    since: date | None
    until: date | None
    reaches: Literal["all", "existing"]
    why: str


@dataclass(frozen=True, slots=True)
class StateLaw:
    """What a state's law does to a 287(g) agreement, and for which functions and kinds of agency.

    ``functions`` is empty where it reaches every function; ``open_functions`` are those for which it is not
    told whether it reaches them; ``agency_types`` is empty where it reaches every agency of the state.
    """

    effect: Effect
    functions: tuple[str, ...]
    open_functions: tuple[str, ...]
    agency_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an agreement's text: of which model and template, on which topic, and what it lists.

    ``lists`` is True, False, or None for a clause that is no grant; ``setting`` is where the function may
    be done: ``jail``, ``field`` or ``any``.
    """

    model: str
    template: str
    topic: str
    lists: bool | None
    setting: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule. ``territory`` is None for the nation, else the codes of the states it holds in.

    ``checked_until`` is the last day for whose law its source speaks; ``last_checked`` the day as of which
    the rule was last gone over with its source, None where it is recalled and no source was read.
    """

    id: str
    says: str
    kind: Kind
    citation: str
    standing: Standing
    checked_until: date
    last_checked: date | None
    territory: tuple[str, ...] | None
    parameters: tuple[Parameter, ...]
    not_formalised: tuple[tuple[str, str], ...]
    source: str
    dates: Dates
    unsettled: Unsettled | None = None
    state_law: StateLaw | None = None
    clause: Clause | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A value in force, where it stands, and whether the instant is within the span that was checked."""

    value: Value
    provision: Provision
    parameter: Parameter
    checked: bool

    @property
    def decides(self) -> bool:
        """Whether a finding may rest on it alone: an unverified value never does."""
        return self.parameter.standing != "unverified"


def provisions() -> tuple[Provision, ...]:
    """Every provision, in the order of the files. Raises Refused where a file is not understood."""
    return _all()[0]


def provision(provision_id: str) -> Provision:
    """One provision by its id. Raises Refused with the closest ids."""
    known = _all()[1]
    found = known.get(provision_id) or known.get(provision_id.strip().casefold())
    if found:
        return found
    from rapidfuzz import process

    cites = [entry.id for entry in provisions() if provision_id.strip() and provision_id in entry.citation]
    near = dict.fromkeys([*cites[:3], *(name for name, *_ in process.extract(provision_id, list(known), limit=3))])
    raise Refused(f"no rule {provision_id!r}. The closest ids: {', '.join(near)}. All of them: ledger287 rules")


@cache
def _all() -> tuple[tuple[Provision, ...], dict[str, Provision]]:
    from ledger287.law.lawbook.reading import read_provisions

    found = {entry.id: entry for entry in read_provisions()} | GIVEN
    return tuple(found.values()), found


GIVEN: dict[str, Provision] = {}
"""What ``rules.given`` has put over the shipped provisions, by id; empty but while a question is asked with it."""


def forget() -> None:
    """Have the provisions read again, with those of ``GIVEN``."""
    _all.cache_clear()


@cache
def zone(territory: tuple[str, ...] | None) -> ZoneInfo:
    """The zone in which a provision's days begin: its one state's, else US Eastern."""
    from ledger287.law.lawbook.reading import read_zones

    return read_zones()[territory[0]] if territory and len(territory) == 1 else EASTERN


def begins(day: date | datetime, territory: tuple[str, ...] | None) -> datetime:
    """The instant at which a day of law begins; an instant stays as it is."""
    if isinstance(day, datetime):
        return day
    where = zone(territory)
    return (
        at_eastern(day, datetime.min.time())
        if where is EASTERN
        else datetime.combine(day, datetime.min.time(), tzinfo=where)
    )


def parameter(provision_id: str, name: str, at: datetime) -> Found:
    """The value of a parameter at an instant, the newest that holds. Raises Refused where none does.

    A value whose provision has no day is given from the provision's first day, else for all time.
    """
    where = provision(provision_id)
    if at.tzinfo is None:
        raise Refused(f"{provision_id}: expected an instant with a zone, found {at.isoformat()} without one.")
    named = [entry for entry in where.parameters if entry.name == name]
    if not named:
        offers = ", ".join(sorted({entry.name for entry in where.parameters})) or "none"
        raise Refused(f"rule {provision_id} has no parameter {name!r}; it has: {offers}.")
    holding = [entry for entry in named if value_holds(entry, where, at)]
    if not holding:
        first = min((entry.since or first_day(where) for entry in named), key=str)
        raise Refused(f"rule {provision_id}: no {name} is in force at {at.isoformat()} (the first is of {first}).")
    newest = max(holding, key=lambda entry: begins(entry.since or first_day(where) or date.min, None))
    return Found(newest.value, where, newest, checked(where, at))


def first_day(where: Provision) -> date | None:
    """The first day on which a provision surely holds; None where none is told."""
    gap = where.unsettled
    return where.dates.effective or (gap.until if gap and gap.reaches == "all" else None)


def value_holds(entry: Parameter, where: Provision, at: datetime) -> bool:
    """Whether a value of a provision holds at an instant."""
    since, until = entry.since or first_day(where), entry.until or where.dates.ended
    after = since is None or at >= begins(since, where.territory)
    return after and (until is None or at < begins(until, where.territory))


def checked(where: Provision, at: datetime) -> bool:
    """Whether the instant lies in the span for which the provision was checked."""
    return at < begins(where.checked_until + timedelta(days=1), where.territory)


def outside_span(day: date) -> str | None:
    """A sentence where a day is later than the law that is known here as a whole; None where it is not."""
    until: date = declared.rules()["limits.yml"]["coverage"]["checked_until"]
    if day <= until:
        return None
    span = f"the span that the rules were checked for, which ends on {told(until)}"
    return f"the day is outside of {span}; later law is unknown"


def state_of(where: Provision, at: datetime, *, existing: bool = False) -> State:
    """Whether a provision holds at an instant; ``existing`` asks for agreements signed before it did."""
    gap = where.unsettled
    if gap and (gap.reaches == "all" or existing):
        after = gap.since is None or at >= begins(gap.since, where.territory)
        if after and (gap.until is None or at < begins(gap.until, where.territory)):
            return "unsettled"
        if gap.reaches == "all" and not after:
            return "not yet"
    dates = where.dates
    if dates.ended and at >= begins(dates.ended, where.territory):
        return "ended"
    if dates.effective is None:
        return "in force" if gap and gap.until else "day unknown"
    return "in force" if at >= begins(dates.effective, where.territory) else "not yet"


def in_force(at: datetime, state: str | None = None) -> tuple[Provision, ...]:
    """What holds at an instant, what is unsettled then included; with ``state``, there and in the nation."""
    return tuple(
        entry
        for entry in provisions()
        if state_of(entry, at) in ("in force", "unsettled", "day unknown")
        and (state is None or entry.territory is None or state in entry.territory)
    )
