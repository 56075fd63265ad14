"""What docs/custody.md shows is what the commands print, from the files that it shows.

``python tests/test_custody_docs.py`` writes the real output, the table of duties and the JSON keys into the document.
"""

import json
import re
import shlex
import tempfile
from dataclasses import fields
from pathlib import Path

import pytest

from commands import run_command
from custody_reading import declared, met
from ledger287.custody.clock.answer import ClockAnswer
from ledger287.custody.duties.table import BIT, DUTIES
from ledger287.custody.report.tables.summary import Summary

KINDS = ("missed", "cannot_tell")
DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "custody.md"
EXAMPLE = re.compile(r"(?ms)`(\w+\.csv)`:\n\n```csv\n(.*?)^```$")
BLOCK = re.compile(r"(?ms)^```\n(\$ ledger287 .*?)^```$")


def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def run(command: str, folder: Path) -> str:
    """What a command prints in a folder that has the document's examples, on a terminal 110 columns wide."""
    for name, content in EXAMPLE.findall(text()):
        (folder / name).write_text(content, encoding="utf-8")
    done = run_command(*shlex.split(command)[1:], folder=folder, COLUMNS="110")
    assert done.returncode in (0, 1), done.stderr
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def rendered(block: str, folder: Path) -> str:
    command = block.splitlines()[0].removeprefix("$ ")
    return f"$ {command}\n{run(command, folder)}\n"


@pytest.mark.parametrize("block", BLOCK.findall(text()), ids=lambda block: block[12:40])
def test_the_document_shows_the_real_output(block: str, tmp_path: Path) -> None:
    assert block == rendered(block, tmp_path)


def test_the_two_examples_tell_of_one_case_the_same(tmp_path: Path) -> None:
    """synthetic-117 is in both: a weekend passed over, 22 hours past the form's 48."""
    for name in ("cases.csv", "log.csv"):
        run(f"ledger287 custody audit {name} --zone America/Chicago --state TX --out {name}.d", tmp_path)
        rows = json.loads((tmp_path / f"{name}.d" / "cases.json").read_text(encoding="utf-8"))
        (mine,) = (row for row in rows if row["case"] == "synthetic-117")
        assert (mine["governing"], mine["over_seconds"]) == ("the form's request", 22 * 3600)


def duties() -> str:
    rows = []
    for duty in DUTIES:
        needs = ", ".join(f"`{name}`" for name in duty.needs).replace("|", "` or `") or "-"
        more = "; or `served_by` or `held_by`, with `--roster`" if duty.id == "officer_without_authority" else ""
        rows.append(f"| {BIT[duty.id]} | `{duty.id}` | {duty.says} | {needs}{more} |")
    return "\n".join(rows)


def keys(kind: type) -> str:
    return ", ".join(f"`{field.name}`" for field in fields(kind))


def test_every_duty_and_key_is_named() -> None:
    assert duties() in text()
    told = " ".join(text().split())
    assert f"`audit` prints {keys(Summary)}; `clock` prints {keys(ClockAnswer)}." in told


WORKED = re.compile(r"(?m)^\| duty \| missed \|.*\n\|---\|---\|---\|---\|\n(?:\| .*\n)+")


def worked() -> str:
    """The hand-worked cases by duty: how many are missed, unknown, and met, with one of each by its id."""
    cases = [case for name in ("duties.yml", "events.yml", "bars.yml") for case in declared(name)]
    rows = []
    for duty in DUTIES:
        by_verdict = {
            verdict: [c["id"] for c in cases if duty.id in c["expected"].get(verdict, ())] for verdict in KINDS
        }
        cells = [f"{len(ids)} (`{ids[0]}`)" if ids else "0" for ids in (*by_verdict.values(), met(duty.id, cases))]
        rows.append(f"| `{duty.id}` | {' | '.join(cells)} |")
    ends = len(declared("ends.yml")) + len(declared("weeks.yml"))
    rows.append(f"| when a hold must have ended | - | - | {ends} (`ends.yml`, `weeks.yml`) |")
    return "| duty | missed | cannot tell | met |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def test_the_table_of_hand_worked_cases_is_that_of_the_files() -> None:
    assert worked() in text()
    assert len(WORKED.findall(text())) == 1 and text().count("| duty | missed |") == 1


def write() -> None:
    whole = text().replace("\nDUTIES\n", f"\n{duties()}\n")
    whole = WORKED.sub(lambda _: worked(), whole.replace("CASES_TABLE\n", worked()))
    told = f"`audit` prints {keys(Summary)}; `clock` prints {keys(ClockAnswer)}."
    whole = re.sub(r"`audit` prints [^;]*;\s+`clock` prints [^.]*\.", told, whole)
    whole = whole.replace("AUDIT_KEYS", keys(Summary)).replace("CLOCK_KEYS", keys(ClockAnswer))
    whole = re.sub(r"(?m)^(\| \d+ \| `\w+` \| .*\n)+", lambda _: duties() + "\n", whole)
    with tempfile.TemporaryDirectory() as folder:
        whole = BLOCK.sub(lambda found: f"```\n{rendered(found.group(1), Path(folder))}```", whole)
    DOCUMENT.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    write()
