"""Data goes one way: a module imports only from the rooms that come before its own in the order of the design."""

import ast
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from scripts.architecture import ORDER

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ledger287"


def part(module: str) -> str | None:
    """The part of the package that a dotted name belongs to: ``record`` for ledger287.ledger.query.ledger."""
    names = module.split(".")
    return names[1] if names[0] == "ledger287" and len(names) > 1 else None


@cache
def read(path: Path) -> tuple[frozenset[str], tuple[str, ...]]:
    """What a file imports, and the classes that it defines."""
    found, classes = set(), []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ClassDef):
            classes.append(node.name)
    return frozenset(found), tuple(classes)


def imported(path: Path) -> frozenset[str]:
    return read(path)[0]


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


def graph() -> dict[str, set[str]]:
    """Each module -> the modules of the package that it imports, anywhere in it."""
    names = {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in SOURCE.rglob("*.py")
        if path.parent != SOURCE
    }
    found = {name: {each.removeprefix("ledger287.") for each in imported(path)} for name, path in names.items()}
    return {name: {each for each in uses if each in names and each != name} for name, uses in found.items()}


def reached(start: str, uses: dict[str, set[str]]) -> set[str]:
    """The modules that one imports, and those imported by them, and so on."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = uses[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def test_no_modules_import_each_other() -> None:
    uses = graph()
    reach = {name: reached(name, uses) for name in uses}
    circles = {
        frozenset(other for other in reach[name] if name in reach[other]) for name in uses if name in reach[name]
    }
    assert circles == set()


def test_every_class_has_a_name_of_its_own() -> None:
    """A reader who meets a name knows which class is meant, without a look at the imports."""
    places: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for name in read(path)[1]:
            places.setdefault(name, []).append(str(path.relative_to(SOURCE)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_module_is_ignored_by_git() -> None:
    """What Git ignores, linters and the wheel leave out without a word."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--ignored", "--exclude-standard", "*.py", "*.yml", "*.html"],
        cwd=ROOT, capture_output=True, text=True, check=True)  # fmt: skip
    assert [name for name in told.stdout.splitlines() if name.startswith(("src/", "tests/", "benchmarks/"))] == []


MOST_MODULES, MOST_LINES = 12, 400


def test_a_folder_is_a_room_and_a_module_can_be_read() -> None:
    """At most a dozen modules in a folder, without the one that describes it, and at most 400 lines in each."""
    modules = [path for path in SOURCE.rglob("*.py") if path.name != "__init__.py"]
    many = Counter(str(path.parent.relative_to(SOURCE)) for path in modules)
    assert {folder: number for folder, number in many.items() if number > MOST_MODULES} == {}
    lines = {str(path.relative_to(SOURCE)): path.read_text(encoding="utf-8").count("\n") for path in modules}
    assert {name: number for name, number in lines.items() if number > MOST_LINES} == {}
