"""Long answers on a terminal go through a pager; everything else is printed as it is."""

import io
import os
import pty
import sys
from pathlib import Path

import pytest

from commands import run_command
from ledger287.cli.pager import KeptOutput, paged, pager_of, show


@pytest.mark.parametrize(
    ("words", "environment", "pager"),
    [
        (["changes"], {"PAGER": "sh -c x"}, ["sh", "-c", "x"]),
        (["changes", "--no-pager"], {"PAGER": "sh"}, None),
        (["changes", "--json"], {"PAGER": "sh"}, None),
        (["changes", "--help"], {"PAGER": "sh"}, None),
        (["serve"], {"PAGER": "sh"}, None),
        (["documents", "fetch"], {"PAGER": "sh"}, None),
        (["documents", "show", "a.pdf"], {"PAGER": "sh"}, ["sh"]),
        ([], {"PAGER": "sh"}, None),
        (["changes"], {"PAGER": ""}, None),
        (["changes"], {"PAGER": "cat"}, None),
        (["changes"], {"PAGER": "sh", "TERM": "dumb"}, None),
        (["changes"], {"PAGER": "no-such-pager-anywhere"}, None),
    ],
)
def test_which_pager(words: list[str], environment: dict[str, str], pager: list[str] | None) -> None:
    assert pager_of(words, environment, KeptOutput()) == pager
    assert pager_of(words, environment, io.StringIO()) is None


def test_only_what_is_longer_than_the_screen_is_paged(tmp_path: Path) -> None:
    pager = ["sh", "-c", f"cat > {tmp_path / 'paged'}"]
    out = io.StringIO()
    show("one\ntwo\n", out, pager, 24)
    assert (out.getvalue(), (tmp_path / "paged").exists()) == ("one\ntwo\n", False)
    long = "line é\n" * 30
    show(long, out, pager, 24)
    assert (out.getvalue(), (tmp_path / "paged").read_text(encoding="utf-8")) == ("one\ntwo\n", long)


def test_a_pager_that_is_left_early_is_no_error() -> None:
    show("line\n" * 200_000, io.StringIO(), ["true"], 24)


def test_on_a_terminal_the_pager_gets_the_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        with paged(["lists"], {"PAGER": f"sh -c 'cat > {tmp_path / 'paged'}'"}):
            sys.stdout.write("row\n" * 200)
        assert sys.stdout is terminal
    os.close(ours)
    assert (tmp_path / "paged").read_text(encoding="utf-8").count("row") == 200


def test_the_option_is_taken_by_every_command_and_changes_nothing_elsewhere() -> None:
    plain = run_command("near", "Naples, FL", "--on", "2026-05-08")
    without = run_command("near", "Naples, FL", "--on", "2026-05-08", "--no-pager")
    assert (plain.returncode, plain.stdout) == (without.returncode, without.stdout)
    assert "Collier" in plain.stdout
