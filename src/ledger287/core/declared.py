"""Data without code: headings, codes, corrections, identity decisions, registry, limits; read once, frozen.

Each function returns what one file of this folder declares. The files give, with every value, the reason for it;
CONTRIBUTING.md says how to add to them.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def text(path: str) -> str:
    """A declared file, unchanged."""
    return files("ledger287").joinpath("declared").joinpath(path).read_text(encoding="utf-8")


def rows(path: str) -> Iterable[dict[str, str]]:
    """The lines of a declared CSV table, by heading."""
    return csv.DictReader(io.StringIO(text(path), newline=""))


def read_yaml(content: str | bytes) -> Any:
    """The values of a YAML text, by libyaml where it is there: ten times as fast, with the same values and errors."""
    return yaml.load(content, Loader)


def _yaml(path: str) -> Any:
    return read_yaml(text(path))


def declared_yaml(path: str) -> Any:
    """What a declared YAML file holds, unchecked."""
    return _yaml(path)


def bare(word: str) -> str:
    """A text for comparing with a declared one: no outer spaces, single inner ones, one case."""
    return " ".join(word.split()).casefold()


@dataclass(frozen=True, slots=True)
class Era:
    """An order of columns that ICE used for one kind of list, and the day it was first seen."""

    kind: str
    first_seen: date
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """``fields`` maps a bare heading to its field; ``ignored_sheets`` are first rows, bare."""

    fields: dict[str, str]
    eras: tuple[Era, ...]
    ignored_sheets: tuple[tuple[str, ...], ...]


@cache
def headings() -> Headings:
    """The column headings by field, the eras, and the sheets that are not lists."""
    data = _yaml("headings.yml")
    return Headings(
        {bare(word): field for field, words in data["fields"].items() for word in words},
        tuple(Era(e["kind"], e["first_seen"], tuple(e["columns"])) for e in data["eras"]),
        tuple(tuple(map(bare, sheet["starts_with"])) for sheet in data["ignored_sheets"]),
    )


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a closed vocabulary, the words for it, and the misprints of those words.

    ``expected``: on no list so far, so that it is in no count until a list has it.
    """

    code: str
    name: str
    misprints: tuple[str, ...] = ()
    expected: bool = False


def _codes(data: dict[str, Any]) -> tuple[Code, ...]:
    return tuple(
        Code(code, row["name"], tuple(row.get("misprints", ())), bool(row.get("expected", False)))
        for code, row in data.items()
    )


@cache
def states() -> tuple[Code, ...]:
    """The 50 states and DC."""
    return _codes(_yaml("codes/states.yml")["states"])


@cache
def states_alone() -> int:
    """How many states there are: the District of Columbia is counted with them, and is not one."""
    return sum(one.code != "DC" for one in states())


@cache
def territories() -> tuple[Code, ...]:
    """The inhabited territories, which are never counted among the states."""
    return _codes(_yaml("codes/states.yml")["territories"])


@cache
def state_names() -> dict[str, str]:
    """Postal code -> name: the states, DC and the territories."""
    return {one.code: one.name for one in states() + territories()}


@cache
def state_codes() -> dict[str, str]:
    """Name -> postal code: the states, DC and the territories."""
    return {name: code for code, name in state_names().items()}


@cache
def models() -> tuple[Code, ...]:
    """JEM, WSO and TFM."""
    return tuple(code for code in every_model() if not code.expected)


@cache
def every_model() -> tuple[Code, ...]:
    """The models, and those that may come."""
    return _codes(_yaml("codes/models.yml"))


@dataclass(frozen=True, slots=True)
class Types:
    """The codes of the TYPE column, and the texts that say there is none."""

    codes: tuple[Code, ...]
    ignored: frozenset[str]


@cache
def types() -> Types:
    """What the TYPE column may hold."""
    data = _yaml("codes/types.yml")
    return Types(_codes(data["types"]), frozenset(map(bare, data["ignored"])))


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of typing in a SIGNED cell that has one reading only; groups of ``pattern`` fill ``means``."""

    pattern: str
    means: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cells:
    """What the texts of COUNTY, MOA, ADDENDUM and SIGNED cells say, where they say no plain value."""

    county_ignored: frozenset[str]
    document_linked: frozenset[str]
    document_awaited: frozenset[str]
    document_ignored: frozenset[str]
    first_possible: date
    days_after_list: int
    slips: tuple[Slip, ...]


@cache
def cells() -> Cells:
    """The declared texts of cells that hold no plain value."""
    data = _yaml("codes/cells.yml")
    document, signed = data["document"], data["signed"]
    return Cells(
        frozenset(map(bare, data["county"]["ignored"])),
        frozenset(map(bare, document["linked"])),
        frozenset(map(bare, document["awaited"])),
        frozenset(map(bare, document["ignored"])),
        signed["first_possible"],
        signed["days_after_list"],
        tuple(Slip(s["pattern"], s["means"], s["reason"]) for s in signed["slips"]),
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """A declared correction of one cell of one agency's rows.

    ``expect`` is what ICE printed, compared with outer spaces off; ``where`` names the row by other
    fields as printed, compared bare. A correction that finds its row but not its value is stale.
    """

    id: str
    field: str
    where: tuple[tuple[str, str], ...]
    expect: str | None
    value: str
    reason: str
    source: str


@cache
def corrections() -> tuple[Correction, ...]:
    """Every declared correction, in the order of the file."""
    found = []
    for row in _yaml("corrections.yml") or ():
        where = tuple(sorted((field, bare(printed)) for field, printed in row["where"].items()))
        expect = row["expect"]
        found.append(
            Correction(
                row["id"],
                row["field"],
                where,
                None if expect is None else str(expect).strip(),
                str(row["value"]),
                row["reason"],
                row["source"],
            )
        )
    return tuple(found)


@cache
def display_names() -> dict[str, str]:
    """Id of an agency -> what it is called, where every name that ICE printed is a misprint of it."""
    return {row["agency_id"]: row["name"] for row in rows("identity/display_names.csv")}


@cache
def name_words() -> dict[str, Any]:
    """The words of agencies' names: abbreviations, fillers, bodies (see codes/names.yml)."""
    data: dict[str, Any] = _yaml("codes/names.yml")
    return data


@cache
def place_words() -> dict[str, frozenset[str]]:
    """State -> the words in the names of its counties and places."""
    lines = (line.split() for line in text("place_words.txt").splitlines() if not line.startswith("#"))
    return {state: frozenset(words) for state, *words in lines}


@cache
def limits() -> dict[str, Any]:
    """The limits of the rules that accept lists and fold them, each with its reason."""
    data: dict[str, Any] = _yaml("limits.yml")
    return data


@cache
def rules() -> dict[str, Any]:
    """The files of the law by name, unchanged; ``ledger287.law`` reads and checks them."""
    folder = files("ledger287").joinpath("declared", "law")
    return {place.name: _yaml(f"law/{place.name}") for place in folder.iterdir() if place.name.endswith(".yml")}
