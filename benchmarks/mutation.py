"""How many small faults put into a room its tests notice: a random sample of mutants, and those that survive.

What enters: a room of ``ROOMS`` and a seed. What leaves: for each mutant whether a test failed, and the score of those
that are not equivalent. Mutants are made with the operators of cosmic-ray (``pip install cosmic-ray``), of all code but
annotations and the options of dataclasses. The same seed gives the same mutants of the same code. Faults are put into a
copy of the repository; a process is forked for each, which runs the room's tests that enter the changed function, quick
ones first, until one fails. A test that is only reached by what another one had kept is missed: the score is a bound.
``equivalent_mutants.yml`` names those that change nothing that a user can see, each with its reason.

``python -m benchmarks.mutation law/clocks --seed 1`` prints the score and the survivors; see docs/testing.md.
"""

import argparse
import ast
import difflib
import importlib
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
EQUIVALENT = Path(__file__).parent / "data" / "equivalent_mutants.yml"
ROOMS = Path(__file__).parent / "data" / "mutation_rooms.yml"
LIBRARIES = ("duckdb", "fastapi", "hypothesis", "jinja2", "lark", "numpy", "polars", "pydantic", "pytest", "rapidfuzz")
OUTPUT, WATCHED = "output.txt", "watched.json"
QUICK = 0.05
"""Seconds within which a test is one of those that are run first."""
LONGEST = 900
"""Processor seconds that a room's tests may take."""
COPIED = ("src", "tests", "benchmarks", "scripts", "docs", "pyproject.toml", "README.md", "CONTRIBUTING.md", "Makefile")


@dataclass(frozen=True)
class Mutant:
    """One fault: the module, the operator, the line, what it says before and after, and the code with it."""

    module: str
    operator: str
    line: int
    before: str
    after: str
    code: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.operator}\n    - {self.before}\n    + {self.after}"


def _left_out(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where a fault would change nothing that runs, or stop the import: annotations, and how a dataclass is kept."""
    spans = []
    for node in ast.walk(ast.parse(source)):
        parts = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        parts += [one for one in getattr(node, "decorator_list", ()) if ast.unparse(one).startswith("dataclass(")]
        spans += [
            ((part.lineno, part.col_offset - 1), (part.end_lineno or part.lineno, part.end_col_offset or 0))
            for part in parts
            if isinstance(part, ast.expr)
        ]
    return spans


def places(room: str) -> dict[tuple[str, int, int, str], list[tuple[str, int]]]:
    """Where a room's code can be changed (module, line, column, kind of change) -> the operators that change it there.

    A sum has eleven other operators, a comparison seven: a place counts once, whatever can be put there.
    """
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    found: dict[tuple[str, int, int, str], list[tuple[str, int]]] = {}
    for path in sorted((REPOSITORY / "src/ledger287" / room).rglob("*.py")):
        source, module = path.read_text(encoding="utf-8"), str(path.relative_to(REPOSITORY))
        left_out, nodes = _left_out(source), list(ast_nodes(get_ast(source)))
        for name in operator_names():
            kind = get_operator(name)
            if kind.arguments():
                continue
            starts = [start for node in nodes for start, _ in kind().mutation_positions(node)]
            for occurrence, (line, column) in enumerate(starts):
                if not any(begin <= (line, column) < end for begin, end in left_out):
                    key = module, line, column, name.partition("/")[2].partition("_")[0]
                    found.setdefault(key, []).append((name, occurrence))
    return found


def sampled(room: str, seed: int, size: int) -> list[Mutant]:
    """A sample of a room's mutants: places at random, and at each one change at random. The same for the same seed."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    chance, drawn = random.Random(f"{room} {seed}"), places(room)
    mutants: list[Mutant] = []
    for place in chance.sample(list(drawn), len(drawn)):
        name, occurrence = chance.choice(drawn[place])
        source = (REPOSITORY / place[0]).read_text(encoding="utf-8")
        changed = mutate_code(source, get_operator(name)(), occurrence)
        if changed and changed != source and _is_code(changed) and _called_alike(source) != _called_alike(changed):
            before, after = _difference(source, changed)
            mutants.append(Mutant(place[0], name.partition("/")[2], place[1], before, after, changed))
        if len(mutants) == size:
            break
    return mutants


def _is_code(text: str) -> bool:
    """Whether a mutant can be read: `**counts` with another operator cannot, and any test would end it."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _called_alike(source: str) -> str:
    """The code without the mark that says which arguments are named: with `/` for `*` its callers run as before."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments) and node.vararg is None:
            defaults = [None] * (len(node.posonlyargs) + len(node.args) - len(node.defaults)) + node.defaults
            node.kwonlyargs = [*node.posonlyargs, *node.args, *node.kwonlyargs]
            node.kw_defaults = [*defaults, *node.kw_defaults]
            node.posonlyargs, node.args, node.defaults = [], [], []
    return ast.dump(tree)


def _difference(source: str, changed: str) -> tuple[str, str]:
    lines = list(difflib.ndiff(source.splitlines(), changed.splitlines()))
    before, after = (" ".join(line[2:].strip() for line in lines if line[:2] == mark) for mark in ("- ", "+ "))
    return before.strip(), after.strip()


def copied(folder: Path) -> Path:
    """A copy of the repository with its inputs next to it."""
    copy = folder / REPOSITORY.name
    copy.mkdir()
    for name in COPIED:
        path = REPOSITORY / name
        if path.is_dir():
            shutil.copytree(path, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, copy / name)
    (folder / "shared").symlink_to((REPOSITORY.parent / "shared").resolve())
    return copy


@dataclass
class Watching:
    """What each test takes, with what is set up for it, and the functions of the room that it enters.

    The first time that is written down. A mutant is then tried by the tests that enter its function alone: quick ones
    first, then the others file by file, so that a file is set up twice at most. The first that fails ends it.
    """

    kept: Path
    room: str
    function: str | None = None
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    entered: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    test: str = ""

    def pytest_collection_modifyitems(self, items: "list[pytest.Item]") -> None:
        """Leaves the tests that a mutant needs, in their order, once it is known what they do."""
        if not self.kept.exists():
            return
        known: dict[str, Any] = json.loads(self.kept.read_text(encoding="utf-8"))
        seconds: dict[str, float] = known["seconds"]
        if self.function:
            needed = set(known["entered"].get(self.function, ()))
            items[:] = [item for item in items if item.nodeid in needed]
        files: defaultdict[Path, float] = defaultdict(float)
        for item in items:
            files[item.path] += seconds.get(item.nodeid, 0)
        slow = {item: seconds.get(item.nodeid, 0) > QUICK for item in items}
        items.sort(key=lambda item: (slow[item], files[item.path], item.path))

    def pytest_sessionstart(self) -> None:
        """Begins to watch which functions are entered, in every thread."""
        if not self.kept.exists():
            threading.settrace(self._enter)
            sys.settrace(self._enter)

    def _enter(self, frame: FrameType, *_: object) -> None:
        if self.room in (code := frame.f_code).co_filename:
            self.entered[f"{Path(code.co_filename).name} {code.co_firstlineno}"].add(self.test)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Says which test runs."""
        self.test = nodeid

    def pytest_runtest_logreport(self, report: "pytest.TestReport") -> None:
        """Adds up what a test takes."""
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Writes down what the tests did the first time."""
        sys.settrace(None)
        if not self.kept.exists():
            entered = {function: sorted(tests) for function, tests in self.entered.items()}
            self.kept.write_text(json.dumps({"seconds": self.seconds, "entered": entered}), encoding="utf-8")


def function_of(mutant: Mutant, source: str) -> str | None:
    """The innermost function that a mutant is in, as tests that enter it are kept; None where it runs on import.

    ``source`` is the module in the copy, without the mutant: in the repository it may have been changed meanwhile.
    """
    tree = ast.parse(source)
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.body[0].lineno <= mutant.line <= (node.end_lineno or 0)
    ]
    if not around:
        return None
    inner = max(around, key=lambda node: node.lineno)
    first = min([inner.lineno, *(one.lineno for one in inner.decorator_list)])
    return f"{Path(mutant.module).name} {first}"


def died(copy: Path, room: str, tests: list[str], limit: int, function: str | None = None) -> tuple[bool, float]:
    """Whether a room's tests fail on the code in a copy, or take longer than the limit, and their processor seconds.

    Only those that enter a function, where one is given.
    """
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        _run(copy, tests, Watching(copy.parent / WATCHED, f"{copy.name}/src/ledger287/{room}/", function))
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status) != 0, used.ru_utime + used.ru_stime


def files_that_enter(copy: Path, function: str | None, tests: list[str]) -> list[str]:
    """The test files of which a test enters a function; all of a room's where the fault runs on import."""
    if function is None:
        return tests
    entered = json.loads((copy.parent / WATCHED).read_text(encoding="utf-8"))["entered"]
    return list(dict.fromkeys(test.partition("::")[0] for test in entered.get(function, ())))


def _run(copy: Path, tests: list[str], watching: Watching) -> None:
    import pytest
    from hypothesis import Phase, settings

    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy / "src")
    sys.path[:0] = [str(copy / "src"), str(copy / "tests"), str(copy)]
    quiet = os.open(copy.parent / OUTPUT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    found = set(Phase) - {Phase.shrink, Phase.explain}  # that a property fails is enough
    settings.register_profile("found", deadline=None, derandomize=True, phases=found)
    options = ["-x", "-q", "--hypothesis-profile=found"]
    options += [part for name in ("cacheprovider", "randomly", "xdist") for part in ("-p", f"no:{name}")]
    try:
        code = int(pytest.main([*options, *tests], plugins=[watching]))
    except BaseException:
        code = 1
    os._exit(code)


def _put(path: Path, code: str) -> None:
    """Writes a module, and removes what was compiled of it: a mutant may be as long and of the same second."""
    path.write_text(code, encoding="utf-8")
    for kept in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        kept.unlink()


def equivalents() -> dict[tuple[str, str, str], str]:
    """Mutants that change nothing that a user can see, of one module or (without one) of any, with the reason."""
    entries = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or []
    return {(entry.get("module", ""), entry["before"], entry["after"]): entry["reason"] for entry in entries}


def main() -> None:
    """Prints the score of a room, and the mutants that survived."""
    rooms = yaml.safe_load(ROOMS.read_text(encoding="utf-8"))
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("room", choices=list(rooms))
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sample", type=int, default=60)
    asked.add_argument(
        "--only", type=int, nargs="*", help="numbers of the sample's mutants to try, as those that survived"
    )
    asked.add_argument("--show", action="store_true", help="list the mutants without running a test")
    chosen = asked.parse_args()
    mutants = sampled(chosen.room, chosen.seed, chosen.sample)
    if chosen.show:
        print(*mutants, sep="\n")
        return
    known = equivalents()
    for library in LIBRARIES:  # loaded once, before a process is forked for each mutant
        importlib.import_module(library)

    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        os.environ["PYTHONDONTWRITEBYTECODE"] = ""
        failed, seconds = died(copy, chosen.room, rooms[chosen.room], LONGEST)
        if failed:
            said = (copy.parent / OUTPUT).read_text(encoding="utf-8", errors="replace")
            sys.exit(f"{said[-2000:]}\nThe room's tests fail without a fault put in; nothing can be learned.")
        limit = 5 + int(3 * seconds)  # an endless mutant is stopped
        ended: list[str] = []
        for number, mutant in enumerate(mutants, 1):
            if chosen.only and number not in chosen.only:
                continue
            place = copy / mutant.module
            source = place.read_text(encoding="utf-8")
            _put(place, mutant.code)
            how = "survived"
            if tests := files_that_enter(copy, one_of := function_of(mutant, source), rooms[chosen.room]):
                how = "killed" if died(copy, chosen.room, tests, limit, one_of)[0] else how
            _put(place, source)
            same = any((module, mutant.before, mutant.after) in known for module in ("", mutant.module))
            ended.append("equivalent" if same and how == "survived" else how)
            print(number, ended[-1], mutant if ended[-1] != "killed" else f"{mutant.module}:{mutant.line}", flush=True)
    judged = [how for how in ended if how != "equivalent"]
    dead = sum(how == "killed" for how in judged)
    share = dead / max(len(judged), 1)
    print(f"{chosen.room}, seed {chosen.seed}: {dead} of {len(judged)} mutants died ({share:.0%}); ", end="")
    print(f"{len(ended) - len(judged)} more are equivalent.")


if __name__ == "__main__":
    main()
