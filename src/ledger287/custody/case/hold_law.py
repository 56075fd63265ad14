"""The law of a hold, collected from ``declared/law/*.yml`` into the numbers that a decision needs.

What enters: provisions. What leaves: one frozen ``Law`` whose times are in UTC. No number of law is in this code, and
each value keeps the id of its rule. A value that is unverified is marked, and no decision rests on it alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from ledger287.core.problem import Refused
from ledger287.core.time import EASTERN
from ledger287.custody.case.vocabulary import codes, vocabulary
from ledger287.law.clocks.calendar import Holidays, as_datetime, holidays, instant, zones
from ledger287.law.lawbook.book import Lawbook, shipped
from ledger287.law.lawbook.provisions import Parameter, Provision, Unsettled, begins, first_day

DEFAULT_CLOCK, REGULATION, POLICY, SERVED = "ina-287-which-48-hours", "cfr-287-7-d", "ice-10074-2", "form-i-247a"
MODEL_RULES = {"JEM": "jem", "WSO": "wso"}


@dataclass(frozen=True, slots=True)
class Form:
    """A generation of the detainer form: what it asks for, and when it was in use.

    ``hours`` is None where its text was not available; the default clock is used.
    """

    name: str
    hours: float | None
    excludes: str
    since: int | None
    until: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class StateClock:
    """A limit of a state's law: so many hours from the event, while the law is in force.

    One that does not ``decides`` is open: a policy, a holding, a text that was not seen, a condition that the record
    does not have, or a state whose law on holds was not checked. It makes a hold "cannot tell", never "missed".
    """

    state: str
    hours: float
    excludes: str
    starts: str
    since: int | None
    until: int | None
    decides: bool
    rule: str

    def applies(self, start: int | None, left: int | None) -> bool:
        """Whether it was law at some time of a hold."""
        began = self.since is None or left is None or self.since < left
        return began and (self.until is None or start is None or start < self.until)


@dataclass(frozen=True, slots=True)
class StateNotice:
    """A state's duty to notify ICE within so many hours of when the person was releasable.

    ``from_receipt`` where the act does not say from which event: the hours may run from the detainer's receipt too.
    """

    state: str
    hours: float
    since: int | None
    until: int | None
    decides: bool
    rule: str
    from_receipt: bool


@dataclass(frozen=True, slots=True)
class StateOrder:
    """A state's condition that a judge or magistrate orders a hold."""

    state: str
    since: int | None
    until: int | None
    decides: bool
    rule: str


@dataclass(frozen=True, slots=True)
class ModelLaw:
    """What a jail model's text asks: the hold after custody passes, a citizenship claim, a complaint.

    ``since`` is the day of the first text that was read; what an earlier text asks is not known.
    """

    model: str
    hold_hours: float
    claim_hours: float
    complaint_hours: float
    complaint_excludes: str
    notice_hours: float | None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """Everything that a decision needs of the law; times are in seconds. ``book`` is the lawbook it was taken from."""

    book: Lawbook
    holidays: Holidays
    default_hours: float
    regulation_hours: float
    regulation_excludes: str
    policy_since: int
    served_since: int
    forms: tuple[Form, ...]
    states: tuple[StateClock, ...]
    by_state: Mapping[str, tuple[StateClock, ...]]
    notices: tuple[StateNotice, ...]
    orders: tuple[StateOrder, ...]
    models: tuple[ModelLaw, ...]
    checked_since: int
    checked_until: int

    @property
    def span_says(self) -> str:
        """Until when the law here was checked, in a sentence."""
        last = as_datetime(self.checked_until).astimezone(EASTERN).date() - timedelta(days=1)
        return f"The rules were checked for law made until {last:%B} {last.day}, {last.year}; later law is unknown here"

    def form(self, name: str | None) -> Form | None:
        """A form by its name."""
        return next((form for form in self.forms if form.name == name), None)

    def model(self, name: str) -> ModelLaw:
        """A jail model's text."""
        return next(model for model in self.models if model.model == name)

    def of_state(self, state: str | None) -> tuple[StateClock, ...]:
        """A state's clocks, those that decide first, else in the order of the files."""
        return self.by_state.get(state or "", ())

    def state_rule(
        self, state: str | None, *, zero: bool, start: int | None = None, left: int | None = None
    ) -> str | None:
        """The rule of a state's clock over a hold, one that decides first: no hold at all, or so many hours."""
        mine = [clock for clock in self.of_state(state) if (clock.hours == 0) == zero]
        then = [clock for clock in mine if clock.applies(start, left)]
        return next((clock.rule for clock in then or mine), None)

    def within(self, states: Collection[str]) -> "Law":
        """The law without what only other states than these have: a table that names few needs no more."""
        return replace(
            self,
            states=tuple(clock for clock in self.states if clock.state in states),
            by_state={state: clocks for state, clocks in self.by_state.items() if state in states},
            notices=tuple(notice for notice in self.notices if notice.state in states),
            orders=tuple(order for order in self.orders if order.state in states),
        )

    def notice(self, state: str | None) -> StateNotice | None:
        """A state's duty to tell ICE."""
        return next((notice for notice in self.notices if notice.state == state), None)

    def order(self, state: str | None) -> StateOrder | None:
        """A state's condition of a judge's order."""
        return next((order for order in self.orders if order.state == state), None)


def law(book: Lawbook | None = None) -> Law:
    """The law of a hold by a lawbook, the shipped one if none is named. Raises Refused where it lacks a value."""
    return _law(book or shipped())


@lru_cache(maxsize=8)
def _law(book: Lawbook) -> Law:
    provision = book.provision
    default = provision(str(_only(provision(DEFAULT_CLOCK), "default_clock").value))
    regulation = provision(REGULATION)
    served = _instant(provision(SERVED), _only(provision(SERVED), "served_on_person"))[0]
    policy = _instant(provision(POLICY), _only(provision(POLICY), "warrant_required"))[0]
    clocks = tuple(clock for entry in book.provisions if entry.bears_on_holds for clock in _state_clocks(entry))
    used = (default, regulation, provision(POLICY), provision(SERVED))
    return Law(
        book,
        holidays(book),
        _hours(default, "hold_hours"),
        _hours(regulation, "hold_hours"),
        str(_only(regulation, "hold_excludes").value),
        policy or 0,
        served or 0,
        tuple(_form(book, name) for name in codes("detainer_form")),
        clocks,
        _by_state(clocks),
        tuple(notice for entry in book.provisions if entry.kind == "state_law" for notice in _notices(entry)),
        tuple(order for entry in book.provisions if entry.kind == "state_law" for order in _orders(entry)),
        tuple(_model(book, model, prefix) for model, prefix in MODEL_RULES.items()),
        min(zone.since[0] for zone in zones().values()),
        min(instant(begins(entry.checked_until + timedelta(days=1), None)) for entry in used),
    )


def _by_state(clocks: Iterable[StateClock]) -> dict[str, tuple[StateClock, ...]]:
    found: dict[str, list[StateClock]] = {}
    for clock in sorted(clocks, key=lambda clock: not clock.decides):
        found.setdefault(clock.state, []).append(clock)
    return {state: tuple(mine) for state, mine in found.items()}


def _only(entry: Provision, name: str) -> Parameter:
    named = [parameter for parameter in entry.parameters if parameter.name == name]
    if len(named) != 1:
        raise Refused(f"rule {entry.id}: expected one parameter {name!r}, found {len(named)}.")
    return named[0]


def _hours(entry: Provision, name: str) -> float:
    return float(_only(entry, name).value)


def _instant(entry: Provision, parameter: Parameter | None) -> tuple[int | None, int | None]:
    """From when until when a value holds, in UTC."""
    since = (parameter.since if parameter else None) or entry.dates.effective
    until = (parameter.until if parameter else None) or entry.dates.ended
    return (
        None if since is None else instant(begins(since, entry.territory)),
        None if until is None else instant(begins(until, entry.territory)),
    )


def _form(book: Lawbook, name: str) -> Form:
    entry = book.provision(vocabulary()["codes"]["detainer_form"][name]["rule"])
    since, until = _instant(entry, None)
    if not any(parameter.name == "hold_hours" for parameter in entry.parameters):
        return Form(name, None, "nothing", since, until, entry.id)
    return Form(name, _hours(entry, "hold_hours"), str(_only(entry, "hold_excludes").value), since, until, entry.id)


def _at(entry: Provision, name: str, moment: int | None, default: str) -> str:
    """The value that a text of the provision has at the moment when a clock of it begins to be law."""
    for parameter in entry.parameters:
        if parameter.name == name:
            since, until = _instant(entry, parameter)
            if (since or 0) <= (moment or 0) and (until is None or (moment or 0) < until):
                return str(parameter.value)
    return default


def _state_clocks(entry: Provision) -> list[StateClock]:
    """The limits of one act: a new one from each day on which its hours, or what starts them, change."""
    found = [*_conditions(entry)]
    for hours in (parameter for parameter in entry.parameters if parameter.name == "hold_hours"):
        since, until = _span(entry, hours)
        moments = {since} | {
            _span(entry, parameter)[0]
            for parameter in entry.parameters
            if parameter.name in ("hold_starts", "hold_excludes")
        }
        begin = sorted(moment or 0 for moment in moments if (moment or 0) >= (since or 0))
        ends: list[int | None] = [*begin[1:], until]
        for moment, end in zip(begin, ends, strict=True):
            found += [
                StateClock(
                    state,
                    float(hours.value),
                    _at(entry, "hold_excludes", moment, "nothing"),
                    _at(entry, "hold_starts", moment, "releasable"),
                    moment or None,
                    end,
                    entry.settles_holds and _settled(entry, hours),
                    entry.id,
                )
                for state in entry.territory or ()
            ]
    return [*_unsettled(entry, found), *found]


def _gap(entry: Provision) -> Unsettled | None:
    return entry.unsettled if entry.unsettled and entry.unsettled.reaches == "all" else None


def _settled(entry: Provision, parameter: Parameter) -> bool:
    """Whether it is known from which day a value of an act is law."""
    gap = _gap(entry)
    return (parameter.since or first_day(entry)) is not None and not (gap and gap.until is None)


def _span(entry: Provision, parameter: Parameter | None) -> tuple[int | None, int | None]:
    """From when until when a value of an act is law, or may be where its first day is not known."""
    gap = _gap(entry)
    since = (parameter.since if parameter else None) or first_day(entry) or (gap.since if gap else None)
    until = (parameter.until if parameter else None) or entry.dates.ended
    return (
        None if since is None else instant(begins(since, entry.territory)),
        None if until is None else instant(begins(until, entry.territory)),
    )


def _conditions(entry: Provision) -> Iterator[StateClock]:
    """What leaves a hold open from its first moment: a condition that the record does not have, law that was not
    checked, or law that is silent by an account only."""
    law = entry.state_law
    spans = [_span(entry, parameter) for parameter in entry.parameters if parameter.name == "hold_only_if"]
    if law and law.effect == "not checked":
        spans = [(None, _span(entry, None)[1])]
    if law and law.effect == "silent" and not entry.settled_silence:
        spans = [_span(entry, None)]
    for since, until in spans:
        for state in entry.territory or ():
            yield StateClock(state, 0.0, "nothing", "releasable", since, until, False, entry.id)


def _unsettled(entry: Provision, found: list[StateClock]) -> list[StateClock]:
    """The days before an act's first settled one: its clock is shown as open there, and decides nothing."""
    gap = _gap(entry)
    if not found or gap is None or gap.since is None:
        return []
    since = instant(begins(gap.since, entry.territory))
    firsts = {clock.state: clock for clock in reversed(found)}
    return [
        replace(clock, since=since, until=clock.since, decides=False)
        for clock in firsts.values()
        if clock.since is not None and since < clock.since
    ]


def _notices(entry: Provision) -> list[StateNotice]:
    return [
        StateNotice(
            state,
            float(parameter.value),
            *_instant(entry, parameter),
            parameter.standing != "unverified",
            entry.id,
            not any(each.name == "notify_starts" for each in entry.parameters),
        )
        for parameter in entry.parameters
        if parameter.name == "notify_ice_hours"
        for state in entry.territory or ()
    ]


def _orders(entry: Provision) -> list[StateOrder]:
    return [
        StateOrder(state, *_instant(entry, parameter), parameter.standing != "unverified", entry.id)
        for parameter in entry.parameters
        if parameter.name == "judicial_order" and parameter.value is True
        for state in entry.territory or ()
    ]


def _model(book: Lawbook, model: str, prefix: str) -> ModelLaw:
    complaint, tell = book.provision(f"{prefix}-complaint"), book.provision(f"{prefix}-tell-ice")
    notice = [float(parameter.value) for parameter in tell.parameters if parameter.name == "notify_hours"]
    return ModelLaw(
        model,
        _hours(book.provision(f"{prefix}-hold"), "hold_hours"),
        _hours(book.provision(f"{prefix}-citizenship-claim"), "citizenship_claim_hours"),
        _hours(complaint, "complaint_hours"),
        str(_only(complaint, "complaint_excludes").value),
        notice[0] if notice else None,
        _instant(book.provision(f"{prefix}-hold"), None)[0],
    )
