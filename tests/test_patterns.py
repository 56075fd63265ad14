"""Patterns compile when they are needed, and each of them does; ``check`` of one file imports little."""

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ledger287.factcheck
from ledger287.cli.main import app
from ledger287.cli.quick.check import checked_quickly
from ledger287.core import patterns
from ledger287.core.searching.needed_words import words_needed


def test_every_pattern_of_the_checker_compiles() -> None:
    for module in pkgutil.walk_packages(ledger287.factcheck.__path__, "ledger287.factcheck."):
        importlib.import_module(module.name)
    assert len(patterns.MADE) > 100
    for one in patterns.MADE:
        re.compile(one.pattern, one.flags)


def test_a_pattern_works_as_any_other() -> None:
    found = patterns.when_needed(r"(?P<word>\w+) agreements", re.I)
    assert [one["word"] for one in found.finditer("895 Agreements, 40 agreements")] == ["895", "40"]
    assert found.pattern == r"(?P<word>\w+) agreements"
    with pytest.raises(AttributeError):
        found.unheard_of  # type: ignore[attr-defined]  # noqa: B018


def test_a_text_without_the_words_of_a_pattern_has_no_match() -> None:
    assert words_needed(r"(?i)\b(?:one|two) (?:state|federal) agenc(?:y|ies)", 0) == ((" agenc",), True)
    assert words_needed(r"[Ss]heriff|[Pp]olice", 0) == (("olice", "heriff"), False)
    assert words_needed(r"(?:signed )?in|\d+", 0) is None  # a match may have none of its words
    for module in pkgutil.walk_packages(ledger287.factcheck.__path__, "ledger287.factcheck."):
        importlib.import_module(module.name)
    with_words = 0
    for one in patterns.MADE:
        needed = words_needed(one.pattern, one.flags)
        if needed is None:
            continue
        with_words += 1
        words, folded = needed
        for text in TEXTS:
            low = text.lower() if folded else text
            assert any(word in low for word in words) or not re.search(one.pattern, text, one.flags), one.pattern
    assert with_words > len(patterns.MADE) / 2


def test_a_pattern_that_is_used_often_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "FEW", 2)
    found = patterns.when_needed(r"(?i)\bsigned (\w+)")
    for text, expected in (("Kansas SIGNED one", ["one"]), ("Nothing here", []), ("ſigned one", ["one"])) * 3:
        assert found.findall(text) == expected
        assert [one[1] for one in found.finditer(text)] == expected
        assert bool(found.search(text)) == bool(expected)


TEXTS = (
    "By 14 August 2025, ICE had signed 895 agreements with 740 agencies in 40 states under the 287(g) program.",
    "Texas’s count went from 36 in the last week of February to 250, more than in any other state, a sheriff said.",
    "Neither Polk County nor the Lee County Sheriff's Office left; about a third of them follow the jail model.",
    "The Tulsa police department, which joined on May 2, is one of only two agencies that have three agreements.",
    "En Florida rigen 206 acuerdos; ninguno de ellos se firmó antes de 2019.",
)
STORIES = (
    "ICE has 895 agreements under the 287(g) program.",
    "ICE has 995 agreements under the 287(g) program. Texas, home to Austin, has 137 agreements.",
)


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("options", [[], ["--json"], ["--date", "2025-08-14"], ["--date=2025-08-14", "--json"]])
def test_the_quick_way_prints_what_the_usual_way_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], story: str, options: list[str]
) -> None:
    file = tmp_path / "story.txt"
    file.write_text(story)
    words = ["check", str(file), *options]
    code = checked_quickly(words)
    quick = capsys.readouterr().out
    usual = CliRunner().invoke(app, words)
    assert (code, quick) == (usual.exit_code, usual.stdout)


def test_what_is_wrong_is_left_to_the_usual_way(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(STORIES[0])
    for words in (
        ["status"], ["check"], ["check", "-"], ["check", str(file), str(file)], ["check", str(file), "--html", "a"],
        ["check", str(tmp_path / "none.txt")], ["check", str(file), "--date", "never"], ["check", str(file), "--date"],
        ["check", "--help"],
    ):  # fmt: skip
        assert checked_quickly(words) is None, words


def test_one_sentence_is_checked_without_the_libraries_of_other_commands(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(STORIES[0])
    code = (
        "import sys\nfrom ledger287.cli.quick.check import checked_quickly\n"
        f"assert checked_quickly(['check', {str(file)!r}, '--date', '2025-08-14']) == 0\n"
        "print([name for name in ('typer', 'duckdb', 'pyarrow', 'rich', 'ledger287.law.lawbook.book') "
        "if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout
