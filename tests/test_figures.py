"""The shipped record gives the figures known from elsewhere, and reads the traps of the lists right."""

from datetime import date

import polars as pl
import pytest

import ledger287
from ledger287.api import Ledger
from ledger287.core import declared


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger287.open(today=lambda: date(2026, 5, 8))


@pytest.mark.parametrize(
    ("day", "rows", "agreements", "states", "territories"),
    [
        (date(2021, 1, 20), 148, 148, None, 0),
        (date(2025, 1, 8), 135, 135, 21, 0),
        (date(2025, 3, 6), 308, 308, None, 0),
        (date(2025, 5, 29), 635, 635, 40, 0),
        (date(2025, 7, 1), 744, 743, None, 0),
        (date(2025, 8, 14), 896, 895, 40, 0),
        (date(2025, 8, 27), 896, 895, 40, 0),
        (date(2025, 9, 2), 957, 957, None, 0),
        (date(2025, 10, 1), 1035, 1035, None, 1),
        (date(2025, 12, 31), 1274, 1274, None, None),
        (date(2026, 1, 26), 1372, 1372, 39, 2),
        (date(2026, 2, 13), 1414, 1414, None, None),
        (date(2026, 3, 2), 1499, 1499, None, None),
    ],
)
def test_totals(
    ledger: Ledger, day: date, rows: int, agreements: int, states: int | None, territories: int | None
) -> None:
    status = ledger.status(day)
    assert (status.rows, status.agreements) == (rows, agreements)
    if states is not None:
        assert status.states == states
    if territories is not None:
        assert status.territories == territories
    assert sum(status.by_state.values()) == sum(status.by_model.values()) == status.agreements


@pytest.mark.parametrize(
    ("day", "jem", "wso", "tfm"),
    [
        (date(2025, 3, 6), 73, 125, 110),
        (date(2025, 5, 29), 100, 228, 307),
        (date(2025, 7, 1), 112, 269, 362),
        (date(2025, 10, 1), 133, 381, 521),
        (date(2025, 12, 31), 145, 445, 684),
        (date(2026, 3, 2), 152, 473, 874),
    ],
)
def test_totals_by_model(ledger: Ledger, day: date, jem: int, wso: int, tfm: int) -> None:
    assert ledger.status(day).by_model == {"JEM": jem, "WSO": wso, "TFM": tfm}


@pytest.mark.parametrize(
    ("state", "day", "agreements"),
    [
        ("MD", date(2026, 2, 17), 8),
        ("MD", date(2026, 4, 1), 2),
        ("CO", date(2026, 5, 8), 1),
        ("DE", date(2025, 5, 2), 1),
        ("DE", date(2025, 7, 1), 0),
        ("ME", date(2025, 10, 22), 1),
        ("ME", date(2025, 10, 23), 0),
    ],
)
def test_states_that_came_and_went(ledger: Ledger, state: str, day: date, agreements: int) -> None:
    assert ledger.status(day, state=state).agreements == agreements


def test_florida_has_agreements_of_fewer_agencies(ledger: Ledger) -> None:
    days = list(pl.date_range(date(2025, 6, 1), date(2026, 5, 8), eager=True))
    found = next(s for s in (ledger.status(d, state="FL") for d in days) if s.agreements >= 342)
    assert found.agreements == 342
    assert 270 <= found.agencies <= 285


def test_kinds_and_times_told_from_content(ledger: Ledger) -> None:
    lists = {row["file"]: row for row in ledger.lists().iter_rows(named=True)}
    assert lists["participatingAgencies09222025pm.xlsx"]["kind"] == "pending"
    assert lists["pendingAgencies09222025pm.xlsx"]["kind"] == "participating"
    assert lists["participatingAgencies08022025pm.xlsx"]["day"] == date(2025, 9, 2)
    assert lists["participatingAgencies090022025am.xlsx"]["day"] == date(2025, 9, 2)
    assert lists["participatingAgencies01052025pm.xlsx"]["day"] == date(2026, 1, 5)
    assert lists["pendingAgencies01092025pm.xlsx"]["day"] == date(2026, 1, 9)
    assert lists["pendingAgencies.xlsx"]["day"] == date(2025, 2, 21)
    assert lists["ParticipatingEntities-20210113002027.xlsx"]["day"] == date(2021, 1, 12), "stamped in UTC"
    assert lists["participatingAgencies03022026am.xlsx"]["rows"] == 1499, "its second sheet is a tally, and no list"
    assert lists["pendingAgencies11062025pm.xlsx"]["rows"] == 0


def test_an_older_list_under_a_newer_name_is_set_aside(ledger: Ledger) -> None:
    aside = ledger.lists(set_aside=True)
    assert aside["file"].to_list() == ["participatingAgencies04212025am.xlsx"]
    assert aside["rule"].to_list() == ["stale"]
    assert ledger.status(date(2025, 4, 21)).agreements == 444


def test_pending_is_told_only_while_a_list_is_fresh(ledger: Ledger) -> None:
    assert ledger.status(date(2025, 11, 6)).pending == 0, "a list with headings alone is a true zero"
    assert ledger.status(date(2025, 2, 21)).pending == 41
    assert ledger.status(date(2026, 3, 13)).pending == 2
    assert ledger.status(date(2026, 3, 14)).pending is None
    assert ledger.status(date(2021, 6, 1)).pending is None


@pytest.mark.parametrize(
    ("state", "name", "model", "signed"),
    [
        ("VA", "Campbell County Sheriff's Office", "TFM", date(2025, 5, 8)),
        ("TN", "Grundy County Sheriff's Office", "WSO", date(2025, 7, 7)),
        ("TX", "Terry County Sheriff's Office", "WSO", date(2025, 7, 7)),
        ("AZ", "Cochise County Sheriff's Office", "WSO", date(2025, 8, 28)),
        ("WV", "Hampshire County Sheriff's Office", "TFM", date(2025, 12, 2)),
        ("NY", "Mohawk Village Police Department", "TFM", date(2026, 3, 19)),
    ],
)
def test_misprinted_days(ledger: Ledger, state: str, name: str, model: str, signed: date) -> None:
    found = [a for a in ledger.agency(name, state=state).agreements if a.model == model]
    assert [a.signed for a in found] == [signed], "one agreement, on the day meant"


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Cass County Sheriff's Office", "MN"),
        ("Crow Wing County Sheriff's Office", "MN"),
        ("Lake Placid Police Department", "FL"),
        ("Wichita County Sheriff's Office", "TX"),
    ],
)
def test_agencies_listed_under_a_wrong_state(ledger: Ledger, name: str, state: str) -> None:
    answer = ledger.agency(name, state=state)
    assert len({spelling.state.strip().upper() for spelling in answer.names}) > 1
    printed = {spelling.state.strip().upper() for spelling in answer.names}
    codes = {code.name.upper(): code.code for code in (*declared.states(), *declared.territories())}
    for wrong in printed & codes.keys():
        assert ledger.agency(name, state=codes[wrong]).id == answer.id, "a state printed wrongly leads here"


def test_the_day_pennsylvania_was_misspelt(ledger: Ledger) -> None:
    before, during = ledger.status(date(2026, 2, 17), state="PA"), ledger.status(date(2026, 2, 27), state="PA")
    assert 0 < before.agreements <= during.agreements
    changes = ledger.changes(date(2026, 2, 27), date(2026, 3, 3), state="PA", kinds=["delisted", "listed"])
    assert changes.height < 10, "a misspelt state is no new agency"
    mended = ledger.changes(date(2026, 3, 2), date(2026, 3, 3), state="PA", kinds=["corrected"])
    assert (mended["field"] == "state").sum() > 60


def test_one_row_stood_twice_in_late_august_2025(ledger: Ledger) -> None:
    twice = ledger.as_of(date(2025, 8, 20)).filter(pl.col("times") > 1)
    assert twice["agency"].to_list() == ["Volusia County Sheriff's Office"]


def test_every_misprint_of_a_model_is_read(ledger: Ledger) -> None:
    prints = ledger.table("prints")
    read = dict(
        prints.filter(pl.col("model_printed").is_not_null())
        .select(pl.col("model_printed").str.strip_chars(), "model")
        .iter_rows()
    )
    assert read["Warrant Services Officer"] == read["Warrant Service Office"] == "WSO"
    assert read["Task Force Officer"] == "TFM"
    assert read["Jail Enforcment Model"] == "JEM"
    assert set(read.values()) == {"JEM", "WSO", "TFM"}


def test_documents_are_unwrapped_and_their_raw_addresses_kept(ledger: Ledger) -> None:
    prints = ledger.table("prints").filter(pl.col("moa").is_not_null())
    assert prints.filter(pl.col("moa").str.contains("safelinks|web.archive.org|chrome-extension")).is_empty()
    raw = prints.filter(pl.col("moa_link").str.contains("safelinks"))
    assert not raw.is_empty()
    assert raw["moa"].str.starts_with("https://www.ice.gov/").all()


def test_a_renewal_and_a_redating(ledger: Ledger) -> None:
    etowah = ledger.agency("Etowah County Sheriff's Office").agreements
    jails = [(a.signed, a.status) for a in etowah if a.model == "JEM"]
    assert jails[:3] == [
        (date(2008, 7, 8), "delisted"),  # by ICE's pages of 2011 to 2013
        (date(2013, 6, 28), "delisted"),
        (date(2016, 6, 8), "delisted"),
    ]
    renewed = ledger.changes(date(2022, 3, 1), date(2022, 3, 31), state="AL", kinds=["renewed"])
    assert renewed["before"].to_list() == ["2016-06-08"]
    freeborn = [a for a in ledger.agency("Freeborn County Sheriff's Office").agreements if a.model == "WSO"]
    assert [a.signed for a in freeborn] == [date(2025, 3, 26)], "re-dated by a day, still one agreement"


def test_a_switch(ledger: Ledger) -> None:
    switched = ledger.changes(date(2026, 4, 1), date(2026, 4, 30), kinds=["switched"]).to_dicts()
    assert [(c["agency"], c["before"], c["after"]) for c in switched] == [
        ("Person County Sheriff's Office", "JEM", "WSO")
    ]


def test_absent_from_one_list_and_back_is_no_event(ledger: Ledger) -> None:
    garrett = ledger.agency("Garrett County Sheriff's Office")
    kinds = [c["kind"] for c in garrett.changes if date(2026, 2, 17) < c["day"] < date(2026, 3, 10)]
    assert "delisted" not in kinds
    assert "relisted" not in kinds
    then = ledger.agency("Garrett County Sheriff's Office", known_on=date(2026, 3, 4))
    assert "delisted" in [c["kind"] for c in then.changes], "on that day nobody could know that it would be back"


def test_pending_rows_are_followed(ledger: Ledger) -> None:
    pending = ledger.table("pending")
    outcomes = dict(pending.group_by("outcome").len().iter_rows())
    standing = pending.filter(pl.col("last_list") == pl.col("last_list").max())
    assert standing.height == 2
    assert set(standing["outcome"]) == {"signed"}, "both stood on the last pending list, and were listed after it"
    assert outcomes["signed"] > 850
    signed = pending.filter(pl.col("outcome") == "signed")
    assert signed["agreement_id"].null_count() == 0
    assert 0 <= signed["days_to_signing"].median() <= 30  # type: ignore[operator]


def test_days_before_the_record_are_refused(ledger: Ledger) -> None:
    with pytest.raises(ledger287.Refused, match="begins on January 12, 2021"):
        ledger.status(date(2020, 12, 31))


def test_growth_counts_each_agreement_once_on_every_list(ledger: Ledger) -> None:
    """A row that is printed twice, in different words (August 2025), is not another agreement."""
    for row in ledger.growth().filter(pl.col("day").dt.day() % 7 == 0).unique("day", keep="last").iter_rows(named=True):
        by_model = ledger.status(row["day"]).by_model
        assert {model: row[model] for model in by_model} == by_model, row["day"]
