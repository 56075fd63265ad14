"""The URLs of agreements' documents -> the documents in a folder, by sha256; requested politely, one at a time.

What enters: the documents wanted (``WantedDocument``: URL, name of the file, the agreements whose rows link it), a
folder, and the way to the web. What leaves: ``Fetched`` with what is there now and each thing that went wrong. The
folder holds ``addresses.csv`` (every URL ever wanted, fetched or not) and ``<sha256>.pdf``. The module promises that a
document that is there is not requested a second time unless ``again``; that what comes is kept only where it is a PDF;
that a URL that leaves the lists stays in the table with the document it gave; and that a stopped run loses no document.
"""

import csv
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC
from hashlib import sha256 as digest_of
from pathlib import Path
from urllib.parse import urlsplit

from ledger287.core.problem import Problem, Refused
from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.files.opening import sha256_of
from ledger287.sources.documents.files.other_files import HEAD, UNKNOWN, other_file
from ledger287.sources.fetching import Manners, NotFetched, PartialDownload, Validators, Web, download

TABLE = "addresses.csv"
REFUSED = 3
"""After so many refusals in a row, the site is left alone: it asks for that, or it is not there."""
Progress = Callable[[str, int, int | None], None]
"""Called with a file's name, the bytes saved so far, and all bytes where the server says how many."""


@dataclass(frozen=True, slots=True)
class WantedDocument:
    """A document that rows of the lists link. ``kind`` is agreement or addendum."""

    url: str
    file: str
    kind: str
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """A line of the table: a URL, and the document that it gave, if it was fetched. ``taken_at`` is in UTC, ISO."""

    url: str
    file: str
    kind: str
    agreements: str
    sha256: str = ""
    bytes: str = ""
    etag: str = ""
    last_modified: str = ""
    taken_at: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that this run fetched; ``known`` where its bytes were there under another URL."""

    url: str
    file: str
    sha256: str
    bytes: int
    known: bool
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a run did. ``unchanged`` were there or the server said so; ``left`` are still to be fetched."""

    folder: str
    addresses: int
    taken: tuple[Taken, ...]
    unchanged: int
    left: int
    problems: tuple[Problem, ...]


def polite() -> Web:
    """The way to the web for documents: ``update``'s, with a shorter wait for a connection and a document's size."""
    return Web(manners=Manners(to_connect=4.0, most_bytes=int(limits()["bytes"]["most"])))


def fetch_documents(
    wanted: Sequence[WantedDocument],
    folder: Path,
    web: Web | None = None,
    again: bool = False,
    most: int | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Fetch the documents that a folder lacks; ``again`` also asks whether those it has have changed.

    Raises Refused where the folder cannot be written to; all else that goes wrong is a problem.
    """
    try:
        return _Store(folder, web or polite()).fetch(wanted, again, most, progress)
    except OSError as error:
        raise Refused(
            f"{folder}: a document could not be kept ({error.strerror or error}). What was fetched before is kept; "
            "make room, or name another folder."
        ) from None


class _Store:
    """A folder of documents with its table of URLs; the newest line of a URL is the one that counts."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder, self.web = folder, web
        folder.mkdir(parents=True, exist_ok=True)
        self.lines: dict[tuple[str, str], Address] = {(line.url, line.sha256): line for line in _lines(folder / TABLE)}
        self.by_url = {line.url: line for line in self.lines.values()}
        self.problems: list[Problem] = []
        self.refused: dict[str, int] = {}

    def fetch(
        self, wanted: Sequence[WantedDocument], again: bool, most: int | None, progress: Progress | None
    ) -> Fetched:
        for one in wanted:
            self._note(one)
        self._write()
        taken: list[Taken] = []
        unchanged = requested = 0
        left: set[str] = set()
        for one in wanted:
            if self._held(one.url) and not again:
                unchanged += 1
            elif not self._may_ask(one, requested, most):
                left.add(one.url)
            else:
                if requested:
                    self.web.sleep(self.web.manners.pause)
                requested += 1
                found = self._take(one, progress)
                if isinstance(found, Taken):
                    taken.append(found)
                elif found:
                    unchanged += 1
                else:
                    left.add(one.url)
        return Fetched(str(self.folder), len(self.by_url), tuple(taken), unchanged, len(left), tuple(self.problems))

    def _note(self, one: WantedDocument) -> None:
        """Keep a URL, and the agreements that link it now."""
        agreements = " ".join(one.agreements)
        line = self.by_url.get(one.url)
        self._set(
            replace(line, file=one.file, kind=one.kind, agreements=agreements)
            if line
            else Address(one.url, one.file, one.kind, agreements)
        )

    def _set(self, line: Address) -> None:
        """Put a line in the table; a fetched one takes the place of the URL's line without a document."""
        if line.sha256:
            self.lines.pop((line.url, ""), None)
        self.lines[line.url, line.sha256] = self.by_url[line.url] = line

    def _held(self, url: str) -> bool:
        """Whether the document of a URL is here."""
        line = self.by_url[url]
        return bool(line.sha256) and self._path(line.sha256).is_file()

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.pdf"

    def _may_ask(self, one: WantedDocument, asked: int, most: int | None) -> bool:
        """Whether a URL can and may be requested now; one that cannot is a problem."""
        host = host_of(one.url)
        if host is None:
            expected = "a URL with http or https and the name of a site"
            remedy = "The list prints it so; look for the document by hand." if one.agreements else "Correct the URL."
            self._problem(one, "bad_url", expected, repr(one.url), remedy)
            return False
        return self.refused.get(host, 0) < REFUSED and (most is None or asked < most)

    def _take(self, one: WantedDocument, progress: Progress | None) -> Taken | bool:
        """Fetch one document: what was taken, or whether the one that is here still holds."""
        part = PartialDownload(self.folder / "parts" / digest_of(one.url.encode()).hexdigest()[:16])
        line = self.by_url[one.url]
        known = Validators(line.etag or None, line.last_modified or None) if self._held(one.url) else Validators()

        def report(done: int, total: int | None) -> None:
            if progress:
                progress(one.file, done, total)

        host = host_of(one.url) or ""
        try:
            validators = download(self.web, one.url, part, known, report)
        except NotFetched as bad:
            if bad.unreachable:
                self.refused[host] = REFUSED
                self._problem(
                    one, "site_left_alone", f"a connection to {host}", bad.found,
                    "No more was requested from it. Check the connection and run it again; it goes on from here.",
                )  # fmt: skip
                return False
            self._problem(one, bad.kind, bad.expected, bad.found, _remedy(bad))
            self.refused[host] = self.refused.get(host, 0) + _is_refusal(bad)
            if self.refused[host] == REFUSED:
                self._problem(
                    one, "site_left_alone", "a site that answers", f"{REFUSED} requests refused in a row by {host}",
                    "No more was requested from it. Run it again later; it goes on from here.",
                )  # fmt: skip
            return False
        self.refused[host] = 0
        return True if validators is None else self._keep(one, part, validators)

    def _keep(self, one: WantedDocument, part: PartialDownload, validators: Validators) -> Taken | bool:
        """Put a download in its place by sha256, where it is a PDF."""
        with part.path.open("rb") as stream:
            head = stream.read(HEAD)
        if b"%PDF-" not in head:
            other = other_file(part.path, head)
            what = "a file that is not a PDF" if other == UNKNOWN else other.kind
            part.drop()
            self._problem(one, "not_a_pdf", "a PDF document", f"{what} at {one.url}", "It was not kept; open the URL.")
            return False
        sha256, size = sha256_of(part.path), part.size()
        before = self.by_url[one.url]
        known = self._path(sha256).is_file()
        part.path.replace(self._path(sha256))
        part.drop()
        at = self.web.clock().astimezone(UTC).isoformat(timespec="seconds")
        self._set(
            replace(
                before, sha256=sha256, bytes=str(size), taken_at=at,
                etag=validators.etag or "", last_modified=validators.last_modified or "",
            )
        )  # fmt: skip
        self._write()
        if before.sha256 == sha256 and known:
            return True
        return Taken(one.url, one.file, sha256, size, known, one.agreements)

    def _problem(self, one: WantedDocument, kind: str, expected: str, found: str, remedy: str) -> None:
        self.problems.append(Problem(kind, one.file, None, None, None, expected, found, remedy))

    def _write(self) -> None:
        """Write the table to a temporary file first, so that a stopped run leaves the old one or the new one."""
        new = self.folder / f".{TABLE}.new"
        try:
            with new.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                names = [column.name for column in fields(Address)]
                writer.writerow(names)
                writer.writerows([getattr(line, name) for name in names] for line in self._ordered())
                stream.flush()
                os.fsync(stream.fileno())
            new.replace(self.folder / TABLE)
        finally:
            new.unlink(missing_ok=True)

    def _ordered(self) -> Iterable[Address]:
        return sorted(self.lines.values(), key=lambda line: (line.url, line.taken_at))


def _remedy(bad: NotFetched) -> str:
    """What to do, in the words of this command and not of ``update``."""
    if bad.kind == "truncated":
        return "Run it again: it goes on from there where the server allows."
    return "Open the URL in a browser: no agreement is so large." if bad.kind == "too_large" else bad.remedy


def _is_refusal(bad: NotFetched) -> bool:
    """Whether the site itself does not answer or does not want to; a missing file (404, 410) is only that."""
    return bad.kind == "not_fetched" and not any(status in bad.found for status in ("HTTP 404", "HTTP 410"))


def host_of(url: str) -> str | None:
    """The site of a URL with http or https; None where it is not one."""
    try:
        parts = urlsplit(url)
        return parts.netloc if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _lines(path: Path) -> list[Address]:
    """The table as it is, in its order; an empty one where there is none. Raises Refused where it is not one."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        names = [column.name for column in fields(Address)]
        if reader.fieldnames != names:
            raise Refused(
                f"{path}: expected the columns {', '.join(names)}; found {', '.join(reader.fieldnames or ('none',))}. "
                "Name another folder, or move that file away."
            )
        found = [Address(**{name: row[name] or "" for name in names}) for row in reader]
    return sorted(found, key=lambda line: line.taken_at)
