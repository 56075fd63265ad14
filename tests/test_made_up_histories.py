"""Laws that hold for any sequence of lists: of what was known when, of order, of counts, of what is told.

The sequences are made up by hypothesis: agreements come, go, come back, are re-dated, renewed, spelled
otherwise, printed twice or without a day; lists are cut; pending lists come in between.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger287.api import AgencyAnswer, Ledger
from ledger287.ledger.build.building import build
from ledger287.ledger.fold.folding import Fold, fold
from ledger287.ledger.fold.problems import problems
from ledger287.ledger.identity.agencies import Identity
from ledger287.ledger.query.ledger import Ledger as RecordLedger
from ledger287.ledger.store.folder import open_record, write_record
from ledger287.ledger.store.tabulate import tabulate
from ledger287.sources.ice_lists.printed import Print, PrintedList, read_list
from making import list_name, made_up_agency
from sequences import JEM, TFM, WSO, Row, participating, pending
from test_known_on import agreements_on, changes_known, known

MODELS = {"WSO": WSO, "JEM": JEM, "TFM": TFM}
SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    lambda name: f"{name} ",
    lambda name: name.replace("'", "’"),
    lambda name: name.replace("Sheriff's Office", "Sheriffs Dept."),
    lambda name: name.replace("County Sheriff", "Co. Sheriff"),
)
CODES = {
    "FLORIDA": "FL",
    "TEXAS": "TX",
    "GEORGIA": "GA",
    "TENNESSEE": "TN",
    "UTAH": "UT",
    "OKLAHOMA": "OK",
    "ALABAMA": "AL",
}
START = date(2025, 5, 1)
FIELDS = ("state", "agency", "type", "county", "model", "signed", "moa", "addendum")
PENDING_FIELDS = ("state", "agency", "type", "county", "model", "moa")
AGENCIES = 40
"""So many agencies that a list that lacks a third of them is set aside."""


@dataclass(frozen=True)
class Held:
    """An agreement of the made-up world, and how a list prints it now."""

    agency: int
    model: str
    signed: date
    document: str | None
    spelling: int = 0
    blank: bool = False
    times: int = 1

    def row(self) -> Row:
        """As it is printed."""
        state, name = made_up_agency(self.agency)
        signed = None if self.blank else self.signed
        return Row(SPELLINGS[self.spelling](name), state, MODELS[self.model], signed, document=self.document)


@dataclass(frozen=True)
class MadeUp:
    """One list of the sequence: what it holds (None where it is pending), its name and its rows."""

    held: tuple[Held, ...] | None
    file: str
    rows: tuple[Row, ...]
    saved_at: datetime

    def workbook(self) -> bytes:
        """The list as a workbook."""
        make = pending if self.held is None else participating
        return make(self.rows, saved_at=self.saved_at)

    def printed(self) -> PrintedList:
        """The list as the workbook is read, but for its bytes; quicker than by way of them."""
        waiting = self.held is None
        columns = dict(zip(FIELDS if not waiting else PENDING_FIELDS, "ABCDEFGH", strict=False))
        prints = [
            Print(
                row.state, row.agency, row.type, row.county, row.model,
                None if waiting or row.signed is None else str(row.signed),
                "link" if row.document else "link pending", None,
                f"https://example.org/{row.document}" if row.document else None, None,
            )
            for row in self.rows
        ]  # fmt: skip
        return PrintedList(
            self.file,
            hashlib.sha256(repr((self.file, self.rows)).encode()).hexdigest(),
            0,
            None,
            self.saved_at.replace(tzinfo=UTC),
            "pending" if waiting else "participating",
            "287(g) Agreements",
            1,
            columns,
            list(range(2, len(prints) + 2)),
            prints,
        )


World = dict[int, Held]
"""A number for each agreement -> the agreement, while ICE lists it."""


def _changed(draw: st.DrawFn, world: World, gone: World, today: date) -> None:
    """One made-up thing that happens to one agreement."""
    number = draw(st.sampled_from(sorted(world)))
    it = world[number]
    event = draw(
        st.sampled_from(["new", "gone", "back", "redated", "renewed", "switched", "spelled", "blank", "twice"])
    )
    slots = Counter((held.agency, held.model) for held in [*world.values(), *gone.values()])
    new = max([*world, *gone]) + 1
    alone = slots[it.agency, it.model] == 1
    if event == "new":
        model = draw(st.sampled_from(sorted(MODELS)))
        agency = draw(st.integers(0, AGENCIES + 5))
        if not slots[agency, model]:
            world[new] = Held(agency, model, today - timedelta(days=draw(st.integers(0, 9))), f"{new}.pdf")
    elif event == "gone" and len(world) > AGENCIES - 6:
        gone[number] = replace(world.pop(number), blank=False)
    elif event == "back" and gone:
        back = draw(st.sampled_from(sorted(gone)))
        world[back] = gone.pop(back)
    elif event == "redated" and it.signed < START - timedelta(days=9):
        world[number] = replace(it, signed=it.signed + timedelta(days=draw(st.sampled_from([-1, 1]))))
    elif event == "renewed" and alone:
        gone_now = world.pop(number)
        world[new] = replace(gone_now, signed=today, document=f"{new}.pdf", blank=False)
        if draw(st.booleans()):
            world[number] = replace(gone_now, blank=False)
    elif event == "switched":
        models = [model for model in sorted(MODELS) if not slots[it.agency, model]]
        if models:
            world.pop(number)
            world[new] = Held(it.agency, models[0], today, f"{new}.pdf")
    elif event == "spelled":
        world[number] = replace(it, spelling=draw(st.integers(0, len(SPELLINGS) - 1)))
    elif event == "blank" and alone and it.signed < START:
        world[number] = replace(it, blank=not it.blank)
    elif event == "twice":
        world[number] = replace(it, times=3 - it.times)


@st.composite
def histories(draw: st.DrawFn) -> list[MadeUp]:
    """3 to 12 lists on days in a row or some days apart."""
    world: World = {
        n: Held(n, sorted(MODELS)[n % 3], date(2025, 3, 1) + timedelta(days=n % 7), f"{n}.pdf") for n in range(AGENCIES)
    }
    gone: World = {}
    waiting = draw(st.sets(st.integers(0, AGENCIES + 5), max_size=6))
    day, found = START, []
    for number in range(draw(st.integers(3, 12))):
        day += timedelta(days=draw(st.sampled_from([1, 1, 1, 2, 9])))
        saved = datetime(day.year, day.month, day.day, 1, number)
        if number and draw(st.integers(0, 3)) == 0:
            waiting = waiting ^ draw(st.sets(st.integers(0, AGENCIES + 5), max_size=3))
            rows = [Row(made_up_agency(n)[1], made_up_agency(n)[0], MODELS[sorted(MODELS)[n % 3]]) for n in waiting]
            found.append(MadeUp(None, list_name(day, "pm", pending=True), tuple(rows), saved))
            continue
        for _ in range(draw(st.integers(0, 4)) if number else 0):
            _changed(draw, world, gone, day)
        held = tuple(world[key] for key in draw(st.permutations(sorted(world))))
        if number and draw(st.integers(0, 7)) == 0:
            held = held[: len(held) * 2 // 3]
        rows = [row for one in held for row in [one.row()] * one.times]
        found.append(MadeUp(held, list_name(day), tuple(rows), saved))
    return found


def read(history: Iterable[MadeUp]) -> list[PrintedList]:
    """The lists as read."""
    return [one.printed() for one in history]


def folded(lists: Iterable[PrintedList]) -> Fold:
    """The fold, without the committed registry: it holds no made-up agency, and asking it takes long."""
    return fold(lists, Identity(()))


def recorded(folder: Path, told: Fold) -> Ledger:
    """A ledger of a fold."""
    return RecordLedger(write_record(folder, tabulate(told, problems(told))), lambda: date(2025, 12, 31))


many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
few = settings(many, max_examples=5)


@many
@given(history=histories())
def test_a_fold_of_what_was_known_is_the_whole_fold_told_as_of_then(history: list[MadeUp]) -> None:
    lists = read(history)
    whole = folded(lists)
    verdicts = {entry.printed.file: (entry.verdict, entry.publication) for entry in whole.lists}
    for day in sorted({entry.publication.at.date() for entry in whole.lists if entry.publication.at}):
        early = folded(known(lists, whole, day))
        assert {e.printed.file: (e.verdict, e.publication) for e in early.lists}.items() <= verdicts.items()
        assert changes_known(early, day) == changes_known(whole, day)
        assert agreements_on(early, day) == agreements_on(whole, day)


@few
@given(history=histories(), cut=st.integers(2, 11))
def test_the_answers_of_what_was_known_are_the_whole_records_as_of_then(history: list[MadeUp], cut: int) -> None:
    lists = read(history)
    whole = folded(lists)
    at = whole.lists[min(cut, len(whole.lists)) - 1].publication.at
    assert at is not None
    day = at.date()
    it = folded(known(lists, whole, day))
    with tempfile.TemporaryDirectory() as folder:
        early = recorded(Path(folder) / "early", it)
        late = recorded(Path(folder) / "late", whole)
        assert early.status(day) == replace(late.status(day, known_on=day), known_on=None)
        assert early.status(day) == replace(late.status(date(2026, 1, 1), known_on=day), known_on=None, on=day) or (
            late.status(date(2026, 1, 1), known_on=day).list != early.status(day).list
        )
        assert early.changes(date.min).equals(late.changes(date.min, known_on=day))
        changed = late.table("changes")["agency_id"].unique(maintain_order=True)
        for agency_id in [key for key in changed if key in early.table("agencies")["agency_id"]][:8]:
            then, now = early.agency(agency_id), late.agency(agency_id, known_on=day)
            for field in fields(AgencyAnswer):
                assert getattr(then, field.name) == getattr(now, field.name), (agency_id, field.name)


@few
@given(history=histories(), random=st.randoms(use_true_random=False))
def test_the_order_and_the_folders_of_files_do_not_matter(history: list[MadeUp], random: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        told = []
        workbooks = {one.file: one.workbook() for one in history}
        for one in history:
            found, by_hand = read_list(one.file, workbooks[one.file]), one.printed()
            assert (found.prints, found.rows, found.columns) == (by_hand.prints, by_hand.rows, by_hand.columns)
        for number in range(2):
            shuffled = list(history)
            random.shuffle(shuffled)  # type: ignore[attr-defined]
            for place, one in enumerate(shuffled):
                inside = Path(folder) / f"{number}" / f"{place % (number + 2)}"
                inside.mkdir(parents=True, exist_ok=True)
                (inside / one.file).write_bytes(workbooks[one.file])
            out = Path(folder) / f"record {number}"
            build(sorted((Path(folder) / f"{number}").iterdir(), reverse=bool(number)), out)
            told.append(open_record(out).facts)
        assert told[0] == told[1]


@settings(many, max_examples=20)
@given(history=histories())
def test_what_is_counted_is_what_a_naive_count_of_the_rows_gives(history: list[MadeUp]) -> None:
    it = folded(read(history))
    accepted = {entry.printed.file for entry in it.lists if entry.verdict.accepted}
    with tempfile.TemporaryDirectory() as folder:
        ledger = recorded(Path(folder), it)
        for one in history:
            if one.held is None or one.file not in accepted:
                continue
            status = ledger.status(datetime.strptime(one.file[-15:-7], "%m%d%Y").date())
            assert status.list is not None
            assert status.list.file == one.file
            assert status.rows == sum(held.times for held in one.held)
            assert status.agreements == len(one.held)
            assert status.agencies == len({held.agency for held in one.held})
            assert Counter(status.by_model) == Counter(held.model for held in one.held)
            assert Counter(status.by_state) == Counter(CODES[made_up_agency(held.agency)[0]] for held in one.held)
            assert (status.states, status.territories) == (len(status.by_state), 0)


@many
@given(history=histories())
def test_every_coming_and_going_is_told_once(history: list[MadeUp]) -> None:
    """Gone for one list only: nothing stands. Gone for longer: one change tells it; back: ``relisted``."""
    it = folded(read(history))
    lists = [e.number for e in it.lists if e.verdict.accepted and e.printed.kind == "participating"]
    here: dict[str, set[int]] = {}
    for run in it.agreements.runs:
        here.setdefault(run.agreement_id, set()).update(n for n in lists if run.first_list <= n <= run.last_list)
    standing = [change for change in it.log.changes if change.withdrawn_at is None]
    for key, on in here.items():
        comes = [c.first_list or 0 for c in standing if c.agreement_id == key and c.kind in ("listed", "relisted")]
        begun = [
            c.first_list or 0
            for c in standing
            if c.agreement_id == key and c.kind in ("renewed", "switched") and c.first_list == min(on)
        ]
        goes = [c.first_list for c in standing if c.agreement_id == key and c.kind == "delisted"]
        taken = [c.first_list for c in standing if c.other_id == key and c.kind in ("renewed", "switched", "corrected")]
        shown = [number in on for number in lists]
        expected = [] if shown[0] else [min(on)]
        gaps = _gaps(shown)
        expected += [lists[back] for first, back in gaps if back - first > 1 and back < len(lists)]
        assert sorted([*comes, *begun]) == expected, key
        undone = [lists[first] for first, back in gaps if back - first <= 1 and back < len(lists)]
        assert not set(undone) & {*goes, *taken}, key
        for first, back in gaps:
            if lists[first] in undone:
                continue
            window = lists[first : min(back, first + 2)]
            assert sum(number in window for number in (*goes, *taken)) in (1, 2), key


def _gaps(shown: list[bool]) -> list[tuple[int, int]]:
    """(first list without, first list with again or the number of lists) of each absence."""
    gaps, place = [], shown.index(True)
    while place < len(shown):
        if not shown[place]:
            back = next((n for n in range(place, len(shown)) if shown[n]), len(shown))
            gaps.append((place, back))
            place = back
        place += 1
    return gaps
