"""The command line: its keys, exit codes, help and errors are promises, and the documents agree with them."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ledger287
from commands import run_command as run
from ledger287.cli.main import app

REPOSITORY = Path(__file__).resolve().parents[1]
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands)  # type: ignore[union-attr]
DOCUMENTS = "\n".join(
    path.read_text(encoding="utf-8") for path in (REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md"))
)


def ask(*words: str) -> Any:
    """The JSON that a command prints."""
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def documented(command: str) -> set[str]:
    """The keys that docs/record.md promises for a command, nested ones too."""
    text = (REPOSITORY / "docs" / "record.md").read_text(encoding="utf-8").split("## JSON")[1].split("\n## ")[0]
    entry = re.search(rf"(?ms)^- `{command}`:(.*?)(?=^- `|\Z)", text)
    assert entry, f"docs/record.md says nothing of {command} --json"
    return set(re.findall(r"`(\w+)`", entry.group(1)))


def keys(answer: Any) -> set[str]:
    """The keys of an answer, nested ones too; those that are data (states, models) left out."""
    if isinstance(answer, list):
        return set().union(*map(keys, answer)) if answer else set()
    if not isinstance(answer, dict):
        return set()
    data = {"by_model", "by_state"}
    return set(answer) | set().union(*(keys(value) for key, value in answer.items() if key not in data), set())


def test_status_has_the_promised_keys() -> None:
    answer = ask("status", "--on", "2025-08-14")
    assert keys(answer) == documented("status")
    assert list(answer)[:10] == [
        "on", "list", "rows", "agreements", "agencies", "states", "territories", "by_model", "by_state", "pending",
    ]  # fmt: skip
    assert list(answer["list"]) == ["file", "published_at", "sha256", "age_days"]
    assert (answer["rows"], answer["agreements"], answer["states"]) == (896, 895, 40)


def test_changes_keep_corrections_apart() -> None:
    answer = ask("changes", "--since", "2025-09-01", "--until", "2025-09-10")
    assert keys(answer) == documented("changes")
    assert {row["kind"] for row in answer["corrections"]} == {"corrected"}
    assert "corrected" not in {row["kind"] for row in answer["changes"]}
    only = ask("changes", "--since", "2025-09-01", "--until", "2025-09-10", "--kind", "delisted", "--state", "FL")
    assert {(row["kind"], row["state"]) for row in only["changes"]} <= {("delisted", "FL")}


def test_agency_and_source_have_the_promised_keys() -> None:
    answer = ask("agency", "Campbell County Sheriff's Office", "--state", "VA")
    told = documented("agency") | documented("changes")
    assert keys({key: value for key, value in answer.items() if key != "changes"}) <= documented("agency")
    assert keys(answer) <= told
    found = ask("source", answer["agreements"][0]["agreement_id"], "--field", "signed")
    assert keys(found) == documented("source")
    first = found["values"][0]
    assert (first["printed"], first["value"]) == ("05/082025", "2025-05-08")
    assert first["by"] == "slip"


def test_lists_and_overview_have_the_promised_keys() -> None:
    assert keys(ask("lists", "--set-aside")) == documented("lists")
    assert {"status", "changes", "growth"} == set(ask("overview"))
    rows = ask("lists", "--file", "participatingAgencies03022026am.xlsx")
    assert len(rows) == 1499
    assert rows[0]["agency_printed"].strip() == "Autauga County Sheriff's Office"


def test_any_spelling_finds_its_agency() -> None:
    ledger = ledger287.open()
    names = ledger.table("names").join(ledger.table("agencies").select("agency_id", "state"), on="agency_id")
    for agency_id, name, state, correction in (
        names.sample(60, seed=287).select("agency_id", "name_printed", "state", "correction").iter_rows()
    ):
        found = ledger.agency(name, state=state)
        assert correction or found.id == agency_id, name


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["status", "--on", "14.8.2025"], "expected a day such as 2025-08-14"),
        (["status", "--state", "Florid"], "Did you mean: Florida (FL)"),
        (["status", "--model", "TTF"], "Expected one of: JEM, WSO, TFM"),
        (["status", "--on", "1999-01-01"], "the record begins on January 12, 2021"),
        (["status", "--on", "2002-07-01"], "the first agreement was signed on July 2, 2002"),
        (["status", "--record", "nowhere"], "no record here"),
        (["changes"], "--since"),
        (["changes", "--since", "2026-02-01", "--until", "2026-01-01"], "swap the two days"),
        (["changes", "--since", "2099-01-01"], "--since 2099-01-01 is after today"),
        (["changes", "--since", "2026-02-01", "--kind", "resigned"], "no kind of change 'resigned'"),
        (["agency", "Colier County Sherif"], "Collier County Sheriff's Office, FL"),
        (["agency", "Colier"], "The closest names: Collier County Sheriff's Office, FL (ag-xmzr6yc)"),
        (["agency", "Washington County Sheriff's Office"], "Say which with --state"),
        (["source", "ag-pm2afaf-tfm-2025-05-09"], "The closest ids: ag-pm2afaf-tfm-2025-05-08"),
        (["source", "ag-0000000-tfm-2025-01-01"], "Expected the id of an agreement, such as ag-"),
        (["source", "ag-pm2afaf-tfm-2025-05-08", "--field", "date"], "Expected one of: state"),
        (["lists", "--file", "participatingAgencies08142025.xlsx"], "The closest names"),
        (["build", "nowhere", "--out", "somewhere"], "no such folder"),
        (["check", "--date", "2025-13-40", "story.txt"], "check: --date: expected a date such as 2025-08-14"),
        (["nonsense"], "no such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_asked_wrongly(words: list[str], told: str, tmp_path: Path) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_the_record_variable() -> None:
    assert run("status", LEDGER287_RECORD="nowhere").returncode == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_and_the_documents_name_the_command(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert f"Example: ledger287 {command}" in done.output
    assert "--json" in done.output
    assert f"ledger287 {command}" in DOCUMENTS or f"`{command}`" in DOCUMENTS


def subcommands() -> list[list[str]]:
    """Every command, those of a group with the group's name before."""
    found = [[name] for name in COMMANDS]
    for group in app.registered_groups:
        inner = group.typer_instance
        names = [command.name or command.callback.__name__ for command in inner.registered_commands]  # type: ignore[union-attr]
        found += [[str(inner.info.name), name] for name in names]  # type: ignore[union-attr]
    return found


def test_every_option_that_the_documents_name_exists() -> None:
    of_others = r"(?m)^ *(?:pip-compile|\S*python -m benchmarks\.).*$|`(?:pip |--build-arg )[^`]*`"
    documents = re.sub(of_others, "", DOCUMENTS)
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", documents))
    helps = [CliRunner().invoke(app, [*words, "--help"]) for words in subcommands()]
    assert all(told.exit_code == 0 for told in helps)
    assert options <= {word for told in helps for word in re.findall(r"--[a-z][a-z-]+", told.output)}


def test_a_closed_pipe_is_not_told_as_an_error() -> None:
    command = f"{sys.executable} -m ledger287.cli.main lists | head -1"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.startswith(" May 8, 2026")


@pytest.mark.parametrize(
    "words",
    [
        ["rules", "no-such-rule"],
        ["build", "/no/such/folder", "--out", "/no/such/record"],
        ["check", "/no/such/story.txt"],
        ["outcomes held", "--on", "1900-01-01"],
        ["custody audit", "/no/such/cases.csv"],
        ["documents fetch", "--urls", "/no/such/urls.txt"],
        ["status", "--record", "/no/such/record"],
        ["export", "/dev/null/out"],
    ],
    ids=lambda words: words[0].replace(" ", "-"),
)
def test_a_refusal_begins_with_the_command_that_was_typed(words: list[str]) -> None:
    done = run(*words[0].split(), *words[1:])
    assert done.returncode == 2
    assert done.stderr.startswith(f"ledger287 {words[0]}: ")
