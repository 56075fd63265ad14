"""What makes the command line pleasant: completion, the newest first, a free port."""

import re
import socket
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import ledger287
from commands import run_command
from ledger287.cli.main import app
from ledger287.core.text import MONTHS
from ledger287.web.server.serve import _free_port

MAKEFILE = (Path(__file__).resolve().parents[1] / "Makefile").read_text(encoding="utf-8")


def test_completion_is_offered() -> None:
    offered = CliRunner().invoke(app, ["--help"])
    assert "--install-completion" in offered.output
    words = {"_LEDGER287_COMPLETE": "complete_bash", "COMP_WORDS": "ledger287 agr", "COMP_CWORD": "1"}
    assert CliRunner().invoke(app, [], env=words, prog_name="ledger287").output.split() == ["agreements"]


def test_a_taken_port_takes_the_next_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        if port + 20 > 65535:
            pytest.skip("no room above this port")
        assert _free_port("127.0.0.1", port, 20) > port
        with pytest.raises(ledger287.QueryError, match=f"cannot listen on 127.0.0.1:{port}"):
            _free_port("127.0.0.1", port, 1)
    assert "serve --next-free --port $(PORT)" in MAKEFILE


def test_changes_and_lists_print_the_newest_first() -> None:
    told = CliRunner().invoke(app, ["changes", "--since", "2026-04-01", "--until", "2026-04-30", "--kind", "signed"])
    days = [_day(line) for line in told.output.splitlines() if re.match(r"\s{4,}[A-Z][a-z]{2} \d", line)]
    assert len(set(days)) > 3
    assert days == sorted(days, reverse=True)
    lists = CliRunner().invoke(app, ["lists"]).output.splitlines()
    assert _day(lists[0]) > _day(lists[-2])


def _day(line: str) -> date:
    month, day, year = re.match(r"\s*(\w+) (\d+), (\d+)", line).groups()  # type: ignore[union-attr]
    return date(int(year), [name[:3] for name in MONTHS].index(month) + 1, int(day))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["coverage", "--state", "QQ"], "no state or territory 'QQ'. Type its code or name."),
        (["near", "99999"], "no ZIP code 99999"),
        (["near", "3360"], "none is near; expected five digits"),
        (["near", "33602-12"], "expected a ZIP code of five or nine digits"),
        (["agency", "sheriff"], "no name is near"),
        (["agency", "police department"], "no name is near"),
        (["documents", "show", "nope"], "no agency 'nope', and no name is near"),
        (["outcomes", "facility", "NOPE"], "no facility 'NOPE'."),
        (["outcomes", "identified", "Nowhere"], "in the table of FY2006 to FY2013."),
    ],
)
def test_nothing_is_offered_where_nothing_is_near(words: list[str], says: str) -> None:
    done = run_command(*words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "losest" not in done.stderr and "Did you mean" not in done.stderr


# -- formats and names of files --------------------------------------------------------------------


def _written_by_format() -> list[tuple[str, ...]]:
    """Every command that takes both ``--format`` and ``--out``."""
    found: list[tuple[str, ...]] = []

    def walk(command: Any, path: tuple[str, ...]) -> None:
        if hasattr(command, "list_commands"):
            for name in command.list_commands(None):
                walk(command.get_command(None, name), (*path, name))
        elif {"format", "out"} <= {one.name for one in command.params}:
            found.append(path)

    walk(typer.main.get_command(app), ())
    return found


def test_every_command_with_a_format_is_tried() -> None:
    assert {("agreements",), ("changes",), ("waits",), ("ranks",)} <= set(_written_by_format())


NEEDED = {"changes": ("--since", "2026-05-01")}


FORMS = ("csv", "xlsx", "json", "parquet", "geojson")
PAIRS = [
    (form, extension)
    for form in FORMS
    for extension in (*FORMS, "bin")
    if form != extension and (form, extension) != ("geojson", "json")
]


@pytest.mark.parametrize(
    ("command", "form", "extension"),
    [
        (command, *pair)
        for command in _written_by_format()
        for pair in (PAIRS if command == ("agreements",) else [("csv", "xlsx"), ("json", "csv")])
    ],
)
def test_no_format_is_written_into_a_file_of_another(
    tmp_path: Path, command: tuple[str, ...], form: str, extension: str
) -> None:
    file = tmp_path / f"x.{extension}"
    done = run_command(*command, *NEEDED.get(command[0], ()), "--format", form, "--out", str(file))
    assert done.returncode == 2, done.stdout
    assert not file.exists()
    assert "name a file that ends in ." in done.stderr or "Expected one of" in done.stderr


def test_a_format_goes_into_its_own_file(tmp_path: Path) -> None:
    for name, form in (("x.geojson", "geojson"), ("x.json", "geojson"), ("x.csv", "csv"), ("x", "parquet")):
        assert run_command("agreements", "--format", form, "--out", str(tmp_path / name)).returncode == 0
        assert (tmp_path / name).stat().st_size


@pytest.mark.parametrize("command", [*_written_by_format(), ("map",)])
def test_a_file_that_was_there_is_said_to_be_replaced(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / ("x.svg" if command == ("map",) else "x.csv")
    words = (*command, *NEEDED.get(command[0], ()), "--out", str(file))
    assert "replaced" not in run_command(*words).stderr
    assert f"{file}: replaced the file that was there" in run_command(*words).stderr


@pytest.mark.parametrize(
    ("words", "wrong", "see"),
    [
        (("status", "--foo"), "no such option: --foo", "ledger287 status -h"),
        (("stauts",), "no such command 'stauts'. Did you mean 'status'?", "ledger287 -h"),
        (("agency",), "agency: expected NAME, found nothing.", "ledger287 agency -h"),
        (
            ("serve", "--port", "abc"),
            "--port: expected a whole number from 0 to 65535, found 'abc'.",
            "ledger287 serve -h",
        ),
        (("serve", "--port", "70000"), "found '70000'.", "ledger287 serve -h"),
        (
            ("custody", "simulate", "--cases", "x"),
            "--cases: expected a whole number, found 'x'.",
            "ledger287 custody simulate -h",
        ),
        (("status", "--on"), "status: --on: expected a value, found nothing.", "ledger287 status -h"),
        (("status", "today"), "status: expected no more words, found 'today'.", "ledger287 status -h"),
        (("check", "--json=3", "x"), "--json: expected no value, found one.", "ledger287 check -h"),
        (("site",), "site: expected --out DIR, found nothing.", "ledger287 site -h"),
        (
            ("agreements", "--frmat", "csv"),
            "no such option: --frmat. Did you mean --format?",
            "ledger287 agreements -h",
        ),
        (("outcomes", "panel", "--by", "x", "--out", "x.csv"), "--by: expected", "ledger287 outcomes panel -h"),
        (("status", "--on", "soon"), "expected a day such as 2025-08-14, found 'soon'.", "ledger287 status -h"),
        (("custody", "audits"), "no such command 'audits'", "ledger287 custody -h"),
    ],
)
def test_wrong_words_are_answered_in_two_lines(words: tuple[str, ...], wrong: str, see: str) -> None:
    done = run_command(*words)
    assert done.returncode == 2 and done.stdout == ""
    said, what_to_do = done.stderr.splitlines()
    assert wrong in said
    assert what_to_do == f"What it takes: {see}"


def test_an_answer_that_is_refused_names_its_command() -> None:
    done = run_command("ranks", "--of", "foo")
    assert (done.returncode, done.stderr) == (2, "ledger287 ranks: --of: expected one of state, county, found 'foo'.\n")


def test_agencies_of_one_name_are_offered_by_their_own_names() -> None:
    said = run_command("agency", "Pinal County Sheriff").stderr
    assert "are named 'Pinal County Sheriff', in AZ. Say which by id: " in said
    assert "ag-k5cgn7q (Pinal County Sheriff's Office, AZ), ag-ndqte6g (Pinal County Attorney's Office, AZ)." in said
    near = run_command("agency", "Pinal").stderr
    assert "Pinal County Sheriff's Office, AZ  (ag-k5cgn7q)" in near
    assert "Pinal County Attorney's Office, AZ  (ag-ndqte6g)" in near


def test_a_group_without_a_command_shows_its_help() -> None:
    for words in ((), ("custody",)):
        done = run_command(*words)
        assert "Usage: ledger287" in done.stdout + done.stderr
        assert "Commands:" in done.stdout + done.stderr
