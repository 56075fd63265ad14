"""What changed between two lists, kind by kind, on synthetic sequences of lists."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger287.api import AgencyAnswer, Ledger
from making import list_name
from sequences import JEM, TFM, WSO, Row, kinds, ledger_of, participating, pending, rows, told

HERE = Row(signed=date(2025, 3, 3))
MORE = rows(1, start=20)
OTHERS = rows(4, start=11)
"""Synthetic agreements that are on every list, so that no list is empty."""


def day(number: int) -> date:
    """1, 2, 3: a day of May 2025."""
    return date(2025, 5, number)


def sequence(folder: Path, *lists: Sequence[Row], others: Sequence[Row] = OTHERS, waiting: Any = ()) -> Ledger:
    """The record of participating lists on 1, 2, 3 ... May 2025, and of pending ones at noon of these days."""
    found = {list_name(day(n)): participating([*others, *printed]) for n, printed in enumerate(lists, 1)}
    found |= {
        list_name(day(n), "mid", pending=True): pending(printed)
        for n, printed in enumerate(waiting, 1)
        if printed is not None
    }
    return ledger_of(folder, found)


def ids(ledger: Ledger) -> list[str]:
    """The ids of the agreements of the agency that changes."""
    (agency_id,) = ledger.table("names").filter(name_printed=HERE.agency)["agency_id"].unique()
    return sorted(ledger.table("agreements").filter(agency_id=agency_id)["agreement_id"])


def days_and_kinds(ledger: Ledger, known_on: date | None = None) -> list[tuple[Any, ...]]:
    """(day, kind) of every change."""
    return [change[:2] for change in told(ledger, known_on)]


# -- listed and gone -----------------------------------------------------------------------------------


def test_what_stood_on_the_first_list_is_no_change(tmp_path: Path) -> None:
    assert told(sequence(tmp_path, [HERE], [HERE])) == []


def test_signed_and_listed(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [], [HERE])
    assert days_and_kinds(ledger) == [(date(2025, 3, 3), "signed"), (day(2), "listed")]
    listed = ledger.changes(day(1), kinds=["listed"]).row(0, named=True)
    assert (listed["last_list"], listed["first_list"]) == (list_name(day(1)), list_name(day(2)))
    assert ledger.changes(date(2025, 3, 1), known_on=day(1)).is_empty(), "signed in March, known in May"


def test_delisted_tells_the_last_list_with_it_and_the_first_without(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [HERE], [HERE], [], [])
    assert days_and_kinds(ledger) == [(day(3), "delisted")]
    gone = ledger.changes(day(1)).row(0, named=True)
    assert (gone["last_list"], gone["first_list"]) == (list_name(day(2)), list_name(day(3)))
    (agreement,) = ledger.agency(HERE.agency).agreements
    assert (agreement.status, agreement.last_day, agreement.gone_day) == ("delisted", day(2), day(3))


def test_absent_from_one_list_and_back_is_no_event(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [HERE], [], [HERE], [HERE])
    assert told(ledger) == []
    assert days_and_kinds(ledger, known_on=day(2)) == [(day(2), "delisted")]
    assert told(ledger, known_on=day(3)) == []
    assert len(ids(ledger)) == 1
    assert ledger.agency(HERE.agency).agreements[0].status == "listed"


def test_absent_from_one_workbook_read_twice_is_no_event(tmp_path: Path) -> None:
    """Two captures of one workbook are one list to be absent from."""
    without = participating(OTHERS)
    ledger = ledger_of(
        tmp_path,
        {
            list_name(day(1)): participating([*OTHERS, HERE]),
            "participatingAgencies-20250502150000.xlsx": without,
            "participatingAgencies-20250503150000.xlsx": without,
            list_name(day(4)): participating([*OTHERS, HERE]),
        },
    )
    assert told(ledger) == []


def test_relisted(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [HERE], [], MORE, [HERE, *MORE])
    mine = ledger.agency(HERE.agency).changes
    assert [(change["day"], change["kind"]) for change in mine] == [(day(2), "delisted"), (day(4), "relisted")]
    assert mine[1]["last_list"] == list_name(day(1)), "the last list that had it"
    assert len(ids(ledger)) == 1


def test_delisted_twice(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [HERE], [], [HERE], [], MORE)
    mine = ledger.agency(HERE.agency).changes
    assert [(change["day"], change["kind"]) for change in mine] == [(day(4), "delisted")]


# -- another day ---------------------------------------------------------------------------------------


def test_renewed_in_place(tmp_path: Path) -> None:
    old, new = HERE.but(document="old.pdf"), HERE.but(signed=date(2025, 5, 2), document="new.pdf")
    ledger = sequence(tmp_path, [old], [new])
    assert told(ledger) == [
        (day(2), "signed", "WSO", None, None, None),
        (day(2), "renewed", "WSO", "signed", "2025-03-03", "2025-05-02"),
    ] or told(ledger) == [
        (day(2), "renewed", "WSO", "signed", "2025-03-03", "2025-05-02"),
        (day(2), "signed", "WSO", None, None, None),
    ]
    before, after = ledger.agency(HERE.agency).agreements
    assert (before.replaced_by, after.replaces) == (after.agreement_id, before.agreement_id)
    assert (before.status, after.status) == ("delisted", "listed")


def test_renewed_after_an_absence(tmp_path: Path) -> None:
    new = HERE.but(signed=date(2025, 5, 3))
    ledger = sequence(tmp_path, [HERE], [], MORE, [new, *MORE])
    mine = [(change["day"], change["kind"]) for change in ledger.agency(HERE.agency).changes]
    assert mine == [(day(2), "delisted"), (day(3), "signed"), (day(4), "renewed")]


def test_renewed_after_an_absence_from_one_list(tmp_path: Path) -> None:
    new = HERE.but(signed=date(2025, 5, 3), document="new.pdf")
    ledger = sequence(tmp_path, [HERE.but(document="old.pdf")], [], [new])
    assert sorted(kinds(ledger)) == ["renewed", "signed"], "what was gone for one list only was renewed, not delisted"
    assert kinds(ledger, known_on=day(2)) == ["delisted"]


def test_renewed_after_standing_beside(tmp_path: Path) -> None:
    new = HERE.but(signed=date(2025, 5, 2), document="new.pdf")
    ledger = sequence(tmp_path, [HERE], [HERE, new], [new])
    assert sorted(days_and_kinds(ledger)) == [(day(2), "listed"), (day(2), "signed"), (day(3), "renewed")]
    assert [ledger.status(day(n)).agreements for n in (1, 2, 3)] == [5, 6, 5]
    assert ledger.status(day(2)).agencies == 5


def test_renewed_in_a_list_and_the_old_one_back_in_the_next(tmp_path: Path) -> None:
    """Listed together, absent from one list, and back: no event; the renewal is withdrawn."""
    new = HERE.but(signed=date(2025, 5, 2), document="new.pdf")
    ledger = sequence(tmp_path, [HERE], [HERE, new], [new], [HERE, new])
    assert sorted(days_and_kinds(ledger)) == [(day(2), "listed"), (day(2), "signed")]
    assert "renewed" in kinds(ledger, known_on=day(3))
    answers = ledger.agency(HERE.agency).agreements
    assert [(a.replaces, a.replaced_by, a.status) for a in answers] == [(None, None, "listed")] * 2


def test_renewed_in_place_and_the_old_one_back_in_the_next(tmp_path: Path) -> None:
    """Then nothing was renewed: the second agreement is shown as listed since the list that first had it."""
    old, new = HERE.but(document="old.pdf"), HERE.but(signed=date(2025, 5, 2), document="new.pdf")
    ledger = sequence(tmp_path, [old], [new], [old, new])
    assert sorted(days_and_kinds(ledger)) == [(day(2), "listed"), (day(2), "signed")]
    assert sorted(kinds(ledger, known_on=day(2))) == ["renewed", "signed"]


def test_relisted_beside_the_one_that_replaced_it_and_gone_again(tmp_path: Path) -> None:
    """Its second delisting is shown too."""
    old, new = HERE.but(document="old.pdf"), HERE.but(signed=date(2025, 5, 2), document="new.pdf")
    ledger = sequence(tmp_path, [old], [new], [new, *MORE], [old, new], [new, *MORE])
    mine = [(c["day"], c["kind"]) for c in ledger.agency(HERE.agency).changes if c["kind"] != "signed"]
    assert mine == [(day(2), "renewed"), (day(4), "relisted"), (day(5), "renewed")]


def test_a_third_agreement_replaces_no_agreement_that_was_replaced_before(tmp_path: Path) -> None:
    one, two = HERE.but(document="one.pdf"), HERE.but(signed=date(2025, 5, 2), document="two.pdf")
    three = HERE.but(signed=date(2025, 5, 3), document="three.pdf")
    ledger = sequence(tmp_path, [one], [two], [two, three], [three])
    renewed = ledger.changes(day(1), kinds=["renewed"]).select("day", "before", "after").rows()
    assert renewed == [(day(2), "2025-03-03", "2025-05-02"), (day(4), "2025-05-02", "2025-05-03")]
    assert [a.replaces for a in ledger.agency(HERE.agency).agreements] == [None, *ids(ledger)[:2]]


@pytest.mark.parametrize("apart", [-1, 1])
@pytest.mark.parametrize(
    "documents",
    [("same.pdf", "same.pdf"), (None, "new.pdf"), (None, None), ("old.pdf", None), ("old.pdf", "new.pdf")],
)
def test_redated_by_a_day(tmp_path: Path, apart: int, documents: tuple[str | None, str | None]) -> None:
    """The day of one row changes while it is listed, to one before its first list: one agreement, one id."""
    one = HERE.but(document=documents[0])
    other = HERE.but(document=documents[1], signed=date(2025, 3, 3 + apart))
    ledger = sequence(tmp_path, [one], [other], [other])
    corrected = [change for change in told(ledger) if change[3] != "moa"]
    assert corrected == [(day(2), "corrected", "WSO", "signed", "2025-03-03", f"2025-03-{3 + apart:02}")]
    (agreement,) = ledger.agency(HERE.agency).agreements
    assert (agreement.signed, agreement.status) == (date(2025, 3, 3 + apart), "listed")
    assert agreement.agreement_id.endswith("-wso-2025-03-03"), "the id is that of the day first printed"


def test_redated_and_back(tmp_path: Path) -> None:
    other = HERE.but(signed=date(2025, 3, 4))
    ledger = sequence(tmp_path, [HERE], [other], [HERE])
    assert [change[4:] for change in told(ledger)] == [("2025-03-03", "2025-03-04"), ("2025-03-04", "2025-03-03")]
    assert len(ids(ledger)) == 1


def test_redated_while_absent(tmp_path: Path) -> None:
    """The same document under another day, a list later: one agreement, absent from one list and back."""
    one, other = HERE.but(document="same.pdf"), HERE.but(document="same.pdf", signed=date(2025, 3, 4))
    ledger = sequence(tmp_path, [one], [], [other])
    assert len(ids(ledger)) == 1
    assert "delisted" not in kinds(ledger)
    assert ledger.agency(HERE.agency).agreements[0].signed == date(2025, 3, 4)


@pytest.mark.parametrize("beside", [False, True])
def test_a_much_earlier_day_with_another_document_is_no_switch(tmp_path: Path, beside: bool) -> None:
    """Nothing can have been renewed by what was signed before, and one model does not replace itself."""
    old, other = HERE.but(document="old.pdf"), HERE.but(signed=date(2025, 1, 3), document="other.pdf")
    ledger = sequence(tmp_path, [old], [old, other] if beside else [other], [other])
    assert sorted(kinds(ledger)) == ["delisted", "listed", "signed"]


def test_a_renewal_signed_before_the_old_day_was_first_listed(tmp_path: Path) -> None:
    """As of Knox County (TN): the list of January 2021 still printed 2017, for what was signed in June 2020."""
    old = HERE.but(signed=date(2017, 6, 15), document="old.pdf")
    new = HERE.but(signed=date(2020, 6, 8), document="new.pdf")
    ledger = sequence(tmp_path, [old], [new])
    assert sorted(kinds(ledger)) == ["renewed", "signed"]


@pytest.mark.parametrize("order", [1, -1])
def test_two_days_at_once(tmp_path: Path, order: int) -> None:
    """Two agreements of one agency and model; which row comes first does not matter."""
    one, other = HERE.but(document="one.pdf"), HERE.but(document="other.pdf", signed=date(2025, 4, 4))
    both = [one, other][::order]
    ledger = sequence(tmp_path, [], both, both)
    assert ledger.status(day(2)).agreements == 6
    assert ledger.status(day(2)).agencies == 5
    assert sorted(kinds(ledger)) == ["listed", "listed", "signed", "signed"]
    assert len(ids(ledger)) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_one_redated_and_one_new_at_once(tmp_path: Path, order: int) -> None:
    """3 March becomes 4 March, and a second agreement of 2 May is listed with it; in either order of rows."""
    mended, new = HERE.but(signed=date(2025, 3, 4)), HERE.but(signed=date(2025, 5, 2), document="new.pdf")
    ledger = sequence(tmp_path, [HERE], [mended, new][::order])
    assert sorted(kinds(ledger)) == ["corrected", "listed", "signed"]
    assert len(ids(ledger)) == 2


# -- another model -------------------------------------------------------------------------------------


def test_switched(tmp_path: Path) -> None:
    other = HERE.but(model=JEM, signed=date(2025, 5, 2))
    ledger = sequence(tmp_path, [HERE], [other])
    assert sorted(kinds(ledger)) == ["signed", "switched"]
    switched = ledger.changes(day(1), kinds=["switched"]).row(0, named=True)
    assert (switched["before"], switched["after"], switched["model"]) == ("WSO", "JEM", "JEM")
    assert {switched["agreement_id"], switched["other_id"]} == set(ids(ledger))


def test_one_of_two_models_switched(tmp_path: Path) -> None:
    jem, tfm = HERE.but(model=JEM), HERE.but(model=TFM, signed=date(2025, 5, 2))
    ledger = sequence(tmp_path, [HERE, jem], [jem, tfm])
    assert sorted(kinds(ledger)) == ["signed", "switched"]
    assert ledger.status(day(2)).agreements == 6


def test_a_second_model_beside_is_no_switch(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [HERE], [HERE, HERE.but(model=JEM, signed=date(2025, 5, 2))])
    assert sorted(kinds(ledger)) == ["listed", "signed"]


# -- corrections ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "field", "was", "now"),
    [
        ({"agency": "Synthetic Brak Adda County Sheriffs Dept."}, {}, "agency",
         "Synthetic Brak Adda County Sheriffs Dept.", HERE.agency),
        ({"county": "Made-op"}, {}, "county", "Made-op", "Made-up"),
        ({"county": None}, {}, "county", None, "Made-up"),
        ({"type": "Municipality"}, {}, "type", "Municipality", "County"),
        ({"type": None}, {}, "type", None, "County"),
        ({"signed": date(2025, 3, 4)}, {}, "signed", "2025-03-04", "2025-03-03"),
        ({"signed": None}, {}, "signed", None, "2025-03-03"),
        ({"signed": "soon"}, {}, "signed", "soon", "2025-03-03"),
        ({"document": "one.pdf"}, {"document": "two.pdf"}, "moa",
         "https://example.org/one.pdf", "https://example.org/two.pdf"),
        ({"model": "Warrant Services Officer"}, {}, "model", "Warrant Services Officer", WSO),
        ({"state": "TEXSA"}, {}, "state", "TEXSA", "TEXAS"),
    ],
)  # fmt: skip
def test_corrected(
    tmp_path: Path, before: dict[str, Any], after: dict[str, Any], field: str, was: str | None, now: str
) -> None:
    """ICE corrects one cell: shown with its field and both values, and not as an event."""
    ledger = sequence(tmp_path, [HERE.but(**before)], [HERE.but(**after)])
    assert told(ledger) == [(day(2), "corrected", "WSO", field, was, now)]
    assert ledger.table("agreements").height == 5


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"agency": f" {HERE.agency}  "}, {}),
        ({"agency": HERE.agency.replace("'", "’")}, {}),
        ({"agency": HERE.agency.upper()}, {}),
        ({"state": "Texas "}, {}),
        ({"county": "MADE-UP "}, {}),
        ({"model": "warrant service officer "}, {}),
        ({"type": "county"}, {}),
        ({"signed": "3/3/2025"}, {}),
        ({"type": "#NA"}, {"type": None}),
        ({"county": "#N/A"}, {"county": None}),
        # A misprint that appears is not a correction by ICE; one that disappears is.
        ({}, {"model": "Warrant Services Officer"}),
        ({}, {"state": "TEXSA"}),
        # A document that is posted corrects nothing.
        ({}, {"document": "posted.pdf"}),
    ],
)
def test_not_corrected(tmp_path: Path, before: dict[str, Any], after: dict[str, Any]) -> None:
    ledger = sequence(tmp_path, [HERE.but(**before)], [HERE.but(**after)])
    assert told(ledger) == []
    assert ledger.table("agreements").height == 5


def test_a_wrong_state_that_ice_mends(tmp_path: Path) -> None:
    """Declared in corrections.yml: Cass County is in Minnesota; the row under Montana is its own."""
    wrong = Row("Cass County Sheriff's Office", "MONTANA", TFM, date(2025, 2, 28))
    right = wrong.but(state="MINNESOTA")
    ledger = sequence(tmp_path, [wrong], [right])
    assert told(ledger) == [(day(2), "corrected", "TFM", "state", "MONTANA", "MINNESOTA")]
    assert [ledger.status(day(n)).by_state.get("MN") for n in (1, 2)] == [1, 1]
    assert "MT" not in ledger.status(day(1)).by_state


def test_misspelt_states_are_read_and_unknown_ones_reported(tmp_path: Path) -> None:
    misspelt = [HERE.but(state="UTAHJ"), HERE.but(state="PENNSLYVANIA"), HERE.but(state="WEST VIRIGINIA")]
    others = [row.but(state="TEXAS") for row in OTHERS]
    ledger = sequence(tmp_path, [*misspelt, HERE.but(state="ATLANTIS")], others=others)
    status = ledger.status(day(1))
    assert {code: status.by_state.get(code) for code in ("UT", "PA", "WV")} == {"UT": 1, "PA": 1, "WV": 1}
    assert (status.rows, status.agreements) == (8, 7)
    (problem,) = ledger.table("problems").filter(kind="unknown_state").iter_rows(named=True)
    assert (problem["row"], problem["column"], problem["found"]) == (9, "A", "'ATLANTIS'")


def test_an_unknown_model_is_reported_and_not_counted(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [HERE], [HERE, HERE.but(model="Tunnel Model")])
    assert (ledger.status(day(2)).rows, ledger.status(day(2)).agreements) == (6, 5)
    assert told(ledger) == []
    (problem,) = ledger.table("problems").filter(kind="unknown_model").iter_rows(named=True)
    assert (problem["file"], problem["row"], problem["column"]) == (list_name(day(2)), 7, "E")


# -- one row twice, and rows without a day -------------------------------------------------------------


def test_a_row_printed_twice_is_one_agreement(tmp_path: Path) -> None:
    spelled = HERE.but(agency=HERE.agency.upper())
    ledger = sequence(tmp_path, [HERE], [HERE, HERE], [HERE, spelled], [HERE])
    assert told(ledger) == []
    assert [(s.rows, s.agreements) for s in (ledger.status(day(n)) for n in (1, 2, 3, 4))] == [
        (5, 5), (6, 5), (6, 5), (5, 5),
    ]  # fmt: skip
    assert ledger.as_of(day(2)).filter(agency=HERE.agency)["times"].to_list() == [2]
    assert ledger.as_of(day(3))["times"].sum() == 6
    assert ledger.as_of(day(3), engine="duckdb").pl()["times"].sum() == 6


@pytest.mark.parametrize("cell", [None, "soon", "  ", date(2026, 3, 3)])
def test_an_unreadable_day_stays_with_its_agreement(tmp_path: Path, cell: date | str | None) -> None:
    """Also one far after the list that prints it: no agreement was signed next year."""
    unread = HERE.but(signed=cell)
    ledger = sequence(tmp_path, [HERE], [unread], [unread, *MORE], [HERE, *MORE])
    assert len(ids(ledger)) == 1
    assert [ledger.status(day(n)).agreements for n in (1, 2, 3, 4)] == [5, 5, 6, 6]
    assert not {"delisted", "renewed"} & set(kinds(ledger))
    (agreement,) = ledger.agency(HERE.agency).agreements
    assert agreement.signed == date(2025, 3, 3)
    where = ledger.table("problems").filter(kind="unreadable_signed").select("file", "row", "column").rows()
    assert where == [(list_name(day(2)), 6, "F"), (list_name(day(3)), 6, "F")]


def test_an_unreadable_day_beside_another_agreement(tmp_path: Path) -> None:
    """Of two agreements the one that lost its day is the one whose day is gone."""
    other = HERE.but(signed=date(2025, 4, 4))
    ledger = sequence(tmp_path, [HERE, other], [HERE.but(signed=None), other], [HERE, other])
    assert len(ids(ledger)) == 2
    assert not {"delisted", "renewed", "listed"} & set(kinds(ledger))


def test_an_unreadable_day_after_an_absence(tmp_path: Path) -> None:
    """The slot had one agreement, absent from one list: the row without a day is that one again."""
    ledger = sequence(tmp_path, [HERE], [], [HERE.but(signed=None)], [HERE])
    assert len(ids(ledger)) == 1
    assert not {"delisted", "relisted", "listed"} & set(kinds(ledger))


def test_a_day_filled_in_later(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [], [HERE.but(signed=None)], [HERE])
    assert told(ledger) == [
        (date(2025, 3, 3), "signed", "WSO", None, None, None),
        (day(2), "listed", "WSO", None, None, None),
        (day(3), "corrected", "WSO", "signed", None, "2025-03-03"),
    ]
    (agreement,) = ledger.agency(HERE.agency).agreements
    assert agreement.signed == date(2025, 3, 3)


# -- addenda -------------------------------------------------------------------------------------------


def test_addendum(tmp_path: Path) -> None:
    one, two = HERE.but(document="moa.pdf", addendum="one.pdf"), HERE.but(document="moa.pdf", addendum="two.pdf")
    ledger = sequence(tmp_path, [HERE.but(document="moa.pdf")], [one], [one], [two], [two])
    assert told(ledger) == [
        (day(2), "addendum", "WSO", "addendum", None, "https://example.org/one.pdf"),
        (day(4), "addendum", "WSO", "addendum", "https://example.org/one.pdf", "https://example.org/two.pdf"),
    ]


def test_an_addendum_that_the_moa_cell_told_before(tmp_path: Path) -> None:
    """Before July 2025 the MOA cell said "link | addendum": the column of its own tells nothing new."""
    before = HERE.but(document="moa.pdf", moa="link | addendum")
    after = HERE.but(document="moa.pdf", addendum="one.pdf")
    assert told(sequence(tmp_path, [before], [after])) == []


# -- pending -------------------------------------------------------------------------------------------

WAITING = Row(document=None)


def runs(ledger: Ledger) -> list[tuple[Any, ...]]:
    """The times for which the agency was listed as pending."""
    found = ledger.agency(HERE.agency).pending
    return [(p.model, p.first_day, p.last_day, p.outcome, p.days_to_signing) for p in found]


def test_pended_and_dropped(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [], [], [], waiting=[OTHERS, [*OTHERS, WAITING], OTHERS])
    assert days_and_kinds(ledger) == [(day(2), "pended"), (day(3), "pending_dropped")]
    assert runs(ledger) == [("WSO", day(2), day(2), "dropped", None)]


def test_pended_then_signed(tmp_path: Path) -> None:
    """Half of them leave the pending list on the day on which they are listed."""
    signed = HERE.but(signed=day(3))
    ledger = sequence(
        tmp_path, [], [], [signed], [signed], waiting=[OTHERS, [*OTHERS, WAITING], [*OTHERS, WAITING], OTHERS]
    )
    assert sorted(kinds(ledger)) == ["listed", "pended", "signed"]
    assert runs(ledger) == [("WSO", day(2), day(3), "signed", 1)]
    assert ledger.agency(HERE.agency).pending[0].agreement_id == ids(ledger)[0]


def test_gone_from_pending_before_it_is_listed(tmp_path: Path) -> None:
    """The drop is withdrawn by the list that has the agreement; until then it was shown."""
    signed = HERE.but(signed=day(4))
    ledger = sequence(tmp_path, [], [], [], [signed], waiting=[OTHERS, [*OTHERS, WAITING], OTHERS, OTHERS])
    assert sorted(kinds(ledger)) == ["listed", "pended", "signed"]
    assert kinds(ledger, known_on=day(3)) == ["pended", "pending_dropped"]
    assert runs(ledger) == [("WSO", day(2), day(2), "signed", 2)]


def test_never_dropped_after_the_last_pending_list(tmp_path: Path) -> None:
    """The pending lists end; what was on the last one has no outcome, unless its signing is listed."""
    ledger = sequence(tmp_path / "open", [], [], [], [], waiting=[OTHERS, [*OTHERS, WAITING]])
    assert runs(ledger) == [("WSO", day(2), day(2), "pending", None)]
    assert kinds(ledger) == ["pended"]
    signed = HERE.but(signed=day(4))
    ledger = sequence(tmp_path / "signed", [], [], [], [signed], waiting=[OTHERS, [*OTHERS, WAITING]])
    assert runs(ledger) == [("WSO", day(2), day(2), "signed", 2)]
    then = ledger.agency(HERE.agency, known_on=day(3)).pending[0]
    assert (then.outcome, then.agreement_id) == ("pending", None)


def test_absent_from_one_pending_list_and_back_is_no_event(tmp_path: Path) -> None:
    ledger = sequence(tmp_path, [], waiting=[[*OTHERS, WAITING], OTHERS, [*OTHERS, WAITING]])
    assert kinds(ledger) == []
    assert kinds(ledger, known_on=day(2)) == ["pending_dropped"]
    assert runs(ledger) == [("WSO", day(1), day(3), "pending", None)]


def test_pending_again_much_later_is_another_time(tmp_path: Path) -> None:
    waiting = [[*OTHERS, WAITING], OTHERS, OTHERS[:3], [*OTHERS[:3], WAITING]]
    ledger = sequence(tmp_path, [], waiting=waiting)
    mine = [change["kind"] for change in ledger.agency(HERE.agency).changes]
    assert mine == ["pending_dropped", "pended"]
    assert [run[3] for run in runs(ledger)] == ["dropped", "pending"]


def test_pending_under_one_model_while_it_holds_another(tmp_path: Path) -> None:
    jem = WAITING.but(model=JEM)
    signed = HERE.but(model=JEM, signed=day(3))
    ledger = sequence(tmp_path, [HERE], [HERE], [HERE, signed], waiting=[OTHERS, [*OTHERS, jem], OTHERS])
    assert runs(ledger) == [("JEM", day(2), day(2), "signed", 1)]
    assert len(ids(ledger)) == 2


def test_renewed_after_it_stood_as_pending_again(tmp_path: Path) -> None:
    """A new day in its place, no document on either, but it had gone back to the pending list."""
    new = HERE.but(signed=day(12))
    lists = {list_name(day(n)): participating([*OTHERS, HERE if n < 13 else new]) for n in (1, 8, 13)}
    lists |= {
        list_name(day(n), "mid", pending=True): pending([*rows(3, start=30), *([WAITING] if n == 9 else [])])
        for n in (1, 9, 13)
    }
    ledger = ledger_of(tmp_path, lists)
    assert "renewed" in kinds(ledger)
    assert len(ids(ledger)) == 2
    assert runs(ledger) == [("WSO", day(9), day(9), "signed", 3)]


# -- two times -----------------------------------------------------------------------------------------


def test_what_is_told_of_an_agency_as_known_on_a_day(tmp_path: Path) -> None:
    """Its name, cells, rows, agreements and pending times are as the lists known by then gave them."""
    first = HERE.but(agency="Synthetic Brak Adda County Sheriffs Dept.", county="Made-op", type="Municipality")
    new = first.but(signed=date(2025, 5, 2), document="new.pdf")
    wait = [[*OTHERS, WAITING.but(model=TFM)], OTHERS, [*OTHERS, WAITING.but(model=TFM)]]
    lists = [[first], [first, new], [HERE, new], [new], [HERE, new]]
    whole = sequence(tmp_path / "whole", *lists, waiting=wait)
    for number in range(1, 6):
        early = sequence(tmp_path / f"{number}", *lists[:number], waiting=wait[:number])
        then = early.agency(first.agency)
        now = whole.agency(then.id, known_on=day(number))
        for field in fields(AgencyAnswer):
            assert getattr(then, field.name) == getattr(now, field.name), field.name
        mine, theirs = early.changes(date.min), whole.changes(date.min, known_on=day(number))
        assert mine.equals(theirs)
