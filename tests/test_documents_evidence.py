"""What agreements' own documents add to answers of the record. The documents of the first test are synthetic."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import ledger287
from commands import run_command
from ledger287.custody.batch import texts
from ledger287.custody.batch.plans.agencies import agencies_of
from ledger287.custody.batch.texts import notes_on_texts
from ledger287.law.agreements import evidence
from ledger287.law.agreements.deriving import PLACED
from ledger287.law.agreements.documents import ReadChange, places_of, read_documents
from ledger287.law.authority import own_document
from ledger287.law.authority.own_document import conditions_in_words
from ledger287.web.pages.record.agency import own_document as own_document_of

OWN = replace(
    read_documents()[0], signed_page=7, ice_signed=date(2025, 3, 26), ice_certainty="read", agency_certainty="doubt"
)


def change(kind: str, before: str, after: str, field: str = "signed") -> dict[str, Any]:
    return {"kind": kind, "field": field, "before": before, "after": after, "agreement_id": "ag-example"}


@pytest.mark.parametrize(
    ("row", "supports"),
    [
        (change("corrected", "2025-03-27", "2025-03-26"), "after"),
        (change("corrected", "2025-03-26", "2025-03-27"), "before"),
        (change("corrected", "2025-03-24", "2025-03-27"), "neither"),
        (change("renewed", "2020-06-09", "2025-03-26"), "after"),
        (change("corrected", "2025-03-27", "2025-03-26", "county"), None),
        (change("perhaps_renewed", "a.pdf", "b.pdf", "moa"), None),
    ],
)
def test_document_supports_one_of_the_days(
    row: dict[str, Any], supports: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "document_of", lambda agreement: OWN)
    found = evidence.evidence_of(row)
    assert (found and found.supports) == supports
    assert found is None or (found.agency_signed is None and "March 26, 2025" in found.says)
    monkeypatch.setattr(evidence, "document_of", lambda agreement: replace(OWN, ice_certainty="doubt"))
    assert evidence.evidence_of(row) is None


def test_changes_show_evidence_and_do_not_change_by_it() -> None:
    asked = ("changes", "--since", "2025-07-28", "--until", "2025-07-28", "--state", "AL")
    rows = json.loads(run_command(*asked, "--json").stdout)["corrections"]
    told = {row["agreement_id"]: row["evidence"] for row in rows}
    assert told["ag-nwr4afa-wso-2025-03-27"]["supports"] == "after"
    assert told["ag-kmf3ndk-wso-2025-05-20"] is None
    assert next(row for row in rows if row["evidence"])["after"] == "2025-03-26"
    assert "ICE signed on March 26, 2025" in run_command(*asked).stdout


def test_audit_says_on_which_texts_its_clock_of_the_agreements_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = ledger287.open()
    own = next(row for row in read_documents() if row.model == "WSO" and row.version_certainty == "read" and row.agency)
    rows = {row["agreement_id"]: row for row in ledger.table("agreements").iter_rows(named=True)}
    names = {row["agency_id"]: (row["name"], row["state"]) for row in ledger.table("agencies").iter_rows(named=True)}
    read = {one.agreement for one in read_documents() if one.version_certainty == "read"}
    other = next(row for id_, row in rows.items() if row["model"] == "JEM" and id_ not in read)
    wanted = [names[rows[str(own.agreement)]["agency_id"]], names[other["agency_id"]]]
    agencies = agencies_of(ledger, [(name, state, state) for name, state in wanted])
    (note,) = notes_on_texts(agencies)
    assert f"{wanted[0][0]} (WSO {own.version})" in note
    assert "form of the model assumed for" in note
    assert notes_on_texts([replace(agency, agreements=()) for agency in agencies]) == ()
    hold = ReadChange("changed", ("hold",), "hold", 8, "48 hours", "24 hours")
    monkeypatch.setattr(texts, "changes_of", lambda agreement: (hold,) if agreement == own.agreement else ())
    assert "differs from its form on the hold, page 8" in notes_on_texts(agencies)[1]


def test_officers_conditions_say_whether_the_document_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    own = next(row for row in read_documents() if row.model == "JEM" and row.version_certainty == "read")
    said = conditions_in_words(str(own.agreement), "JEM", date(2025, 3, 1))
    assert said == f"the conditions are those of the agreement's own document, JEM {own.version}"
    assert "template assumed" in conditions_in_words("ag-example-jem-2025-03-01", "JEM", date(2025, 3, 1))
    training = ReadChange("changed", ("training",), "training", 3, "shall", "may")
    monkeypatch.setattr(own_document, "changes_of", lambda agreement: (training,))
    assert "differs from its form on officers, page 3" in conditions_in_words(str(own.agreement), "JEM", None)


def test_places_of_fields_are_inside_their_pages_and_drawn() -> None:
    placed = {row.sha256: places_of(row.sha256) for row in read_documents()}
    assert sum(map(bool, placed.values())) > 40
    for place in (each for places in placed.values() for each in places):
        left, top, right, bottom = place.box
        assert 0 <= left < right <= place.width + 10 and 0 <= top < bottom <= place.height + 10
    own = next(row for row in read_documents() if row.agreement and placed[row.sha256] and row.ice_certainty == "read")
    shown = own_document_of(str(own.agreement))
    assert shown and {place.field for _, places in shown["places"] for place in places} <= set(PLACED)
