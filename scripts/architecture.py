"""The imports of the package -> docs/architecture.md: its flow and its rooms. ``python scripts/architecture.py``.

What enters: the modules under src/ledger287, read as text, and the words of docs/architecture.md outside the
marked part. What leaves: the same document with the marked part drawn from the imports. Promise: equal code gives
equal bytes; ``--check`` writes nothing and exits 1 where the document differs.
"""

import ast
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ledger287"
DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn from the imports: begin -->", "<!-- drawn from the imports: end -->"
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


def imports_of(path: Path) -> set[str]:
    """The first-level rooms that a module imports from."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "ledger287" else [f"ledger287.{one.name}" for one in node.names]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("ledger287.")}
    return rooms


def room_of(path: Path) -> str:
    """The first-level room of a module, such as ``ledger``."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def arrows() -> dict[str, set[str]]:
    """Room -> the rooms it imports from, itself left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(SOURCE.rglob("*.py")):
        room = room_of(path)
        if room != "__init__":
            found[room] |= {other for other in imports_of(path) if other in ORDER and other != room}
    return found


def direct(found: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The arrows that no longer path implies, so that the drawing remains readable."""
    reach: dict[str, set[str]] = {}
    for room in ORDER:
        reach[room] = set(found.get(room, ()))
        for other in found.get(room, ()):
            reach[room] |= reach.get(other, set())
    return [
        (other, room)
        for room in ORDER
        for other in sorted(found.get(room, ()), key=ORDER.index)
        if not any(other in reach[between] for between in found[room] if between != other)
    ]


def first_line(package: Path) -> str:
    """The first sentence of a package's or module's docstring, on one line."""
    text = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def drawn() -> str:
    """The marked part of the document."""
    found = arrows()
    lines = ["```mermaid", "flowchart TD"]
    lines += [f"    {before} --> {after}" for before, after in direct(found)]
    lines += ["```", "", "| room | what enters and what leaves | imports from |", "|---|---|---|"]
    for room in [one for one in ORDER if one in found]:
        place = SOURCE / room / "__init__.py" if (SOURCE / room).is_dir() else SOURCE / f"{room}.py"
        others = ", ".join(sorted(found[room], key=ORDER.index)) or "nothing"
        lines.append(f"| **{room}/** | {first_line(place)} | {others} |")
        for inner in sorted((SOURCE / room).glob("*/__init__.py")):
            lines.append(f"| &nbsp; {room}/{inner.parent.name}/ | {first_line(inner)} | |")
    return "\n".join(lines)


def document() -> str:
    """The complete document, with its marked part drawn again."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
    return f"{before}{BEGIN}\n{drawn()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    text = document()
    if "--check" in sys.argv[1:]:
        sys.exit(text != DOCUMENT.read_text(encoding="utf-8"))
    DOCUMENT.write_text(text, encoding="utf-8")
