"""A list whose content contradicts what is known is excluded by a stated rule, and changes no history."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ledger287.api import Ledger
from making import PENDING, list_name, workbook_bytes
from sequences import (
    TFM,
    WSO,
    Row,
    history,
    kinds,
    ledger_of,
    participating,
    pending,
    rows,
    saved,
    verdicts,
)

Lists = dict[str, bytes | Path]
Cells = list[list[Any]]


@cache
def taken_apart(data: bytes) -> tuple[Cells, datetime | None]:
    """The cells of a list, each with its link, and the time of its last saving: read once for all that change it."""
    old = openpyxl.load_workbook(io.BytesIO(data))
    cells = [
        [(cell.value, cell.hyperlink.target if cell.hyperlink else None) for cell in row] for row in old.worksheets[0]
    ]
    return cells, old.properties.modified


def resaved(data: bytes, change: Callable[[Cells], Cells] = lambda rows: rows, *, links: bool = True) -> bytes:
    """A list taken apart and saved again by another program, its rows changed; the stamp is kept."""
    kept, stamp = taken_apart(data)
    cells = [list(row) for row in kept]
    book = openpyxl.Workbook()
    for number, row in enumerate([cells[0], *change(cells[1:])], 1):
        for column, (value, address) in enumerate(row, 1):
            cell = book.worksheets[0].cell(number, column, value)
            if links and address:
                cell.hyperlink = address
    buffer = io.BytesIO()
    book.save(buffer)
    return saved(buffer.getvalue(), stamp or datetime(2025, 7, 1))


# -- real lists ----------------------------------------------------------------------------------------

JULY = (
    "participatingAgencies06272025am", "participatingAgencies07012025pm", "pendingAgencies07012025pm",
    "participatingAgencies07032025pm", "participatingAgencies07082025pm", "pendingAgencies07082025pm",
    "participatingAgencies07112025pm", "pendingAgencies07112025pm",
)  # fmt: skip


@pytest.fixture(scope="module")
def july(shared_lists: Path) -> Lists:
    return {f"{stem}.xlsx": next(iter(shared_lists.rglob(f"{stem}.xlsx"))) for stem in JULY}


@pytest.fixture(scope="module")
def true_july(july: Lists, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return ledger_of(tmp_path_factory.mktemp("july"), july)


def set_aside(folder: Path, lists: Lists, true: Ledger, name: str, data: bytes) -> str:
    """The rule that sets one more list aside; it can be looked at, and the history is as without it."""
    ledger = ledger_of(folder, {**lists, name: data})
    aside = ledger.lists(set_aside=True)
    assert aside["file"].to_list() == [name]
    assert aside["reason"].null_count() == 0
    shown = ledger.list_rows(name)
    assert shown.height == aside["rows"].item()
    assert name in ledger.lists()["file"]
    mine, theirs = history(ledger), history(true)
    for table in theirs:
        assert mine[table] == theirs[table], table
    for day in (date(2025, 7, 4), date(2025, 7, 8), date(2025, 7, 10), date(2025, 8, 1)):
        with_it, without = ledger.status(day), true.status(day)
        assert with_it == without
    rule: str = aside["rule"].item()
    return rule


def half(printed: Cells) -> Cells:
    """The first half."""
    return printed[: len(printed) // 2]


def nine_in_ten(printed: Cells) -> Cells:
    """All but every tenth row."""
    return [row for number, row in enumerate(printed) if number % 10]


def without_state(state: str) -> Callable[[Cells], Cells]:
    """All but the rows of one state."""
    return lambda printed: [row for row in printed if str(row[0][0]).strip().upper() != state]


def twice(printed: Cells) -> Cells:
    """Every row twice."""
    return [row for row in printed for _ in range(2)]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (half, "partial"),
        (nine_in_ten, "partial"),
        (without_state("FLORIDA"), "partial"),
        (without_state("GEORGIA"), "partial"),
        (without_state("OKLAHOMA"), "partial"),
        (without_state("SOUTH CAROLINA"), "partial"),
        (lambda printed: printed[:1], "partial"),
        (lambda printed: [], "empty"),
        (twice, "padded"),
        (lambda printed: printed + printed[100:120], "padded"),
    ],
    ids=[
        "half", "nine in ten", "no Florida", "no Georgia", "no Oklahoma", "no South Carolina", "one row",
        "headings alone", "twice", "20 rows again",
    ],
)  # fmt: skip
@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_real_list_cut_or_padded(
    july: Lists, true_july: Ledger, tmp_path: Path, change: Callable[[Cells], Cells], rule: str, links: bool
) -> None:
    true = july["participatingAgencies07082025pm.xlsx"]
    assert isinstance(true, Path)
    data = resaved(true.read_bytes(), change, links=links)
    name = "participatingAgencies07092025pm.xlsx"
    assert set_aside(tmp_path, july, true_july, name, data) == rule


def test_rows_repeated_with_other_spelling(july: Lists, true_july: Ledger, tmp_path: Path) -> None:
    """Twenty rows once more, with a blank behind the name and no link: the same agreements again."""

    def again(printed: Cells) -> Cells:
        more = [[(f"{value} " if place == 1 else value, None) for place, (value, _) in enumerate(row)]
                for row in printed[200:220]]  # fmt: skip
        return printed + more

    true = july["participatingAgencies07082025pm.xlsx"]
    assert isinstance(true, Path)
    name = "participatingAgencies07092025pm.xlsx"
    assert set_aside(tmp_path, july, true_july, name, resaved(true.read_bytes(), again)) == "padded"


@pytest.mark.parametrize("how", ["the same bytes", "saved again", "saved again without links"])
def test_an_older_real_list_under_a_newer_name(july: Lists, true_july: Ledger, tmp_path: Path, how: str) -> None:
    true = july["participatingAgencies06272025am.xlsx"]
    assert isinstance(true, Path)
    old = true.read_bytes()
    data = old if how == "the same bytes" else resaved(old, links="without" not in how)
    assert set_aside(tmp_path, july, true_july, "participatingAgencies07092025pm.xlsx", data) == "stale"


def test_participating_rows_on_a_pending_list(july: Lists, true_july: Ledger, tmp_path: Path) -> None:
    """The participating list without its SIGNED column reads as a pending one; its agreements are already listed."""
    true = july["participatingAgencies07032025pm.xlsx"]
    assert isinstance(true, Path)
    sheet = openpyxl.load_workbook(true).worksheets[0]
    cells = [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=2)]
    data = workbook_bytes(cells, PENDING[:5], links={}, saved_at=datetime(2025, 7, 9))
    for name in ("pendingAgencies07092025pm.xlsx", "participatingAgencies07092025pm.xlsx"):
        assert set_aside(tmp_path / name, july, true_july, name, data) == "swapped"


def test_old_agreements_added_to_a_real_list(shared_lists: Path, july: Lists, tmp_path: Path) -> None:
    """A hundred rows signed long ago that the list before did not have: here a list of July before it lacks them."""
    true = july["participatingAgencies07082025pm.xlsx"]
    before = july["participatingAgencies07032025pm.xlsx"]
    assert isinstance(true, Path)
    assert isinstance(before, Path)

    def is_old(row: object) -> bool:
        return isinstance(row[5][0], datetime) and row[5][0] < datetime(2025, 3, 1)  # type: ignore[index]

    def without_old(printed: Cells) -> Cells:
        return [row for row in printed if not is_old(row)]

    lists: Lists = {before.name: resaved(before.read_bytes(), without_old)}
    ledger = ledger_of(tmp_path, {**lists, true.name: true})
    assert verdicts(ledger) == {before.name: "accepted", true.name: "padded"}


# -- synthetic lists -------------------------------------------------------------------------------------


def sequence(lists: Sequence[tuple[date, Sequence[Row]]], *, part: str = "am") -> Lists:
    """Participating lists by day; each workbook differs in its bytes, for it was saved on its day."""
    return {
        list_name(day, part): participating(printed, saved_at=datetime(day.year, day.month, day.day))
        for day, printed in lists
    }


def day(number: int) -> date:
    """1 to 31: a day of May 2025."""
    return date(2025, 5, number)


def test_agreements_that_come_back_by_the_dozen(tmp_path: Path) -> None:
    """Twelve leave one by one, and all come back at once: excluded, then accepted a day later."""
    going = [(day(n), rows(40 - n)) for n in range(1, 14)]
    lists = sequence([*going, (day(15), rows(40)), (day(17), rows(41))])
    ledger = ledger_of(tmp_path, lists)
    assert verdicts(ledger)[list_name(day(15))] == "padded"
    assert verdicts(ledger)[list_name(day(17))] == "accepted"
    assert ledger.status(day(16)).agreements == 27
    assert ledger.status(day(17)).agreements == 41


def test_rows_without_a_day_added_by_the_dozen(tmp_path: Path) -> None:
    """Pending rows pasted below the participating ones: SIGNED is empty in each."""
    pasted = [row.but(signed=None, document=None) for row in rows(15, start=50)]
    lists = sequence([(day(1), rows(40)), (day(2), [*rows(40), *pasted]), (day(3), rows(41))])
    ledger = ledger_of(tmp_path, lists)
    assert list(verdicts(ledger).values()) == ["accepted", "padded", "accepted"]
    assert ledger.status(day(3)).agreements == 41
    assert kinds(ledger) == ["signed", "listed"]


def test_a_true_drop_is_believed_when_the_next_list_says_it_again(tmp_path: Path) -> None:
    lists = sequence([(day(1), rows(60)), (day(2), rows(40)), (day(5), rows(41)), (day(6), rows(40))])
    ledger = ledger_of(tmp_path, lists)
    assert list(verdicts(ledger).values()) == ["accepted", "partial", "accepted", "accepted"]
    assert [ledger.status(day(n)).agreements for n in (1, 2, 4, 5, 6)] == [60, 60, 60, 41, 40]
    delisted = ledger.changes(day(1), kinds=["delisted"])
    assert set(delisted["first_list"]) == {list_name(day(5)), list_name(day(6))}
    assert ledger.changes(day(1), known_on=day(4)).is_empty()
    reason = ledger.lists().filter(file=list_name(day(5)))["reason"].item()
    assert "says what the list excluded before it said" in reason


def test_a_true_drop_is_believed_although_lists_come_twice_a_day(tmp_path: Path) -> None:
    """A day after the first list that said so, whatever came in between said it too."""
    lists = sequence([(day(1), rows(60))])
    for number, part in enumerate(("am", "pm", "am", "pm")):
        at = day(5 + number // 2)
        lists[list_name(at, part)] = participating(rows(40), saved_at=datetime(at.year, at.month, at.day, number))
    ledger = ledger_of(tmp_path, lists)
    assert list(verdicts(ledger).values()) == ["accepted", "partial", "partial", "accepted", "accepted"]
    assert ledger.status(day(5)).agreements == 60
    assert ledger.status(day(6)).agreements == 40


def test_a_partial_list_is_not_believed_for_the_same_bytes_again_nor_for_others(tmp_path: Path) -> None:
    cut = participating(rows(40))
    same = {list_name(day(1)): participating(rows(60)), list_name(day(2)): cut, list_name(day(5)): cut}
    assert list(verdicts(ledger_of(tmp_path / "same", same)).values()) == ["accepted", "partial", "partial"]
    otherwise = sequence(
        [(day(1), rows(60)), (day(2), rows(40)), (day(3), rows(60)), (day(4), rows(40)), (day(5), rows(60))]
    )
    ledger = ledger_of(tmp_path / "otherwise", otherwise)
    assert list(verdicts(ledger).values()) == ["accepted", "partial", "accepted", "partial", "accepted"]
    assert kinds(ledger) == []


def test_a_step_back_that_lasts_is_believed(tmp_path: Path) -> None:
    """One list lacked eight by mistake, too few to be doubted; the lists after it say what those before it did."""
    lists = sequence([(day(n), rows(52 if n == 3 else 60)) for n in range(1, 7)])
    ledger = ledger_of(tmp_path, lists)
    assert list(verdicts(ledger).values()) == ["accepted"] * 3 + ["stale"] + ["accepted"] * 2
    assert [ledger.status(day(n)).agreements for n in range(1, 7)] == [60, 60, 52, 52, 60, 60]
    assert kinds(ledger) == []


def test_an_older_list_again_and_again_is_not_believed(tmp_path: Path) -> None:
    """What it says was overtaken by more than one list."""
    lists = sequence([(day(n), rows(40 + n * 6)) for n in (1, 2, 3)])
    lists |= sequence([(day(n), rows(46)) for n in (4, 6, 8)])
    ledger = ledger_of(tmp_path, lists)
    assert list(verdicts(ledger).values()) == ["accepted"] * 3 + ["stale"] * 3
    assert ledger.status(day(9)).agreements == 58


def test_pending_lists_that_go_back_to_what_they_said(tmp_path: Path) -> None:
    lists: Lists = {list_name(day(1)): participating(rows(3, start=30))}
    for n, count in enumerate((12, 7, 12, 12, 12), 1):
        name = list_name(day(n), pending=True)
        lists[name] = pending(rows(count), saved_at=datetime(2025, 5, n))
    ledger = ledger_of(tmp_path, lists)
    waiting = [row["rule"] or "accepted" for row in ledger.lists().filter(kind="pending").iter_rows(named=True)]
    assert waiting == ["accepted", "accepted", "stale", "accepted", "accepted"]
    assert ledger.status(day(5)).pending == 12


def test_small_losses_are_believed(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, sequence([(day(1), rows(60)), (day(2), rows(51))]))
    assert list(verdicts(ledger).values()) == ["accepted", "accepted"]
    assert kinds(ledger).count("delisted") == 9


def test_the_tenth_agreement_lost_makes_a_list_partial(tmp_path: Path) -> None:
    """Of 60 one day later; of lists weeks apart each two weeks may lose as many, but never three in ten."""
    for place, (later, left, verdict) in enumerate(
        [(2, 51, "accepted"), (2, 50, "partial"), (29, 43, "accepted"), (29, 42, "partial")]
    ):
        lists = sequence([(day(1), rows(60)), (day(later), rows(left))])
        found = list(verdicts(ledger_of(tmp_path / str(place), lists)).values())
        assert found == ["accepted", verdict], (later, left)


def test_a_list_years_ahead_that_lacks_half(tmp_path: Path) -> None:
    """However long between two lists, one that lacks so much is doubted first."""
    lists = sequence([(day(1), rows(60)), (date(2030, 5, 1), rows(30))])
    assert list(verdicts(ledger_of(tmp_path, lists)).values()) == ["accepted", "partial"]


def test_empty_lists(tmp_path: Path) -> None:
    """An empty participating list is excluded; a pending list of headings alone is a true zero."""
    lists = {
        list_name(day(1)): participating(rows(5)),
        list_name(day(1), pending=True): pending(rows(3, start=10)),
        list_name(day(2)): participating([]),
        list_name(day(2), pending=True): pending([]),
    }
    ledger = ledger_of(tmp_path, lists)
    assert verdicts(ledger)[list_name(day(2))] == "empty"
    assert verdicts(ledger)[list_name(day(2), pending=True)] == "accepted"
    assert ledger.status(day(2)).agreements == 5
    assert [ledger.status(day(n)).pending for n in (1, 2, 16)] == [3, 0, 0]
    assert ledger.status(day(17)).pending is None
    assert kinds(ledger) == ["pending_dropped"] * 3


def test_an_older_pending_list_again(tmp_path: Path) -> None:
    names = {n: list_name(day(n), pending=True) for n in (1, 2, 3, 4)}
    lists = {
        names[1]: pending(rows(12)),
        names[2]: pending(rows(7)),
        names[3]: pending(list(reversed(rows(12))), saved_at=datetime(2025, 5, 3)),
        names[4]: pending(rows(6)),
        list_name(day(1)): participating(rows(3, start=30)),
    }
    ledger = ledger_of(tmp_path, lists)
    assert verdicts(ledger)[names[3]] == "stale"
    assert ledger.status(day(3)).pending == 7
    del lists[names[3]]
    without = ledger_of(tmp_path / "without", lists)
    assert history(ledger) == history(without)


def test_spellings_that_only_a_list_set_aside_prints_name_nobody(tmp_path: Path) -> None:
    """An agency gets its id from the first accepted list; a partial one before it has no say."""
    first = Row("Synthetic Dorv Bekk County Sheriffs Dept.", "UTAH", TFM)
    later = Row("Synthetic Dorv Bekk County Sheriff's Office", "UTAH", TFM)
    true = sequence([(day(1), rows(60)), (day(3), [*rows(60), later]), (day(4), [*rows(60), later])])
    with_partial = true | sequence([(day(2), [*rows(30), first])])
    one, other = ledger_of(tmp_path / "one", with_partial), ledger_of(tmp_path / "other", true)
    assert verdicts(one)[list_name(day(2))] == "partial"
    assert history(one) == history(other)
    assert one.list_rows(list_name(day(2))).height == 31
    assert "ag-" in str(one.table("prints").filter(agency_printed=first.agency)["agency_id"].item())


def test_a_day_too_late_for_a_list_set_aside_stays_readable(tmp_path: Path) -> None:
    """A row signed over a month after a list is unreadable there; not on the list that is of its time."""
    row = Row("Synthetic Dorv Bekk County Sheriff's Office", "UTAH", TFM, date(2025, 6, 20))
    true = sequence([(day(1), rows(60)), (date(2025, 6, 21), [*rows(60), row])])
    with_partial = true | sequence([(day(2), [*rows(30), row])])
    ledger = ledger_of(tmp_path / "with", with_partial)
    assert verdicts(ledger)[list_name(day(2))] == "partial"
    assert history(ledger) == history(ledger_of(tmp_path / "without", true))
    assert ledger.agency(row.agency, state="UT").agreements[0].signed == date(2025, 6, 20)


# -- sparse records ------------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [40, 97, 250])
@pytest.mark.parametrize("kind", ["participating", "pending"])
def test_nothing_true_is_set_aside_where_lists_are_far_apart(
    shared_lists: Path, tmp_path: Path, every: int, kind: str
) -> None:
    """Every 40th, 97th or 250th of the accepted lists alone: months lie between them, and all are true."""
    import ledger287

    accepted = ledger287.open().lists().filter(verdict="accepted", kind=kind)["file"].to_list()
    chosen = accepted[::-1][::every]
    paths = {path.name: path for path in shared_lists.rglob("*.xlsx")}
    ledger = ledger_of(tmp_path, {name: paths[name] for name in chosen})
    assert ledger.lists(set_aside=True).is_empty()
    if kind == "participating":
        shipped = ledger287.open()
        for name, counted in ledger.lists().select("file", "agreements").iter_rows():
            assert shipped.lists().filter(file=name)["agreements"].item() == counted, name


def test_wso_rows_under_a_misprinted_model_are_not_lost(tmp_path: Path) -> None:
    """A model spelled wrongly throughout a list is not a loss of agreements."""
    printed = [row.but(model=WSO) for row in rows(30)]
    misprinted = [row.but(model="Warrant Services Officer") for row in printed]
    ledger = ledger_of(tmp_path, sequence([(day(1), printed), (day(2), misprinted), (day(3), printed)]))
    assert set(verdicts(ledger).values()) == {"accepted"}
    assert set(kinds(ledger)) == {"corrected"}
