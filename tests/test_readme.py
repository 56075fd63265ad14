"""What the README and the documents show is what the commands print.

``python tests/test_readme.py`` writes the real output of each command into README.md.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
README = REPOSITORY / "README.md"
BLOCK = re.compile(r"(?ms)^```\n(\$ ledger287 .*?)^```$")


def run(command: str) -> str:
    """What a command prints, as on a terminal 110 columns wide, from the record that ships."""
    words = shlex.split(command)[1:]
    environment = {key: value for key, value in os.environ.items() if key != "LEDGER287_RECORD"} | {"COLUMNS": "110"}
    done = subprocess.run(
        [sys.executable, "-m", "ledger287.cli.main", *words],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def rendered(block: str) -> str:
    """A block of commands with the real output of each."""
    commands = re.findall(r"(?m)^\$ (ledger287 .*)$", block)
    return "\n\n".join(f"$ {command}\n{run(command)}" for command in commands) + "\n"


def without_age(text: str) -> str:
    """The text without what depends on the day on which it is run: today's date and the list's age."""
    text = re.sub(r"(?m)^287\(g\) on \w+ \d+, \d{4}", "287(g) on TODAY", text) if "overview" in text else text
    return re.sub(r"\d+ days old", "N days old", text)


def blocks() -> list[str]:
    return BLOCK.findall(README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("block", blocks(), ids=lambda block: block.splitlines()[0][2:60])
def test_the_readme_shows_the_real_output(block: str) -> None:
    assert without_age(block) == without_age(rendered(block))


def test_the_readme_asks_five_questions() -> None:
    assert len(re.findall(r"(?m)^\*\*.*\?\*\*", README.read_text(encoding="utf-8"))) == 5


def test_the_readmes_python_is_true() -> None:
    failed, tried = doctest.testfile(str(README), module_relative=False)
    assert tried >= 5
    assert failed == 0


@pytest.mark.parametrize(
    "path", [README, REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").glob("*.md")], ids=lambda p: p.name
)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def write() -> None:
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda found: f"```\n{rendered(found.group(1))}```", text), encoding="utf-8")


if __name__ == "__main__":
    write()
