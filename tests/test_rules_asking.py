"""The rules at their doors: commands, rosters from files, the page that is written from them, bad data."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.law.agreements.held import index
from ledger287.law.lawbook import read_provisions
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.shown.document import page
from ledger287.law.officers.roster_file import read_roster

REPOSITORY = Path(__file__).resolve().parents[1]
MADE_UP = {
    "officer_id": "MADE-UP-1",
    "agency": "Curry County Sheriff's Office",
    "model": "WSO",
    "nominated": "2025-05-20",
    "eligibility_attested": "yes",
    "trained": "2025-06-01",
    "certified": "2025-06-02",
    "authorised": "2025-06-03",
}
CURRY = ["--agency", "Curry County Sheriff's Office", "--state", "NM"]


def ask(*words: str, code: int = 0) -> Any:
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def roster_of(folder: Path, *rows: dict[str, str], name: str = "officers.csv") -> Path:
    path = folder / name
    headings = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(rows)
    return path


# -- commands ------------------------------------------------------------------------------------------------


def test_rules_of_a_state_on_a_day() -> None:
    before = {rule["id"] for rule in ask("rules", "--on", "2026-05-19", "--state", "NM")["rules"]}
    after = {rule["id"]: rule for rule in ask("rules", "--on", "2026-05-20", "--state", "NM")["rules"]}
    assert set(after) - before == {"nm-hb-9"}
    assert after["nm-hb-9"]["standing"] == "secondary"
    assert not [rule for rule in after.values() if rule["territory"] and "NM" not in rule["territory"]]


def test_rules_of_a_day_before_the_program_say_what_was_not_in_force() -> None:
    """Facts and texts of the program are not shown for days before it, nor Connecticut's act for days before it."""
    answer = ask("rules", "--on", "1993-07-01")
    holds = {rule["id"]: rule["holds"] for rule in answer["rules"]}
    assert [id for id, state in holds.items() if state == "in force"] == ["riverside", "or-ors-181a-820"]
    assert set(holds.values()) == {"in force", "day unknown"}
    assert {"moa-no-rights", "training-wso", "form-70-006", "ct-54-192h", "officers-trained"} <= set(answer["not_yet"])
    assert not set(answer["not_yet"]) & set(holds)
    assert "no earlier law is known here" in answer["open_questions"][0]
    later = ask("rules", "--on", "2026-05-08")
    assert {"moa-no-rights", "training-wso", "form-70-006", "ct-54-192h"} <= {rule["id"] for rule in later["rules"]}
    assert "ca-gov-7282-5" in later["ended"]
    text = " ".join(CliRunner().invoke(app, ["rules", "--on", "1993-07-01", "--state", "CT"]).output.split())
    assert "whose first day is not known" in text
    assert "that began later (each: ledger287 rules --diff 1993-07-01 " in text


def test_one_rule_says_what_is_not_formalised() -> None:
    rule = ask("rules", "md-sb-245", "--on", "2026-06-01")["rule"]
    assert rule["unsettled"]["reaches"] == "existing"
    assert rule["checked"] is False
    text = CliRunner().invoke(app, ["rules", "nm-hb-9"]).output
    assert "not formalized" in text
    assert "Not legal advice" in text


def test_difference_of_two_days() -> None:
    changes = ask("rules", "--diff", "2026-05-19", "2026-05-20")["changes"]
    assert [(each["rule"], each["before"], each["after"]) for each in changes] == [("nm-hb-9", "not yet", "in force")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rules", "nm-hb-10"], "The closest ids"),
        (["rules", "--state", "New Mexcio"], "Did you mean"),
        (["rules", "--diff", "2026-05-20", "2026-05-19"], "swap the two days"),
        (["rules", "--diff", "2026-05-20", "May"], "expected a day such as"),
        (["authority", "hold", "--agency", "Cury Sherif"], "The closest names"),
        (["authority", "deport", *CURRY], "Expected one of"),
        (["authority", "hold", *CURRY, "--officer-id", "7"], "give one with --officer"),
        (["roster", "nowhere.csv"], "nowhere.csv: no such file. Name one with a heading row"),
        (["roster", "officers.txt"], "expected a roster as .csv"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_asked_wrongly(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    from ledger287.cli.common import run_safely

    code = run_safely(lambda: app(words, standalone_mode=False))
    assert code == 2
    assert told in " ".join(capsys.readouterr().err.split())


def test_authority_as_text_and_json(tmp_path: Path) -> None:
    officers = roster_of(tmp_path, MADE_UP, MADE_UP | {"officer_id": "MADE-UP-2", "certified": ""})
    words = ["authority", "hold", *CURRY, "--on", "2026-05-19", "--officer", str(officers)]
    answer = ask(*words)
    assert answer["finding"]["verdict"] == "listed in the agreement"
    cell = answer["finding"]["evidence"][0]
    assert cell["file"] == "participatingAgencies05082026am.xlsx"
    assert [each["standing"] for each in answer["officers"]] == ["current", "incomplete"]
    assert [each["officer_id"] for each in ask(*words, "--officer-id", "MADE-UP-2")["officers"]] == ["MADE-UP-2"]
    text = CliRunner().invoke(app, words).output
    assert "grants no authority" in text
    assert "template assumed" in text
    assert "officer MADE-UP-2 (WSO): incomplete" in text


def test_the_cell_prints_the_agreement() -> None:
    """The evidence of every twentieth agency, on three days, is the row that the list prints."""
    ledger = ledger287.open()
    found = index(ledger)
    read = 0
    for agency in sorted(found.agencies)[::20]:
        for day in (date(2021, 3, 1), date(2025, 7, 27), date(2026, 4, 1)):
            for held in found.held(agency, day):
                lists = ledger.table("lists").filter(pl.col("file") == held.cells[0].file)
                prints = ledger.table("rows").filter(
                    pl.col("list").is_in(lists["list"].to_list()), pl.col("row") == held.cells[0].row
                )
                printed = prints.join(ledger.table("prints"), on="print").select("agency_id", "model")
                assert (agency, held.model) in printed.rows()
                read += 1
    assert read > 150


# -- rosters from files --------------------------------------------------------------------------------------


def test_a_roster_counts_and_names_who_lapses(tmp_path: Path) -> None:
    path = roster_of(
        tmp_path,
        MADE_UP,
        MADE_UP | {"officer_id": "MADE-UP-2", "authorised_until": "2026-03-20"},
        MADE_UP | {"officer_id": "MADE-UP-3", "revoked": "2026-01-01"},
    )
    answer = ask("roster", str(path), "--on", "2026-03-01", "--within", "20")["roster"]
    assert answer["counts"] == {"current": 2, "revoked": 1}
    assert [each["officer_id"] for each in answer["lapsing"]] == ["MADE-UP-2"]
    assert ask("roster", str(path), "--on", "2026-03-01", "--within", "19")["roster"]["lapsing"] == []


def test_the_same_roster_as_parquet_and_workbook(tmp_path: Path) -> None:
    frame = pl.DataFrame([MADE_UP]).with_columns(pl.col("trained", "certified", "authorised").str.to_date())
    frame.write_parquet(tmp_path / "officers.parquet")
    frame.write_excel(tmp_path / "officers.xlsx")
    from_csv = read_roster(roster_of(tmp_path, MADE_UP))[0]
    assert read_roster(tmp_path / "officers.parquet")[0] == from_csv
    assert read_roster(tmp_path / "officers.xlsx")[0] == from_csv


@pytest.mark.parametrize("column", ["Officer Name", "date_of_birth", "DOB", "SSN", "e-mail", "Home Phone", "race"])
def test_a_column_on_a_person_is_refused_by_its_heading(column: str, tmp_path: Path) -> None:
    path = roster_of(tmp_path, MADE_UP | {column: "x"})
    with pytest.raises(Refused, match="looks like"):
        read_roster(path)
    assert len(read_roster(path, [column])[0]) == 1


@pytest.mark.parametrize(
    "value",
    ["Jane Madeup", "Madeup, Jane", "Sgt. Jane Q. Madeup", "made.up@example.org", "000-00-0000", "A000-000-000"],
)
def test_a_column_on_a_person_is_refused_by_its_look(value: str, tmp_path: Path) -> None:
    for column in ("officer_id", "remarks"):
        with pytest.raises(Refused, match="looks like"):
            read_roster(roster_of(tmp_path, MADE_UP | {column: value}))


def test_bad_rows_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    path = roster_of(
        tmp_path,
        MADE_UP,
        MADE_UP,
        MADE_UP | {"officer_id": "MADE-UP-2", "model": "TTF"},
        MADE_UP | {"officer_id": "MADE-UP-3", "trained": "June"},
        MADE_UP | {"officer_id": ""},
        MADE_UP | {"officer_id": "MADE-UP-4", "remarks": "x"},
    )
    answer = ask("roster", str(path), "--on", "2026-03-01", code=1)
    assert answer["roster"]["officers"] == 2
    assert [(each["kind"], each["row"], each["column"]) for each in answer["problems"]] == [
        ("unknown_column", None, "I"),
        ("duplicate_officer", 3, None),
        ("unknown_model", 4, "C"),
        ("unreadable_day", 5, "F"),
        ("missing_value", 6, "A"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.csv", b"", "an empty file"),
        ("only.csv", b"officer_id,agency,model\n", "no officers"),
        ("short.csv", b"officer_id,agency\nMADE-UP-1,Made Up\n", "no column for model"),
        ("cut.parquet", b"PAR1 made up", "not a complete parquet file"),
        ("cut.xlsx", b"PK made up", "not a complete xlsx file"),
    ],
)
def test_files_that_are_no_roster(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused, match=told):
        read_roster(tmp_path / name)


# -- data and page -------------------------------------------------------------------------------------------


def test_the_page_is_current() -> None:
    """docs/rules.md is written from the rules: python -m ledger287.law.lawbook.shown.document docs/rules.md"""
    assert (REPOSITORY / "docs" / "rules.md").read_text(encoding="utf-8") == page()


RULE = {
    "id": "made-up",
    "says": "Made up.",
    "kind": "statute",
    "citation": "Made up",
    "standing": "primary",
    "checked_until": date(2026, 5, 31),
    "last_checked": date(2026, 5, 31),
    "source": "made up",
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"standing": "certain"}, "made-up: standing: expected one of primary"),
        ({"kind": "rumour"}, "made-up: kind: expected one of"),
        ({"saying": "x"}, "made-up: saying: expected no such key"),
        ({"territory": ["XX"]}, "made-up: territory"),
        ({"says": ""}, "made-up: says: expected a text"),
        ({"checked_until": "May"}, "made-up: checked_until: expected a day"),
        ({"parameters": [{"name": "hours", "value": 48, "unit": "hours", "since": "May"}]}, "parameter hours: since"),
        ({"parameters": [{"name": "hours", "unit": "hours"}]}, "parameter hours: value: expected a value"),
        ({"state_law": {"effect": "ban"}}, "state_law: effect: expected one of forbid"),
        ({"clause": {"model": "XYZ", "template": "t", "topic": "t"}}, "clause: model: expected one of"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_rule_that_is_not_understood_is_refused_by_file_and_id(
    change: dict[str, Any], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = declared.rules()
    kept = {name: real[name] for name in read_provisions.DATA_FILES if name in real}
    monkeypatch.setattr(declared, "rules", lambda: {**kept, "bad.yml": {"provisions": [RULE | change]}})
    with pytest.raises(Refused, match=r"declared/law/bad\.yml") as refused:
        read_provisions.read_provisions()
    assert told in str(refused.value)


def test_an_id_stands_once(monkeypatch: pytest.MonkeyPatch) -> None:
    real = declared.rules()
    kept = {name: real[name] for name in read_provisions.DATA_FILES if name in real}
    monkeypatch.setattr(declared, "rules", lambda: {**kept, "bad.yml": {"provisions": [RULE, RULE]}})
    with pytest.raises(Refused, match=r"is also in bad\.yml"):
        read_provisions.read_provisions()


def test_not_legal_advice_is_said() -> None:
    assert "This is not legal advice" in page()
    assert "grants no authority" in page()
    assert shipped().provision("ina-287-g-1").says in page()
