"""The documents about the project itself are what the project is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMED = re.compile(r"`([\w.-]+/(?:[\w.-]+/)*(?:[\w.-]+\.(?:py|yml|po|html))?|[\w-]+/[\w./-]+\.(?:py|yml|po|html))`")
"""A folder with its slash, or a module, a declared file or a template with its folder."""
NOT_OF_THE_REPOSITORY = ("build/screens/", "sources/state_totals/reading.py")
"""Written by tests, and the worked example of a new kind of source."""


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_that_a_document_names_is_there(guide: Path) -> None:
    """A path may be given from any folder above it: `law/clocks/`, `declared/law/holds.yml`."""
    rooms = [path.relative_to(ROOT).as_posix() for top in ("src", "tests", "benchmarks", "docs", "deploy", "scripts")
             for path in (ROOT / top).rglob("*") if "__pycache__" not in path.parts]  # fmt: skip
    there = {"/" + one for one in (*rooms, "deploy", "tests", "docs", "benchmarks", "scripts")}
    named = {one.rstrip("/") for one in NAMED.findall(guide.read_text(encoding="utf-8"))}
    left = named - {one.rstrip("/") for one in NOT_OF_THE_REPOSITORY}
    assert [one for one in sorted(left) if not any(path.endswith("/" + one) for path in there)] == []


def test_the_architecture_is_drawn_from_the_imports() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "architecture.py"), "--check"], check=False)
    assert done.returncode == 0, "docs/architecture.md differs from the imports: run python scripts/architecture.py"


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [one.name for one in sorted(folder.glob("0*.md")) if f"({one.name})" not in listed] == []


def test_every_target_of_make_has_its_line_of_help() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    (phony,) = (line.removeprefix(".PHONY:").split() for line in lines if line.startswith(".PHONY:"))
    helped = {line.removeprefix("# make ").split()[0] for line in lines if line.startswith("# make ")}
    assert set(phony) == helped
