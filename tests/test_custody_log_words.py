"""The everyday words of jail systems in a log, lines that stay unread, and exports of two months that have one case."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from ledger287.api import custody_audit
from ledger287.core.problem import Refused
from ledger287.custody.case.event_words import event_named, is_of_nothing, names_ice, phrases
from ledger287.custody.case.vocabulary import events
from ledger287.custody.intake.columns.headings import held
from ledger287.custody.intake.columns.proposing import proposed

WORDS = {
    "ICE HOLD": "detainer_received",
    "Immigration Detainer Lodged": "detainer_received",
    "DTNR RCVD - ICE": "detainer_received",
    "Det. rcvd": "detainer_received",
    "ICE DETAINER LIFTED": "detainer_cancelled",
    "Cancelled ICE hold": "detainer_cancelled",
    "BOND POSTED": "charges_cleared",
    "All local charges dismissed": "charges_cleared",
    "REL TO ICE": "ice_took_person",
    "Released - ICE": "ice_took_person",
    "Turned over to ICE agents": "ice_took_person",
    "48 HR HOLD STARTED": "hold_started",
    "Held for ICE": "hold_started",
    "Copy of detainer given to inmate": "served_on_person",
    "I-200 served on inmate": "warrant_served",
    "ICE duty officer notified": "ice_notified",
    "Magistrate ordered hold": "judge_ordered",
    "Inmate claims US citizenship": "citizenship_claimed",
    "Release complete": "released",
    "Hold released": None,
    "IMM DETAINER RECVD": "detainer_received",
    "Rec'd detainer from ICE": "detainer_received",
    "ICE HOLD LODGED BY ERO": "detainer_received",
    "DETAINER - ICE - RESCINDED": "detainer_cancelled",
    "BONDED OUT": "charges_cleared",
    "CASE DISM BY JUDGE": "charges_cleared",
    "Fines pd": "charges_cleared",
    "HELD ONLY FOR ICE": "hold_started",
    "Inmate served w/ detainer": "served_on_person",
    "ICE P/U": "ice_took_person",
    "Detainer received by inmate": None,
    "Probation detainer lodged": None,
    "No ICE detainer received": None,
    "PROPERTY ACCEPTED": None,
    "HELD FOR ICE PICKUP": None,
    "RELEASED OWN RECOG": "released",
    "REL TO PAROLE": "released",
    "T.O.T. ICE": "ice_took_person",
    "TOT TO ICE": "ice_took_person",
    "NOL PROS": "charges_cleared",
    "DA NO FILE": "charges_cleared",
    "EOS": "charges_cleared",
    "COURT ORDER RELEASE": "charges_cleared",
    "48HR HOLD BEGIN": "hold_started",
    "WARRANT OF REMOVAL": "warrant_received",
    "IAR RECEIVED": "status_answered",
    "XFER TO ANNEX": "transferred",
    "RE-BOOKED": "booked",
    "RELEASE PROCESS STARTED": None,
    "JUDICIAL WARRANT RECEIVED": None,
    "USMS HOLD": None,
    "ICE DETAINER ADDED TO JACKET": "detainer_received",
    "FED DETAINER - ICE": "detainer_received",
    "I-247A RECEIVED BY EMAIL": "detainer_received",
    "ICE HOLD REQUEST": "detainer_received",
    "ICE HOLD LIFTED PER EMAIL": "detainer_cancelled",
    "ICE DETAINER CANCELLATION RECEIVED": "detainer_cancelled",
    "DROP ICE HOLD": "detainer_cancelled",
    "NO PC FOUND": "charges_cleared",
    "PTR GRANTED": "charges_cleared",
    "LOCAL CHGS CLEAR": "charges_cleared",
    "BAIL POSTED BY FAMILY": "charges_cleared",
    "ICE 48 HRS BEGIN": "hold_started",
    "HOLD FOR ICE ONLY": "hold_started",
    "COPY OF I-247A GIVEN TO I/M": "served_on_person",
    "I-200 SERVED BY DSO": "warrant_served",
    "NOTIFIED ICE READY FOR PICKUP": "ice_notified",
    "EMAIL SENT TO ICE": "ice_notified",
    "RELEASED TO FEDERAL AGENCY - ICE": "ice_took_person",
    "MAGISTRATE ORDER ICE HOLD": "judge_ordered",
    "HOLD PER ICE DETAINER": None,
    "ADVISED BY ICE TO RELEASE": None,
    "ICE CALLED FOR PICK UP": None,
    "200 GIVEN": None,
    "I-200 SERVED TO ICE": None,
    "ICE HOLD REMAINS": None,
    "FEDERAL DETAINER RECEIVED": None,
    "FBI DETAINER VIA EMAIL": None,
}
HEAD = "Booking #,Event Date,Event Time,Event Description\n"
JANUARY = "Booking #,Booked,ICE Detainer Rec'd,Detainer Type,Eligible for Release,Actual Release\n"


def verdicts(out: Path) -> dict[str, dict[str, str]]:
    rows = duckdb.execute(
        'select "case", duty, verdict from read_parquet(?)', [str(out / "findings.parquet")]
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for case, duty, verdict in rows:
        found.setdefault(case, {})[duty] = verdict
    return found


def audited(folder: Path, *texts: str, **asked: Any) -> tuple[Any, dict[str, dict[str, str]]]:
    files = []
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts, 1):
        files.append(folder / f"export-{number}.csv")
        files[-1].write_text(text, encoding="utf-8")
    done = custody_audit(files, folder / "out", **{"zone": "America/Chicago", "state": "TX", "model": "WSO"} | asked)
    return done, verdicts(folder / "out")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_jail_systems_is_its_event(word: str) -> None:
    assert event_named(word) == WORDS[word]


def test_every_declared_phrase_is_of_an_event_and_none_of_nothing() -> None:
    assert set(phrases().values()) == set(events())
    assert not [phrase for phrase in phrases() if is_of_nothing(phrase)]


def test_a_log_in_everyday_words(tmp_path: Path) -> None:
    """Released 49.5 hours after bond was posted; a move to another cell is no event of an audit."""
    text = (
        f"{HEAD}25-1,06/14/2025,22:10,BOOK IN\n25-1,06/15/2025,09:00,ICE HOLD\n25-1,06/15/2025,10:00,HOUSING MOVE\n"
        "25-1,06/16/2025,13:00,BOND POSTED\n25-1,06/18/2025,14:30,REL TO ICE\n"
    )
    done, found = audited(tmp_path, text)
    assert found["25-1"]["over_limit"] == "missed" and "no_detainer" not in found["25-1"]
    assert not done.problems and any("1 line of 'housing move' not read" in note for note in done.notes)


@pytest.mark.parametrize("heads", ["case,when,what", "Booking No,Entry Time,Entry"])
def test_a_map_of_a_log_says_what_each_word_is_read_as(tmp_path: Path, heads: str) -> None:
    file = tmp_path / "log.csv"
    words = ["BOOKED", "IMM DETAINER RECVD", "CASE DISMISSED", "COURT", "HELD FOR ICE PICKUP", "JANE ROE", "BOOKED"]
    file.write_text(heads + "\n" + "".join(f"25-{n},06/14/2025 22:10,{word}\n" for n, word in enumerate(words)))
    found = proposed(file)
    assert found.shape == "log"
    assert [(one.word, one.rows, one.event) for one in found.words] == [
        ("'BOOKED'", 2, "booked"), ("'IMM DETAINER RECVD'", 1, "detainer_received"),
        ("'CASE DISMISSED'", 1, "charges_cleared"), ("'COURT'", 1, "no event of an audit"),
        ("'HELD FOR ICE PICKUP'", 1, ""), ("'xxxx xxx'", 1, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("local", [True, False])
def test_a_release_to_ice_is_ice_taking_the_person(tmp_path: Path, local: bool) -> None:
    """49.5 hours after bond was posted. Released to a parent, or to no one who is named, is a release."""
    ends = ("14:30", "14:30", "14:30") if local else ("14:30 -05:00",) * 3
    text = "Booking #,Booked,ICE Detainer Rec'd,Bond Posted,Release Date,Release To\n" + "".join(
        f"25-{n},6/14/2025 22:10,6/15/2025 9:00,6/16/2025 13:00,6/18/2025 {end},{whom}\n"
        for n, (end, whom) in enumerate(zip(ends, ("US ICE/ERO", "PARENT", "OTHER THAN ICE"), strict=True))
    )
    done, found = audited(tmp_path, text)
    rows = pq.read_table(tmp_path / "out" / "cases.parquet").to_pylist()
    assert [row["hold"] == "held for ICE" for row in rows] == [True, False, False]
    assert [row["ice_took_person"] == row["left"] for row in rows] == [True, False, False]
    assert [row["released"] == row["left"] for row in rows] == [False, True, True]
    assert found["25-0"]["over_limit"] == "missed" and not done.problems
    assert any("1 release to ICE" in note for note in done.notes)


def test_a_line_that_stays_unread_accuses_nobody(tmp_path: Path) -> None:
    """25-2 has a line that may be its detainer, or of ICE taking the person; the others' words may be neither."""
    lines = "".join(
        f"{case},06/14/2025,22:10,BOOK IN\n{case},06/15/2025,09:00,{word}\n"
        f"{case},06/16/2025,13:00,BOND POSTED\n{case},06/18/2025,14:30,{end}\n"
        for case, word, end in (
            ("25-1", "ICE HOLD", "REL TO ICE"),
            ("25-2", "ICE FLRB ENTRD", "RELEASED"),
            ("25-3", "HOUSING MOVE", "REL TO ICE"),
            ("25-4", "SNOWED", "REL TO ICE"),
        )
    )
    done, found = audited(tmp_path, HEAD + lines)
    assert done.problems == {"unknown_event": 2}
    assert [int(one.split(" row ")[1].split()[0]) for one in done.problems_shown] == [6, 14]
    assert set(found["25-2"].values()) == {"cannot tell"} and "over_limit" in found["25-2"]
    assert found["25-3"]["no_detainer"] == found["25-4"]["no_detainer"] == "missed"


def test_a_case_that_is_open_in_one_export_and_closed_in_the_next_is_one(tmp_path: Path) -> None:
    """73 hours from January 30, 8:00 to February 2, 9:00; the form is in the first file only, and written otherwise."""
    january = f"{JANUARY}26-1,1/20/2026 22:00,1/21/2026 9:00,I-247A,1/30/2026 8:00,\n"
    february = f"{JANUARY}26-1,1/20/2026 22:00,1/21/2026 9:00,i247a,1/30/2026 8:00,2/2/2026 9:00\n"
    done, found = audited(tmp_path, january, february)
    assert (done.cases, done.problems) == (1, {})
    assert found["26-1"] == {"over_limit": "missed", "exceeds_request": "missed"}
    assert any("joined into one" in note for note in done.notes)


def test_cells_that_contradict_name_both_rows(tmp_path: Path) -> None:
    january = f"{JANUARY}26-2,1/22/2026 22:00,1/23/2026 9:00,I-247A,1/30/2026 8:00,\n"
    february = f"{JANUARY}26-9,1/22/2026 22:00,,,1/23/2026 8:00,1/23/2026 9:00\n"
    february += "26-2,1/22/2026 22:00,1/23/2026 9:00,I-247A,1/31/2026 8:00,2/1/2026 9:00\n"
    done, _ = audited(tmp_path, january, february)
    one, two = (str(tmp_path / f"export-{number}.csv") for number in (1, 2))
    assert done.problems == {"duplicate_case": 2} and done.cases == 1
    for said, (file, row), (other, its) in zip(
        sorted(done.problems_shown), ((one, 1), (two, 2)), ((two, 2), (one, 1)), strict=True
    ):
        assert said.startswith(f"{file} row {row} column ")
        assert f"found '26-2' with another 'Eligible for Release' in {other} row {its}." in said


def test_a_row_again_and_a_later_stay_are_two_stays(tmp_path: Path) -> None:
    row = "26-3,1/22/2026 22:00,1/23/2026 9:00,I-247A,1/25/2026 8:00,1/26/2026 8:00\n"
    later = "26-3,2/10/2026 22:00,2/11/2026 9:00,I-247A,2/13/2026 8:00,2/16/2026 8:00\n"
    done, found = audited(tmp_path, JANUARY + row + row, JANUARY + row + later)
    assert (done.cases, done.problems) == (2, {})
    assert set(found) == {"26-3 (stay 2)"} and found["26-3 (stay 2)"]["over_limit"] == "missed"


def test_a_line_that_stays_unread_is_no_event_that_is_there_twice(tmp_path: Path) -> None:
    """Two exports that overlap have the same lines: only events that were read are said to be there twice."""
    lines = "".join(
        f"made-up-1,06/{day}/2025,10:00,{event}\n"
        for day, event in (("14", "BOOKED"), ("15", "ICE HOLD"), ("15", "ICE XQ TRANSMITTED"), ("16", "RELEASED"))
    )
    audited(tmp_path, HEAD + lines, HEAD + lines)
    problems = (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8")
    assert "booked in rows" in problems
    assert "?" not in problems


def test_a_file_whose_days_settle_nothing_is_read_as_one_of_its_headings(tmp_path: Path) -> None:
    """50 hours from June 30, 8:00 to July 2, 10:00. With other headings, or two orders, the question stays."""
    june = f"{HEAD}25-1,6/28/2025,21:00,BOOK IN\n25-1,6/29/2025,08:00,ICE HOLD\n25-1,6/30/2025,08:00,BOND PD\n"
    july = f"{HEAD}25-1,7/2/2025,10:00,REL TO ICE\n"
    done, found = audited(tmp_path, june, july)
    assert found["25-1"]["over_limit"] == "missed"
    assert any("month first, as" in note and "with the same headings shows" in note for note in done.notes)
    other = july.replace("Event Date", "Date")
    swapped = f"{HEAD}25-9,28/6/2025,21:00,BOOK IN\n"
    both = june.replace("6/28", "28/6") + "25-2,7/2/2025,9:00,BOOKED\n"
    for texts in ((june, other), (june, swapped, july), (june, both)):
        with pytest.raises(Refused, match="are its days written month first"):
            audited(tmp_path, *texts)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("BKNO", "case"), ("Booking Ref", "case"), ("Inmate Booking No", "case"), ("LOGDT", "at"), ("LOGTM", "at"),
        ("Release Reason", "released_to"), ("Court Case Number", None), ("Offender ID", None), ("Case Status", None),
        ("Update", None), ("Paid", None),
    ],
)  # fmt: skip
def test_a_heading_of_joined_words_or_of_a_case_number(heading: str, field: str | None) -> None:
    found = held(heading, "log") or held(heading, "cases")
    assert (found and found.field) == field


@pytest.mark.parametrize(
    ("cell", "to_ice"),
    [
        ("ICE", True), ("RELEASED TO ICE", True), ("ICE/ERO Synthetic Field Office", True),
        ("Xfer to Immigration", True),
        ("ICE DETAINER LIFTED", False), ("ICE declined", False), ("ICE bond posted", False), ("Not ICE", False),
        ("Time served", False),
    ],
)  # fmt: skip
def test_whom_a_person_was_released_to(cell: str, to_ice: bool) -> None:
    assert names_ice(cell) is to_ice


def test_a_juvenile_is_a_flag_that_changes_nothing_and_is_counted(tmp_path: Path) -> None:
    held = "TX,2025-06-02 09:00,2025-06-08 10:00,2025-06-08 10:00,2025-06-10 12:00"
    head = "case,juvenile,state,detainer_received,charges_cleared,hold_started,released\n"
    done, found = audited(tmp_path / "table", f"{head}25-1,yes,{held}\n25-2,no,{held}\n25-3,,{held}\n")
    assert any("1 case has the flag of a juvenile" in note for note in done.notes)
    assert found["25-1"] == found["25-2"] == found["25-3"]
    text = f"{HEAD}25-1,06/14/2025,22:10,BOOK IN\n25-1,06/14/2025,22:20,JUVENILE\n25-1,06/15/2025,14:30,RELEASED\n"
    done, _ = audited(tmp_path / "log", text)
    assert not done.problems and any("1 line of 'juvenile' not read" in note for note in done.notes)
