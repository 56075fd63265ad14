"""The register of sources: who published each, as of when, on what basis, how far it can be relied on, who reads it.

What enters: ``declared/sources.yml``, a list. What leaves: ``RegisteredSource`` objects by id. Promise: an entry that
is incomplete or malformed is not dropped; ``RegisterError`` names each one, what was expected, what was found, and what
to write.

A new kind of source is a folder in ``sources/`` and an entry in that file; nothing here changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from typing import Any, Literal, get_args

Grade = Literal["list", "primary", "secondary", "typed"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""From the most reliable to the least: ICE's own list or page table; the issuing body's own report, document or data
set; an account of one; typed by hand from one of these. What a list can say is never overruled by a lower grade."""

SHA256_DIGITS = 64
REQUIRED = {
    "id": "a short name of lower case letters, digits, underscores and hyphens, used nowhere else",
    "title": "what its publisher calls it",
    "publisher": "the body that published it",
    "kind": "the folder in sources/ that reads it, such as ice_lists; reference for tables about places and time",
    "reader": "the module that reads it, such as sources.ice_lists.reading",
    "as_of": "a date such as 2023-07-01; null where each of its values has its own, and basis says how",
    "basis": "how its dates and values came about",
    "grade": f"one of {', '.join(GRADES)}",
    "unit": "what one value or row of it is, such as row of a list, agreements or people",
    "terms": "the terms of use, such as public domain",
}
OPTIONAL = {"files": "a list of file and sha256", "url": "where its publisher has it"}


class RegisterError(ValueError):
    """The register cannot be used; ``faults`` are all that is wrong with it, each as a sentence."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source, as it was read."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RegisteredSource:
    """One source. ``files`` is empty where they are many and the record's own table ``lists`` names each."""

    id: str
    title: str
    publisher: str
    kind: str
    reader: str
    as_of: date | None
    basis: str
    grade: Grade
    unit: str
    terms: str
    files: tuple[SourceFile, ...] = ()
    url: str | None = None

    def __str__(self) -> str:
        when = f", as of {self.as_of.isoformat()}" if self.as_of else ""
        return f"{self.publisher}, {self.title}{when} ({self.grade})"

    def outranks(self, other: "RegisteredSource") -> bool:
        """Whether it is of a more reliable grade."""
        return GRADES.index(self.grade) < GRADES.index(other.grade)


def read_sources(entries: Any, where: str = "declared/sources.yml") -> dict[str, RegisteredSource]:
    """Checked entries by id, in their order. Raises RegisterError with every fault."""
    if not isinstance(entries, list):
        raise RegisterError([f"{where}: expected a list of sources, found {_shown(entries)}. Begin each with '- id:'."])
    faults: list[str] = []
    found: dict[str, RegisteredSource] = {}
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, Mapping):
            faults.append(
                f"{where} entry {number}: expected a mapping with id, found {_shown(entry)}. Write '- id: ...'."
            )
            continue
        name = f"{where}, source {entry.get('id') or f'number {number}'}"
        wrong = list(_faults(entry, found))
        faults += [f"{name}: {fault}" for fault in wrong]
        if not wrong:
            source = _source(entry)
            found[source.id] = source
    if faults:
        raise RegisterError(faults)
    return found


def _faults(entry: Mapping[str, Any], before: Mapping[str, RegisteredSource]) -> Iterable[str]:
    for key, expected in REQUIRED.items():
        if key not in entry:
            yield f"expected {key} ({expected}), found none. Write '{key}: ...'."
        elif key != "as_of" and not (isinstance(entry[key], str) and entry[key].strip()):
            yield f"expected {key} to be {expected}, found {_shown(entry[key])}. Write it as text."
    for key in entry.keys() - REQUIRED.keys() - OPTIONAL.keys():
        yield f"expected only {', '.join((*REQUIRED, *OPTIONAL))}, found {key}. Remove it, or correct its spelling."
    yield from _wrong_values(entry, before)
    yield from _wrong_files(entry.get("files", []))


def _wrong_values(entry: Mapping[str, Any], before: Mapping[str, RegisteredSource]) -> Iterable[str]:
    name = entry.get("id")
    if isinstance(name, str) and name.strip():
        if name in before:
            yield f"expected an id that is used once, found {name} twice. Write another."
        if not name.replace("_", "").replace("-", "").isalnum() or name != name.lower():
            yield f"expected id to be {REQUIRED['id']}, found {name!r}. Write it so."
    if isinstance(entry.get("grade"), str) and entry["grade"] not in GRADES:
        yield f"expected grade to be {REQUIRED['grade']}, found {entry['grade']!r}. Write one of them."
    if entry.get("as_of") is not None and type(entry["as_of"]) is not date:
        yield f"expected as_of to be {REQUIRED['as_of']}, found {_shown(entry['as_of'])}. Write 2023-07-01."
    kind, reader = entry.get("kind"), entry.get("reader")
    if isinstance(kind, str) and isinstance(reader, str) and reader.strip():
        if reader.startswith("sources.") and reader.split(".")[1] != kind:
            yield f"expected kind to be the folder of its reader, found {kind} and {reader}. Write the same in both."
        if not _is_module(reader):
            yield f"expected reader to be {REQUIRED['reader']}, found {reader}, which is not a module. Correct it."


def _wrong_files(listed: Any) -> Iterable[str]:
    if not isinstance(listed, list):
        yield f"expected files to be {OPTIONAL['files']}, found {_shown(listed)}. Write '- {{file: ..., sha256: ...}}'."
        return
    for one in listed:
        if not isinstance(one, Mapping) or set(one) != {"file", "sha256"} or not isinstance(one["file"], str):
            yield f"expected each of files to have file and sha256, found {_shown(one)}. Write both."
        elif not _is_sha256(one["sha256"]):
            yield (
                f"expected the sha256 of {one['file']} as {SHA256_DIGITS} digits of 0-9 and a-f, "
                f"found {_shown(one['sha256'])}. Write what sha256sum prints."
            )


def _is_sha256(text: Any) -> bool:
    return isinstance(text, str) and len(text) == SHA256_DIGITS and not set(text) - set("0123456789abcdef")


def _is_module(name: str) -> bool:
    try:
        return find_spec(f"ledger287.{name}") is not None
    except ModuleNotFoundError:
        return False


def _shown(value: Any) -> str:
    return "nothing" if value is None else repr(value)[:60]


def _source(entry: Mapping[str, Any]) -> RegisteredSource:
    files = tuple(SourceFile(one["file"], one["sha256"]) for one in entry.get("files", ()))
    texts = {key: entry[key].strip() for key in REQUIRED if key != "as_of"}
    return RegisteredSource(**texts, as_of=entry["as_of"], files=files, url=entry.get("url"))


@cache
def sources() -> Mapping[str, RegisteredSource]:
    """Every declared source by id."""
    from ledger287.core.declared import declared_yaml

    return read_sources(declared_yaml("sources.yml"))


def source(name: str) -> RegisteredSource:
    """One declared source. Raises KeyError with the ids that there are."""
    known = sources()
    if name not in known:
        raise KeyError(f"no source {name!r} in declared/sources.yml; it has {', '.join(known)}")
    return known[name]
