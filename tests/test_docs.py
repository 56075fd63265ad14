"""The documents about the project itself are what the project is."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


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
