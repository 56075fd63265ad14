"""What happened, by day: agreements' milestones, law, findings, orders, money, targets, each with its source.

What enters: a record, and a state, an agency and kinds if wished. What leaves: entries by day. It promises that each
says who says so and where, that figures that differ are all here, and that nothing is added up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger287.core import declared
from ledger287.core.jsonable import NotebookTable
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import plural
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.provisions import Provision
from ledger287.ledger.outcomes import marks
from ledger287.ledger.outcomes.marks import Mark
from ledger287.ledger.query.answers import AgencyAnswer, AgreementAnswer, AttestedAnswer
from ledger287.ledger.query.before.whole_life import attested_answer
from ledger287.ledger.query.parameters import read_state
from ledger287.places.atlas import Atlas
from ledger287.sources.figures.model import PublishedFigure
from ledger287.sources.figures.reading import figures, kinds

AGREEMENT, PROVISION, OUTCOME = "agreement", "provision", "outcome"
STEPS = (50, 100, 250, 500, 1000, 1500, 2000)
"""Numbers of agreements whose first list is a milestone of the nation."""
EVENTS_OF_A_STATE = ("law", "ruling", "order")
"""Kinds of figures of a state that bear on each of its agencies."""
ONLY_NAMED = ("document", "listed", "pending")
"""What lesser sources say of an agency that pages or lists have too: no event of its state."""
CHANGES = ("signed", "listed", "renewed", "switched", "relisted", "delisted")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing on a day, or over a span that ends on ``day`` and began on ``since``.

    ``kind`` is that of the figure, or ``agreement`` (a list or page shows it), ``provision`` (a rule of the
    lawbook) or ``outcome`` (a published count of people held or identified).
    ``then`` says which agreements of the agency concerned were in force on the day.
    """

    day: date
    since: date | None
    kind: str
    what: str
    says: str
    amount: str | None
    value: Decimal | None
    unit: str | None
    by: str
    source: str
    grade: str
    locator: str
    url: str | None
    state: str | None
    agencies: tuple[str, ...]
    id: str
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline(NotebookTable):
    """The entries of a state, an agency or the nation, earliest first.

    ``cannot_tell_after`` is the day of the newest list where agreements of days after it are requested: of those no
    list says anything, whatever other sources do.
    """

    state: str | None
    agency_id: str | None
    agency: str | None
    kinds: tuple[str, ...]
    since: date | None
    until: date | None
    entries: tuple[TimelineEntry, ...]
    cannot_tell_after: date | None = None


def timeline(
    atlas: Atlas,
    *,
    state: str | None = None,
    agency: str | None = None,
    kinds_wanted: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> Timeline:
    """What bears on the nation, a state or an agency. Raises Refused for an unknown state, agency or kind."""
    place, wanted = read_state(state), read_kinds(kinds_wanted)
    if since and until and until < since:
        swapped = QueryField("until", until), " is before ", QueryField("since", since), "; swap the two days."
        raise QueryError("days_swapped", *swapped)
    one = atlas.agency(agency, state=place) if agency else None
    if one:
        entries = [*_of_agency(one), *_rules(one.state), *map(_of_mark, marks.of_agency(one.id, one.name, one.state))]
    elif place:
        entries = [*_of_state(atlas, place), *_rules(place), *map(_of_mark, marks.of_state(place))]
    else:
        counted = map(_of_mark, marks.of_nation())
        entries = [*(_of_figure(figure) for figure in figures()), *_nation(atlas), *_rules(None), *counted]
    found = [
        entry
        for entry in entries
        if (not wanted or entry.kind in wanted)
        and (since is None or entry.day >= since)
        and (until is None or entry.day <= until)
    ]
    found.sort(key=lambda entry: (entry.day, entry.kind, entry.id))
    return Timeline(
        one.state if one else place,
        one.id if one else None,
        one.name if one else None,
        wanted,
        since,
        until,
        tuple(found),
        atlas.cannot_tell_after(until or atlas.today()) if not wanted or AGREEMENT in wanted else None,
    )


def every_kind() -> tuple[str, ...]:
    """The kinds of entries."""
    return (AGREEMENT, PROVISION, OUTCOME, *kinds())


def read_kinds(words: Sequence[str]) -> tuple[str, ...]:
    """Kinds of entries as people type them. Raises Refused for an unknown one."""
    words = (words,) if isinstance(words, str) else words
    wanted = tuple(dict.fromkeys(word.strip().lower() for word in words))
    for word in wanted:
        if word not in every_kind():
            raise Refused(f"no kind {word!r}. Expected one of: {', '.join(every_kind())}.")
    return wanted


def bearing_on(one: AgencyAnswer) -> list[TimelineEntry]:
    """The figures and events that name an agency, or are law of its state, with the agreements in force at the time."""
    return sorted(
        (_of_figure(figure, one) for figure in figures() if _bears(figure, one)),
        key=lambda entry: (entry.day, entry.id),
    )


def _bears(figure: PublishedFigure, one: AgencyAnswer) -> bool:
    if figure.agencies:
        return one.id in figure.agencies or (figure.kind == "ruling" and figure.state == one.state)
    return figure.state == one.state and figure.kind in EVENTS_OF_A_STATE


def _of_agency(one: AgencyAnswer) -> Iterator[TimelineEntry]:
    yield from bearing_on(one)
    for change in one.changes:
        if change["kind"] in CHANGES:
            yield _of_change(change)
    changed = {(change["agreement_id"], change["kind"]) for change in one.changes}
    for agreement in one.agreements:
        if agreement.signed and (agreement.agreement_id, "signed") not in changed:
            yield _signed(agreement.signed, agreement.model, one.name, one.state, one.id, agreement.agreement_id)
    for said in one.attested:
        yield _said(said, one.state, one.id)


def _said(said: AttestedAnswer, state: str, agency_id: str) -> TimelineEntry:
    """What a lesser source says of an agency, as of when."""
    return TimelineEntry(
        said.as_of,
        None,
        AGREEMENT,
        said.says,
        f"{said.agency}: {said.says}" + (f", {said.model}" if said.model else ""),
        None,
        None,
        None,
        said.publisher,
        said.title,
        said.grade,
        f"{said.file} line {said.line}",
        None,
        state,
        (agency_id,),
        f"{said.file}:{said.line}",
    )


def _signed(day: date, model: str, name: str, state: str, agency_id: str, agreement_id: str) -> TimelineEntry:
    """The signing of an agreement that was already on the first list or page."""
    where = f"ledger287 source {agreement_id}"
    return TimelineEntry(
        day, None, AGREEMENT, "signed", f"{name}: {model} signed", None, None, None, "ICE", "ICE's lists and pages",
        "list", where, None, state, (agency_id,), agreement_id,
    )  # fmt: skip


def _of_change(row: dict[str, object]) -> TimelineEntry:
    day = row["day"]
    if not isinstance(day, date):
        raise TypeError(f"a change without a day: {row}")
    model, agency = str(row["model"]), str(row["agency"])
    more = f" in place of the one signed {row['before']}" if row["kind"] == "renewed" else ""
    more = f" in place of {row['before']}" if row["kind"] == "switched" else more
    return TimelineEntry(
        day,
        None,
        AGREEMENT,
        str(row["kind"]),
        f"{agency}: {model} {row['kind']}{more}",
        None,
        None,
        None,
        "ICE",
        str(row["first_list"]),
        "list",
        f"ledger287 source {row['agreement_id']}",
        None,
        str(row["state"]),
        (str(row["agency_id"]),),
        f"{row['agreement_id']}:{row['kind']}",
    )


def _of_state(atlas: Atlas, state: str) -> Iterator[TimelineEntry]:
    for figure in figures():
        if figure.state == state:
            yield _of_figure(figure)
    newest = atlas.newest_day() or atlas.today()
    found = atlas.changes(date.min, min(newest, atlas.today()), state=state, kinds=CHANGES)
    yield from map(_of_change, found.iter_rows(named=True))
    yield from _before_first_list(atlas, state, set(found.filter(kind="signed")["agreement_id"]))


def _before_first_list(atlas: Atlas, state: str, changed: set[str]) -> Iterator[TimelineEntry]:
    """Signings of agreements that were on the first page or list already, and what only lesser sources say."""
    called, names = declared.display_names(), dict[str, str]()
    signed: dict[str, TimelineEntry] = {}
    for book in (atlas, atlas.past.pages) if atlas.past else (atlas,):
        here = book.table("agencies").filter(state=state)
        names = {key: called.get(key, name) for key, name in here.select("agency_id", "name").iter_rows()} | names
        columns = ("signed", "model", "agency_id", "agreement_id")
        for day, model, agency_id, agreement_id in book.table("agreements").select(columns).iter_rows():
            if day is not None and agency_id in names and agreement_id not in changed:
                signed[agreement_id] = _signed(day, model, names[agency_id], state, agency_id, agreement_id)
    yield from signed.values()
    for row in atlas.past.attested.filter(state=state).iter_rows(named=True) if atlas.past else ():
        if row["says"] not in ONLY_NAMED or row["agency_id"] not in names:
            yield _said(attested_answer(row), state, row["agency_id"])


def _nation(atlas: Atlas) -> Iterator[TimelineEntry]:
    """The first list or page with so many agreements, for each of the round numbers."""
    days = _counts(atlas)
    for step in STEPS:
        reached = next(((day, count, file) for day, count, file in days if count >= step), None)
        if reached:
            day, count, file = reached
            yield TimelineEntry(
                day, None, AGREEMENT, f"{plural(step, 'agreement')}", "the first list or page with so many",
                plural(count, "agreement"), Decimal(count), "agreements", "ICE", file, "list", "ledger287 status", None,
                None, (), f"first-{step}",
            )  # fmt: skip


def _of_mark(mark: Mark) -> TimelineEntry:
    return TimelineEntry(
        mark.day, mark.since, OUTCOME, mark.what, mark.says, None, Decimal(mark.value), "people", "ICE", mark.source,
        "primary", mark.locator, None, mark.state, mark.agencies, mark.id,
    )  # fmt: skip


def _counts(atlas: Atlas) -> list[tuple[date, int, str]]:
    files = dict(atlas.table("lists").select("list", "file").iter_rows())
    growth = atlas.growth()
    models = [name for name in growth.columns if name not in ("day", "list")]
    found = [
        (row["day"], sum(row[name] for name in models), files[row["list"]]) for row in growth.iter_rows(named=True)
    ]
    pages = [(one.as_of, atlas.past.rows_on(one).height, one.file) for one in atlas.past.rosters] if atlas.past else []
    return [*pages, *found]


def _of_figure(figure: PublishedFigure, one: AgencyAnswer | None = None) -> TimelineEntry:
    return TimelineEntry(
        figure.as_of,
        figure.since,
        figure.kind,
        figure.subject,
        figure.says,
        figure.amount() or None,
        figure.value,
        figure.unit,
        figure.by,
        figure.source,
        figure.grade,
        figure.locator,
        figure.url,
        figure.state,
        figure.agencies,
        figure.id,
        tuple(_agreements_on(one.agreements, figure.as_of)) if one and one.id in figure.agencies else (),
    )


def _agreements_on(agreements: Iterable[AgreementAnswer], day: date) -> Iterator[str]:
    """The agreements in force on a day, as far as lists and pages show them."""
    for one in agreements:
        begun = min(one.signed or one.first_day, one.first_day)
        if begun <= day and (one.gone_day is None or day < one.gone_day):
            signed = f"signed {one.signed}" if one.signed else "day of signing unknown"
            until = "" if one.gone_day is None else f", last listed {one.last_day}, gone by {one.gone_day}"
            yield f"{one.model} {signed}{until}"


def _rules(state: str | None) -> Iterator[TimelineEntry]:
    """The days on which rules begin and end: the nation's, or a state's own. Findings are among the figures.

    That a state's law was not checked, or is silent, is a note and no event; nor is a rule's last day where another
    rule is the same law in doubt.
    """
    continued = {rule.continues for rule in shipped().provisions}
    for rule in shipped().provisions:
        if rule.state_law and rule.state_law.effect in ("not checked", "silent"):
            continue
        if rule.clause is not None or rule.kind == "oversight" or (state is None) != (rule.territory is None):
            continue
        if state and state not in (rule.territory or ()):
            continue
        for what, day in (("in force", rule.dates.effective or rule.dates.enacted), ("ended", rule.dates.ended)):
            if day is not None and not (what == "ended" and rule.id in continued):
                yield _of_rule(rule, what, day, state)


def _of_rule(rule: Provision, what: str, day: date, state: str | None) -> TimelineEntry:
    return TimelineEntry(
        day,
        None,
        PROVISION,
        what,
        rule.says,
        None,
        None,
        None,
        "the law" if state is None else state,
        rule.citation,
        rule.standing,
        f"rule {rule.id}",
        None,
        state,
        (),
        f"{rule.id}:{what}",
    )
