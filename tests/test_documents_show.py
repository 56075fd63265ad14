"""``documents show``: by the id of an agreement, or by the name of its agency."""

import json

import pytest
from typer.testing import CliRunner

from ledger287.cli.common import run_safely
from ledger287.cli.main import app


def run(*arguments: str) -> int:
    return run_safely(lambda: app(["documents", "show", *arguments], standalone_mode=False))


def test_an_agency_with_several_agreements_lists_their_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("Collier County Sheriff's Office", "--state", "FL") == 2
    said = capsys.readouterr().err
    assert "ag-xmzr6yc-jem-2020-06-09" in said and "ag-xmzr6yc-tfm-2025-02-24" in said


def test_a_listed_id_works(capsys: pytest.CaptureFixture[str]) -> None:
    run("ag-xmzr6yc-tfm-2025-02-24", "--json")
    assert '"agreement": "ag-xmzr6yc-tfm-2025-02-24"' in capsys.readouterr().out


def test_an_agency_with_one_agreement_is_shown_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    run("Town of Jupiter Island Public Safety Department", "--state", "FL", "--json")
    assert '"read": true' in capsys.readouterr().out


@pytest.mark.parametrize("said", ["ag-xmzr6yc-tfm-1999-01-01", "Elmtree Synthetic Sheriff", ""])
def test_what_no_list_has_is_refused(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(said) == 2
    assert capsys.readouterr().err


def test_a_day_in_doubt_says_how_to_look_at_it(capsys: pytest.CaptureFixture[str]) -> None:
    run("Eustis Police Department")
    said = " ".join(capsys.readouterr().out.split())
    assert "2025-03-25 doubt, page 9: the signature's stamp says 2025-03-26 a doubt: look at its place" in said
    assert said.count("--field agency_signed --picture page.png") == 1 and "--field ice_signed" not in said


def test_a_state_that_only_offices_of_ice_print_is_not_the_agencys(capsys: pytest.CaptureFixture[str]) -> None:
    """York County, SC, was in GA, the state of ICE's office that serves it."""
    run("ag-b4asf8w-jem-2020-06-09")
    assert "York County Sheriff's Office, state unread" in capsys.readouterr().out


def test_the_days_of_signing_are_shown_by_each_source_with_what_goes_by_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("ag-5ds9egj-tfm-2025-02-19", "--json")
    days = {one["of"]: one for one in json.loads(capsys.readouterr().out)["days"]}
    assert {of: one["day"] for of, one in days.items()} == {
        "list": "2025-02-19",
        "url": "2025-03-07",
        "ice_signature": "2025-03-07",
        "agency_signature": "2025-02-18",
    }
    assert "counts" in days["list"]["used_for"] and days["ice_signature"]["certainty"] == "read"
    run("ag-5ds9egj-tfm-2025-02-19")
    assert "ICE's list: 2025-02-19 counts, timelines" in " ".join(capsys.readouterr().out.split())


def test_each_documents_days_are_compared_with_the_day_in_the_name_of_its_file() -> None:
    done = CliRunner().invoke(app, ["documents", "compare", "--json"])
    rows = {row["file"]: row for row in json.loads(done.stdout)["days"]}
    assert rows["OwyheeCoID_TFM_MOA_03.07.25.pdf"]["url_day"] == "2025-03-07"


READ, NOT_LEGIBLE, NOT_READ = "ag-f02ndh2-wso-2025-03-27", "ag-e9z6yqd-tfm-2025-04-02", "ag-gkv4erw-tfm-2026-04-29"


@pytest.mark.parametrize(("agreement", "assumed"), [(READ, False), (NOT_LEGIBLE, True), (NOT_READ, True)])
def test_what_is_shown_of_a_document_says_where_its_form_is_assumed(
    agreement: str, assumed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    run(agreement)
    head = " ".join(" ".join(capsys.readouterr().out.splitlines()[:4]).split())
    assert ("template assumed" in head) == assumed


@pytest.mark.parametrize(("agreement", "said"), [(READ, "in its own document:"), (NOT_READ, "template assumed")])
def test_sources_of_an_agreement_say_whether_its_own_document_was_read(agreement: str, said: str) -> None:
    done = CliRunner().invoke(app, ["source", agreement])
    assert done.exit_code == 0 and said in done.stdout


@pytest.mark.parametrize(
    ("agency", "state", "said"),
    [
        ("Freeborn County Sheriff's Office", "MN", "not listed in the agreement; its own document was read"),
        ("Noxubee County Sheriff's Office", "MS", "template assumed: this agreement's own text was not read"),
        ("Lafayette County Sheriff's Office", "AR", "WSO not listed in the form in use that week (template assumed"),
    ],
)
def test_the_first_line_of_every_verdict_says_by_which_text(agency: str, state: str, said: str) -> None:
    asked = ["authority", "interrogate", "--agency", agency, "--state", state, "--on", "2026-05-08"]
    first = " ".join(CliRunner().invoke(app, asked).stdout.partition("\n  ")[0].split())
    assert said in first
