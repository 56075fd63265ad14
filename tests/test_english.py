"""Texts for people are plain, current US English: none of the words of `english.yml` is in them.

The test reads the documents, the templates with their catalog, the declared data, the strings of the code that have
at least two words and are not patterns, and the docstrings and comments of all Python files. `english.yml` lists the
files that are still to do (`to_do` for texts, `to_do_inside` for docstrings and comments): a listed file that is clean
fails, so that the lists can only become shorter.
"""

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from ledger287.core import declared

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ledger287"
DECLARED = declared.read_yaml((ROOT / "tests" / "english.yml").read_text(encoding="utf-8"))
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "Makefile")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
TEMPLATES = sorted(SOURCE.rglob("*.html"))
MODULES = sorted(SOURCE.rglob("*.py"))
DATA = [
    path
    for path in sorted((SOURCE / "declared").rglob("*"))
    if path.suffix in (".yml", ".csv") and path.relative_to(SOURCE / "declared").as_posix() not in DECLARED["matched"]
]


CODE = sorted(path for folder in ("src", "tests", "benchmarks", "scripts") for path in (ROOT / folder).rglob("*.py"))
ROOMS = sorted(
    {path.relative_to(ROOT).parts[:3] if SOURCE in path.parents else path.relative_to(ROOT).parts[:1] for path in CODE}
)
ANY_WORD = re.compile("|".join(f"(?:{entry['find']})" for entry in DECLARED["words"]), re.IGNORECASE)


def found_in(text: str) -> list[str]:
    """The listed words in a text, each with the words around it. Code in backticks and URLs are left out."""
    text = re.sub(r"``[^`\n]*``|`[^`\n]*`|https?://\S+", " ` ", text)
    found: list[str] = []
    if not ANY_WORD.search(text):
        return found
    for entry in DECLARED["words"]:
        left = text
        for right in entry.get("but", ()):
            left = re.sub(rf"(?i)\b(?:{right})(?!\w)", lambda match: " " * len(match[0]), left)
        for match in re.finditer(rf"(?i)(?<![\w-])(?:{entry['find']})(?![\w-])", left):
            around = text[max(0, match.start() - 40) : match.end() + 40]
            found.append(f"{' '.join(around.split())!r} ({match[0]}: write {entry['instead']})")
    return found


def document_text(path: Path) -> str:
    """A document without its blocks of code and the targets of its links."""
    text = re.sub(r"(?ms)^```.*?^```", "", path.read_text(encoding="utf-8"))
    return re.sub(r"`[^`]*`|\]\([^)]*\)", " ` ", text)


def template_text(path: Path) -> str:
    """What a template prints: its text, the strings of its expressions that have a space, and no tags."""
    text = re.sub(r"(?s)\{#.*?#\}|<script.*?</script>|<style.*?</style>", " ", path.read_text(encoding="utf-8"))
    strings = re.findall(r"""_\(\s*"([^"]*)"|_\(\s*'([^']*)'""", text)
    attributes = re.findall(r'(?:title|aria-label|placeholder|alt|content)="([^"{]*)"', text)
    text = re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}|<code>.*?</code>|<[^>]*>", " ", text)
    return " . ".join([text, *(a or b for a, b in strings), *attributes])


def module_text(path: Path) -> str:
    """The strings of a module that people read: at least two words, no pattern, no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out: set[int] = set()
    texts: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(id(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_re(node.func):
            left_out.update(id(each) for each in ast.walk(node))
        elif isinstance(node, ast.JoinedStr):
            left_out.update(id(each) for each in node.values)
            parts = [each.value if isinstance(each, ast.Constant) else "{}" for each in node.values]
            texts.append((id(node), "".join(str(part) for part in parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append((id(node), node.value))
    return "\n\n".join(text for node, text in texts if node not in left_out and _is_prose(text))


def _is_re(function: ast.Attribute) -> bool:
    return isinstance(function.value, ast.Name) and function.value.id == "re"


def _is_prose(text: str) -> bool:
    return (
        len(text.split()) > 1
        and text not in DECLARED["values"]
        and not re.search(r"\(\?|\\[bswdS]|\[\^|^(?:SELECT|select|WITH) |^create view |^Callable\[", text)
    )


def inside_text(path: Path) -> str:
    """The docstrings and comments of a Python file, a paragraph each."""
    text = path.read_text(encoding="utf-8")
    docstrings = [
        node.value.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    comments = re.findall(r"(?m)(?:^[ \t]*|  )# (.*)$", text)
    return "\n\n".join([*docstrings, *comments])


def data_text(path: Path) -> str:
    """The declared values that have at least three words: reasons, rules, sentences, sources."""
    text = path.read_text(encoding="utf-8")
    data = list(csv.DictReader(StringIO(text))) if path.suffix == ".csv" else declared.read_yaml(text)
    return "\n\n".join(value for value in _values(data) if len(value.split()) > 2)


def _values(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _values(value)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value)
    elif isinstance(data, str):
        yield data


@cache
def hits(path: Path) -> tuple[str, ...]:
    """What one file has of the listed words."""
    if path.suffix == ".html":
        return tuple(found_in(template_text(path)))
    if path.suffix == ".py":
        return tuple(found_in(module_text(path)))
    if path in DATA:
        return tuple(found_in(data_text(path)))
    return tuple(found_in(document_text(path)))


def _id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*DOCUMENTS, *TEMPLATES, *DATA, *MODULES], ids=_id)
def test_no_listed_word_is_in_a_text_for_people(path: Path) -> None:
    found = hits(path)
    if _id(path) in DECLARED["to_do"]:
        assert found, f"{_id(path)} is clean: take it off the list to_do in tests/english.yml"
    else:
        assert not found, "\n".join((_id(path), *found))


@pytest.mark.parametrize("room", ROOMS, ids="/".join)
def test_no_listed_word_is_in_a_docstring_or_comment(room: tuple[str, ...]) -> None:
    files = [path for path in CODE if path.relative_to(ROOT).parts[: len(room)] == room]
    found = {_id(path): lines for path in files if (lines := found_in(inside_text(path)))}
    to_do = {_id(path) for path in files} & set(DECLARED["to_do_inside"])
    wrong = [f"{name}: {line}" for name, lines in found.items() if name not in to_do for line in lines]
    assert not wrong, "\n".join(wrong)
    assert not to_do - set(found), (
        f"clean: take them off to_do_inside in tests/english.yml: {sorted(to_do - set(found))}"
    )


def test_every_file_still_to_do_is_there() -> None:
    read = {_id(path) for path in (*DOCUMENTS, *TEMPLATES, *DATA, *MODULES)}
    assert not set(DECLARED["to_do"]) - read
    assert not set(DECLARED["to_do_inside"]) - {_id(path) for path in CODE}


def test_every_word_says_what_to_write_and_why() -> None:
    for entry in DECLARED["words"]:
        assert entry["word"] and entry["find"] and entry["instead"] and entry["reason"]


@pytest.mark.parametrize("text", ["The document is told apart.", "It stands there.", "89 per cent", "76 % of them"])
def test_a_listed_word_is_found(text: str) -> None:
    assert len(found_in(text)) == 1


@pytest.mark.parametrize("text", ["WSO stands for Warrant Service Officer.", "a whole number", "an e-mail address"])
def test_a_right_use_is_not_found(text: str) -> None:
    assert not found_in(text)


def test_the_strings_of_a_module_are_read_without_docstrings_and_patterns(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""Told here."""\nimport re\nSAID = f"what was told {1} of it"\nWORDS = re.compile("who told whom")\n',
        encoding="utf-8",
    )
    assert module_text(module) == "what was told {} of it"


def test_the_docstrings_and_comments_of_a_module_are_read(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""What enters."""\n# why it is so\nONE = 1  # the unit\n\n\ndef double() -> None:\n    """What leaves."""\n',
        encoding="utf-8",
    )
    assert inside_text(module).split("\n\n") == ["What enters.", "What leaves.", "why it is so", "the unit"]
