"""Data goes one way: a module imports only from the parts that stand above its own in DESIGN order."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "ledger287"
ORDER = [
    "core",
    "sources",
    "ledger",
    "places",
    "law",
    "custody",
    "factcheck",
    "analysis",
    "charts",
    "api",
    "web",
    "cli",
]


def part(module: str) -> str | None:
    """The part of the package that a dotted name belongs to: ``record`` for ledger287.ledger.query.ledger."""
    names = module.split(".")
    return names[1] if names[0] == "ledger287" and len(names) > 1 else None


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_upwards(path: Path) -> None:
    inside = path.relative_to(SOURCE).with_suffix("").parts[0]
    if inside == "__init__":
        return
    assert inside in ORDER, f"{inside} has no place in the order; add it to ORDER where data flows to it"
    below = {
        name
        for name in imported(path)
        if (other := part(name)) in ORDER and other != inside and ORDER.index(other) > ORDER.index(inside)
    }
    assert not below, f"{path.name} imports {sorted(below)}, which stand below {inside}"


def test_every_part_is_in_the_order() -> None:
    parts = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name not in ("__pycache__", "declared")}
    assert parts <= set(ORDER)
