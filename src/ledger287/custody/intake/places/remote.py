"""Objects in a store, named by URI: ``s3://bucket/holds/state=TX/2025.parquet``, a folder of them, or a pattern.

What enters: URIs as they are typed, and a store that lists and copies. What leaves: the objects that they name, each
as a local copy with its sha256. It promises that what is audited is what was hashed: an object is read from its store
once, and both come from those bytes. Where a store is and its keys are found as other programs of that store find
them, in the environment or its profiles; never on a command line.
"""

import glob
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, Part, QueryError
from ledger287.custody.intake.places.inputs import READ, expand, one_refusal, remote


@dataclass(frozen=True, slots=True)
class FetchedObject:
    """An object of a store: its URI, its local copy, and the size and sha256 of its bytes.

    ``seen`` is the URI by which an engine that runs on several machines reads it itself.
    """

    uri: str
    path: Path
    bytes: int
    sha256: str
    seen: str = ""


class Store(Protocol):
    """What is needed of a store: everything by URI."""

    def kind(self, uri: str) -> str:
        """``file``, ``folder``, or a blank where there is nothing. Raises Refused where the store does not answer."""

    def under(self, uri: str) -> list[str]:
        """Every object in a folder and in the folders of it."""

    def copy(self, uri: str, to: Path) -> None:
        """Copies an object to a new file."""

    def seen(self, uri: str) -> str:
        """The URI by which the engine reads an object itself; a blank where it does not."""


def local_files(
    names: Sequence[str | Path], folder: Path, store_of: "StoreOf"
) -> tuple[list[Path], dict[Path, FetchedObject]]:
    """The files that the names stand for, in their order, those of a store copied into ``folder``."""
    paths: dict[Path, None] = {}
    copies: dict[str, FetchedObject] = {}
    faults: list[Refused] = []
    for name in map(str, names):
        try:
            if not remote(name):
                paths |= dict.fromkeys(expand([name]))
                continue
            store = store_of(name)
            for uri in named(name, store):
                if uri not in copies:
                    copies[uri] = _fetched(uri, folder / f"{len(copies):06}", store)
                paths[copies[uri].path] = None
        except Refused as refused:
            faults.append(refused)
    if faults:
        raise one_refusal(faults)
    return list(paths), {one.path: one for one in copies.values()}


class StoreOf(Protocol):
    """Gives the store of a URI."""

    def __call__(self, uri: str) -> Store:
        """Raises Refused where none reads such URIs."""


def named(name: str, store: Store) -> list[str]:
    """The objects that a URI names: itself, those of its folder, or those of its pattern."""
    if glob.has_magic(name.split("://", 1)[1].partition("/")[0]):
        raise Refused(f"{name}: a bucket's name cannot be a pattern; name the bucket.")
    kind = store.kind(name)
    if kind == "file":
        return [name]
    if kind == "folder":
        mine = sorted(uri for uri in store.under(name) if _readable(uri, name))
        if not mine:
            raise Refused(f"{name}: this folder has no file to read; expected names that end in {', '.join(READ)}.")
        return mine
    if not glob.has_magic(name):
        raise Refused(f"{name}: there is no such object, and no folder of this name. Check its bucket and its name.")
    scheme, rest = name.split("://", 1)
    parts = rest.rstrip("/").split("/")
    first = next(place for place, part in enumerate(parts) if glob.has_magic(part))
    base = f"{scheme}://{'/'.join(parts[:first])}"
    mine = sorted(set(_matching(name, base, store)))
    if not mine:
        raise Refused(f"{name}: no object has a name like this.")
    return mine


def _matching(name: str, base: str, store: Store) -> Iterator[str]:
    """The objects that match a pattern, and those in the folders that match it."""
    whole = pattern(name)
    for uri in store.under(base) if store.kind(base) == "folder" else ():
        if not uri.rsplit("/", 1)[1].startswith((".", "_")) and whole.fullmatch(uri):
            yield uri
            continue
        folders = (uri[: place.start()] for place in re.finditer("/", uri))
        inside = next((one for one in folders if len(one) > len(base) and whole.fullmatch(one)), None)
        if inside is not None and _readable(uri, inside):
            yield uri


def pattern(name: str) -> re.Pattern[str]:
    """A pattern of names: ``*`` and ``?`` within one name, ``**`` across folders, ``[ab]`` one of these."""
    found = ""
    for part in re.findall(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|.", name.rstrip("/"), re.DOTALL):
        signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
        if part in signs:
            found += signs[part]
        elif len(part) > 2 and part[0] == "[":
            found += "[" + part[1:-1].replace("\\", r"\\").replace("!", "^", part[1] == "!") + "]"
        else:
            found += re.escape(part)
    return re.compile(found, re.DOTALL)


def _readable(uri: str, folder: str) -> bool:
    below = uri[len(folder.rstrip("/")) + 1 :].split("/")
    return below[-1].lower().endswith(READ) and not any(part.startswith((".", "_")) for part in below)


def _fetched(uri: str, folder: Path, store: Store) -> FetchedObject:
    folder.mkdir(parents=True)
    path = folder / (re.sub(r"[^\w.=+-]", "_", uri.rsplit("/", 1)[1])[-100:] or "object")
    store.copy(uri, path)
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
            size += len(block)
    return FetchedObject(uri, path, size, found.hexdigest(), store.seen(uri))


def in_words(refused: Refused, copies: Mapping[Path, FetchedObject]) -> Refused:
    """A refusal that names each object by its URI, not by its copy."""

    def said(text: str) -> str:
        for path, one in copies.items():
            text = text.replace(str(path), one.uri)
        return text

    def part(one: Part) -> Part:
        if isinstance(one, Ask):
            return Ask(one.verb, tuple(map(said, one.takes)), one.fields)
        return said(one) if isinstance(one, str) else one

    if not copies:
        return refused
    parts = [part(one) for one in refused.parts]
    if isinstance(refused, QueryError):
        return QueryError(refused.code, *parts, fields=refused.fields, choices=refused.choices)
    return Refused(*parts)


def uris_of(copies: Iterable[FetchedObject]) -> dict[str, FetchedObject]:
    """Each object by its URI."""
    return {one.uri: one for one in copies}
