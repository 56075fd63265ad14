"""A clock under a named agreement goes by its own document where that was read, and says so either way."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.custody.batch import texts
from ledger287.custody.clock import own_text
from ledger287.law.agreements.documents import ReadChange, changes_of, read_documents

READ = next(
    str(row.agreement)
    for row in read_documents()
    if row.agreement and row.model == "JEM" and row.version_certainty == "read"
)


def hold(hours: float | None) -> ReadChange:
    return ReadChange("changed", ("hold",), "AUTHORIZED FUNCTIONS", 4, "48", "24", hours)


def clock(agreement: str = READ) -> dict[str, Any]:
    answer = ledger287.custody_clock(
        "2025-07-03 10:00", agreement=agreement, zone="America/Chicago", state="TX", passed="2025-07-03 12:00"
    )
    end = next(one.end for one in answer.clocks if one.clock == "the agreement")
    return {"says": answer.says, "end": str(end), "governing": answer.governing, "notes": answer.notes}


def test_the_agreements_own_hours_govern_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock()["end"] == "2025-07-05 12:00:00-05:00"
    monkeypatch.setattr(own_text, "changes_of", lambda agreement: (hold(24.0),))
    own = clock()
    assert own["end"] == "2025-07-04 12:00:00-05:00" and own["governing"] == "the agreement"
    assert "own document" in own["says"] and "24 hours on page 4, in place of its form's" in own["says"]
    assert own["says"].endswith(own["notes"][-1])


def test_a_difference_without_hours_is_named_and_changes_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_text, "changes_of", lambda agreement: (hold(None),))
    own = clock()
    assert own["end"] == "2025-07-05 12:00:00-05:00"
    assert "differs from its form on the hold on page 4" in own["says"] and "the clock has the form's" in own["says"]


def test_a_template_is_never_passed_off_as_the_document() -> None:
    read = {row.agreement for row in read_documents()}
    rows = ledger287.open().table("agreements").select("agreement_id", "model").iter_rows()
    unread = next(id_ for id_, model in rows if model == "WSO" and id_ not in read)
    assert "Template assumed" in clock(unread)["says"]


@pytest.mark.parametrize("more", [["--agreement", "ag-none"], ["--agreement", READ, "--model", "WSO"]])
def test_an_unknown_agreement_or_another_model_is_refused(more: list[str]) -> None:
    command = ["custody", "clock", "--releasable", "2025-07-03 10:00", "--zone", "America/Chicago", *more]
    result = CliRunner().invoke(app, command)
    assert result.exit_code != 0 and more[1] in str(result.exception)


def test_the_command_gives_the_same() -> None:
    command = ["custody", "clock", "--releasable", "2025-07-03 10:00", "--zone", "America/Chicago", "--json"]
    answer = json.loads(CliRunner().invoke(app, [*command, "--agreement", READ]).stdout)
    assert "own document" in answer["notes"][-1]


def test_the_audit_names_the_hours_that_it_does_not_apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "changes_of", lambda agreement: (hold(24.0),))
    said = texts._differs("Synthetic County", "ag-x")
    assert "page 4, with 24 hours" in said and "by the clock of a case with this agreement" in said


def test_hours_of_its_own_come_with_their_page() -> None:
    own = [change for row in read_documents() if row.agreement for change in changes_of(row.agreement)]
    assert own and all(change.page for change in own if change.hold_hours)


def test_a_clock_says_that_the_document_was_signed_after_the_day_of_the_lists() -> None:
    said = (
        "Its own document was signed by ICE on Mar 7, 2025, after Feb 19, 2025, the signing day of the lists: "
        "whether it was in force before Mar 7, 2025 is open."
    )
    assert clock("ag-5ds9egj-wso-2025-02-19")["says"].endswith(said)
    assert "Its own document was signed" not in clock()["says"]
