"""What is said of the text of every agreement in the record: no form of a later day is named, and what it rests on."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

import ledger287
from ledger287.core import declared
from ledger287.core.finding import Finding
from ledger287.core.jsonable import as_json
from ledger287.law.agreements.clauses import DocumentClauses, text_of
from ledger287.law.agreements.documents import document_of
from ledger287.law.authority.authority_answer import CANNOT_TELL, LISTED, UnderAgreement
from ledger287.law.authority.deciding import authority, authority_table
from ledger287.law.authority.overall import own_overall, rests_overall
from ledger287.law.authority.own_document import conditions_in_words
from ledger287.law.lawbook.book import shipped

LEDGER = ledger287.open()
PRINTED = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b")
NAMED_ELSEWHERE = ("document", "addendum", "evidence", "cells")
"""Keys with the names of files, whose days are those of signing."""


def agreements() -> list[dict[str, Any]]:
    return list(LEDGER.table("agreements").iter_rows(named=True))


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            if key not in NAMED_ELSEWHERE:
                yield from words_of(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from words_of(inside)
    elif isinstance(value, str):
        yield value


def forms_in(words: Iterator[str]) -> set[date]:
    return {date(int(found[2]), int(found[0]), int(found[1])) for text in words for found in PRINTED.findall(text)}


def test_no_agreement_is_answered_with_a_form_that_did_not_exist_when_it_was_signed() -> None:
    templates = {row["id"]: row for row in declared.rules()["templates.yml"]["templates"]}
    counted = Counter[str]()
    for row in agreements():
        text = text_of(row["agreement_id"], row["model"], row["signed"])
        counted[text.basis] += 1
        for version in text.versions:
            assert templates[version]["model"] == row["model"]
            assert templates[version]["since"] <= row["signed"], (row["agreement_id"], version)
        said = conditions_in_words(row["agreement_id"], row["model"], row["signed"])
        assert all(day <= row["signed"] for day in forms_in(iter([said]))), said
    assert counted["document read"] > 200, counted


def test_no_surface_names_a_later_form() -> None:
    """The complete answer for every fourth agency with an agreement signed by early March 2025, as JSON."""
    early = [row for row in agreements() if row["signed"] and row["signed"] < date(2025, 3, 7)]
    assert len(early) > 250
    for agency in sorted({row["agency_id"] for row in early})[::4]:
        table = authority_table(LEDGER, agency, on=date(2025, 3, 20))
        for answer in table.answers:
            for under in answer.agreements:
                if under.signed:
                    late = {day for day in forms_in(words_of(as_json(under))) if day > under.signed}
                    assert not late, (under.agreement_id, answer.function, late)


def test_every_version_has_its_clauses_in_texts_of_its_own() -> None:
    """A clause is used for a version only where it was read in one; every topic of a model was."""
    book = shipped()
    topics = {model: {topic for (version, topic) in book.clauses if version.startswith(model)} for model in MODELS}
    for row in declared.rules()["templates.yml"]["templates"]:
        lacking = {topic for topic in topics[row["model"]] if (row["id"], topic) not in book.clauses}
        assert lacking <= {"steering-committee"}, row["id"]


MODELS = ("JEM", "WSO", "TFM")


def test_a_document_that_was_read_is_never_called_unread() -> None:
    named = Counter[str]()
    for row in agreements():
        own = document_of(row["agreement_id"])
        text = text_of(row["agreement_id"], row["model"], row["signed"])
        named[text.own_text] += 1
        if own is None and text.own_text != "read":
            assert text.own_text == "not available"
        elif own is not None:
            assert text.own_text != "not available"
            assert (text.own_text == "not legible") == (own.model is None and text.basis != "document read")
    assert all(named[word] for word in ("read", "version not read", "not legible", "not available")), named


@pytest.mark.parametrize(
    ("agency", "state", "day", "says"),
    [
        (
            "Collier County Sheriff's Office",
            "FL",
            date(2021, 6, 1),
            "listed in the agreement; its own document was read",
        ),
        (
            "Knox County Sheriff's Office",
            "TN",
            date(2025, 6, 1),
            "template assumed: this agreement's own text was read, but not which version of the form it has",
        ),
        (
            "Miami Springs Police Department",
            "FL",
            date(2025, 6, 1),
            "own document is available, but its text could not be read",
        ),
        ("Curry County Sheriff's Office", "NM", date(2025, 8, 14), "this agreement's own text was not read"),
    ],
)
def test_the_first_line_says_how_far_the_own_document_was_read(agency: str, state: str, day: date, says: str) -> None:
    assert says in authority(LEDGER, "hold", agency, state, day).verdict_says


def test_a_clause_of_an_undated_form_is_cited_by_that_form() -> None:
    answer = authority(LEDGER, "hold", "Cecil County Sheriff's Office", "MD", date(2021, 6, 1))
    clause = answer.agreements[0].clause
    assert clause is not None and clause.citation == "JEM agreement, form of 2020 (it prints no date)"
    assert "02/15/2025" not in json.dumps(as_json(answer))


def test_a_document_of_another_model_is_not_the_agreements_own() -> None:
    read = {"ag-x-wso-2025-03-05": DocumentClauses("ag-x-wso-2025-03-05", "TFM 02/12/2025")}
    text = text_of("ag-x-wso-2025-03-05", "WSO", date(2025, 3, 5), read)
    assert text.basis == "template assumed" and all(version.startswith("WSO") for version in text.versions)


def under(verdict: str, rests_on: Any, own_text: Any) -> UnderAgreement:
    finding = Finding(verdict, (), (), (), ())
    return UnderAgreement("made-up", "JEM", None, "in force", None, "", None, None, None, (), (), finding,
                          rests_on=rests_on, own_text=own_text)  # fmt: skip


def test_the_overall_answer_rests_on_the_weaker_of_two() -> None:
    best, form = under(LISTED, "document", "read"), under(LISTED, "form", "not available")
    none = under(CANNOT_TELL, None, "not legible")
    for both in ([best, form], [form, best], [none, form, best]):
        assert rests_overall(both, best.finding) == "form"
        assert own_overall(both, best.finding) == "not available"
    assert rests_overall([best, none], best.finding) == "document", "only those that give the verdict"
    assert rests_overall([none], none.finding) is None
    assert rests_overall([], best.finding) is None


def test_in_the_record_the_overall_answer_is_never_stronger_than_any_that_gives_it() -> None:
    order = ("document", "form", None)
    several = Counter(row["agency_id"] for row in agreements())
    checked = 0
    for agency in sorted(agency for agency, many in several.items() if many > 1)[::6]:
        answer = authority(LEDGER, "serve-arrest-warrant", agency, on=date(2025, 6, 1) + timedelta(days=30))
        same = [each.rests_on for each in answer.agreements if each.finding.verdict == answer.finding.verdict]
        if same:
            assert order.index(answer.rests_on) == max(map(order.index, same))
            checked += 1
    assert checked > 20
