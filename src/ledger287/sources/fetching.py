"""One URL -> its bytes, requested politely.

What enters: a URL, a file to save to, the validators of what is there already. What leaves: the
bytes in that file with their validators, or that nothing is new, or ``NotFetched`` with the reason in
words. Promises: one request at a time; a User-Agent that names the project; every wait is made by the
``sleep`` passed in; ``Retry-After`` is obeyed; sizes, times, retries and redirects have their limits;
a download that breaks off is kept, and the next try goes on from there where the server says that the
rest is still of the same file.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ResponseError,
)

from ledger287 import __version__

USER_AGENT = f"ledger287/{__version__} (keeps a public record of ICE's 287(g) lists; one request at a time)"
TRY_AGAIN = (429, 500, 502, 503, 504)
CHUNK = 64 * 1024
UNRESOLVED = 2
"""How often a name that does not resolve is tried."""

Progress = Callable[[int, int | None], None]
"""Called with the bytes saved so far, and all bytes where the server says how many."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient and how polite to be. Times in seconds; sizes in bytes.

    The largest list so far has under 200 kB, so the limit on a file stops only what is none.
    """

    pause: float = 2.0
    back_off: float = 1.0
    longest_wait: float = 120.0
    tries: int = 4
    redirects: int = 5
    to_connect: float = 10.0
    to_answer: float = 30.0
    longest_download: float = 600.0
    most_bytes: int = 32 * 1024 * 1024
    most_bytes_of_page: int = 8 * 1024 * 1024


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Web:
    """The way to the web, with all that a test would replace."""

    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=1))
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], datetime] = _now
    manners: Manners = field(default_factory=Manners)


class NotFetched(Exception):
    """A URL that could not be fetched; ``found`` says in words what came instead."""

    def __init__(self, kind: str, expected: str, found: str, remedy: str, unreachable: bool = False) -> None:
        super().__init__(f"expected {expected}; found {found}. {remedy}")
        self.kind, self.expected, self.found, self.remedy = kind, expected, found, remedy
        self.unreachable = unreachable
        """Whether no connection to the site could be made, so that other URLs of it are in vain."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server says to tell one version of a file from another."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def unmodified(self) -> dict[str, str]:
        """The headers that ask for a file only if it is another one."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}

    @property
    def strong(self) -> str | None:
        """What can tell that the rest of a file is of the same bytes; a weak ETag cannot."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified


@dataclass(frozen=True, slots=True)
class PartialDownload:
    """A download under way: its bytes so far, and the validators they came with."""

    path: Path

    @property
    def _next_to(self) -> Path:
        return self.path.with_name(self.path.name + ".json")

    def size(self) -> int:
        """Bytes saved so far."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def validators(self) -> Validators:
        """Those of the bytes saved so far."""
        try:
            return Validators(**json.loads(self._next_to.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Validators()

    def begin(self, validators: Validators) -> None:
        """Start again. The old bytes are removed first, so that they are never kept with new validators."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(b"")
        self._next_to.write_text(json.dumps(asdict(validators)), encoding="utf-8")

    def drop(self) -> None:
        """Remove the bytes and their validators."""
        self.path.unlink(missing_ok=True)
        self._next_to.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """The text of a page, and its URL after all redirects."""

    url: str
    text: str


def fetch_page(web: Web, url: str) -> FetchedPage:
    """Fetch a complete page. Raises NotFetched."""
    limit = web.manners.most_bytes_of_page
    found = ""
    for tried in range(web.manners.tries):
        _back_off(web, tried)
        response = _ask(web, url, {"Accept-Encoding": "gzip, deflate"})
        try:
            if response.status != HTTPStatus.OK:
                raise _refused_by_server(response, url)
            data = response.read(limit + 1, decode_content=True)
        except HTTPError as error:
            found = f"{in_words(error)} at {url}"
            continue
        finally:
            _let_go(response)
        if len(data) > limit:
            raise NotFetched(
                "too_large", f"a page of at most {limit:,} bytes", f"more at {url}", "Name ICE's page by its URL."
            )
        charset = re.search(r"charset=[\"']?([\w-]+)", response.headers.get("Content-Type", ""))
        return FetchedPage(_final_address(url, response), _decoded(data, charset.group(1) if charset else "utf-8"))
    raise NotFetched("truncated", "a complete page", found, "Try again later.")


def download(web: Web, url: str, part: PartialDownload, known: Validators, progress: Progress) -> Validators | None:
    """Save a file's bytes as ``part``, and return their validators; None where ``known`` still holds.

    Raises NotFetched; bytes of a download that broke off stay in ``part`` for the next time.
    """
    found = ""
    for tried in range(web.manners.tries):
        _back_off(web, tried)
        response = _ask(web, url, {"Accept-Encoding": "identity", **_conditions(part, known)})
        try:
            if response.status == HTTPStatus.NOT_MODIFIED and known.unmodified:
                return None
            start = _start(response, part, url)
            if start is None:
                part.drop()
                found = f"HTTP {response.status}, not the rest of the file,"
                continue
            whole = _whole(response, start)
            if _save(web, response, part, start, progress):
                return part.validators()
            found = f"{part.size():,} of {whole:,} bytes" if whole else f"{part.size():,} bytes, then no more,"
        finally:
            _let_go(response)
    raise NotFetched(
        "truncated",
        "the complete file",
        f"{found} at {url}, in {web.manners.tries} tries",
        "Run the update again: it goes on from there where the server allows.",
    )


def _conditions(part: PartialDownload, known: Validators) -> dict[str, str]:
    """Request the rest of a part whose version is known; else a file other than the known one."""
    size, same = part.size(), part.validators().strong
    if size and same:
        return {"Range": f"bytes={size}-", "If-Range": same}
    return known.unmodified


def _start(response: urllib3.BaseHTTPResponse, part: PartialDownload, url: str) -> int | None:
    """The place in the file at which the answer's bytes begin; None where they are of no use."""
    if response.status == HTTPStatus.OK:
        return 0
    if response.status == HTTPStatus.PARTIAL_CONTENT:
        held = part.size()
        given = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
        return held if given and int(given.group(1)) == held else None
    if response.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and part.size():
        return None
    raise _refused_by_server(response, url)


def _whole(response: urllib3.BaseHTTPResponse, start: int) -> int | None:
    """The size of the complete file, where the server says it."""
    length = response.headers.get("Content-Length", "")
    return start + int(length) if length.isdecimal() else None


def _save(web: Web, response: urllib3.BaseHTTPResponse, part: PartialDownload, start: int, progress: Progress) -> bool:
    """Save the answer's bytes, from ``start``. Returns whether the file is complete."""
    size, whole, began = start, _whole(response, start), web.clock()
    if not start:
        part.begin(Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")))
    with part.path.open("ab") as file:
        try:
            _check_size(web, part, whole or 0)
            while chunk := response.read1(CHUNK, decode_content=False):  # what came is kept, however little
                size += len(chunk)
                _check_size(web, part, size)
                file.write(chunk)
                progress(size, whole)
                if (web.clock() - began).total_seconds() > web.manners.longest_download:
                    return False
        except HTTPError:
            return False
    return whole is None or size == whole


def _check_size(web: Web, part: PartialDownload, size: int) -> None:
    if size > web.manners.most_bytes:
        part.drop()
        raise NotFetched(
            "too_large",
            f"a file of at most {web.manners.most_bytes:,} bytes",
            f"{size:,} bytes or more",
            "Check the page: no list was ever that large.",
        )


def _ask(web: Web, url: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
    try:
        return web.pool.request(
            "GET",
            url,
            headers={"User-Agent": USER_AGENT, **headers},
            timeout=urllib3.Timeout(connect=web.manners.to_connect, read=web.manners.to_answer),
            retries=_patience(web),
            preload_content=False,
        )
    except (HTTPError, ValueError) as error:
        raise NotFetched(
            "not_fetched", "an answer", f"{in_words(error)}, asking for {url}", "Check the URL and the connection.",
            unreachable=isinstance(_reason(error), (NewConnectionError, ConnectTimeoutError)),
        ) from None  # fmt: skip


def _patience(web: Web) -> urllib3.Retry:
    """urllib3's own retries, but that every wait goes through ``web.sleep``, and none is endless."""
    manners = web.manners

    class Patience(urllib3.Retry):
        def increment(self, *args: Any, **kwargs: Any) -> "Patience":
            response, error = kwargs.get("response"), kwargs.get("error")
            if isinstance(error, NameResolutionError) and len(self.history) >= UNRESOLVED - 1:
                raise MaxRetryError(kwargs["_pool"], "", error)
            if response is not None and _requested_wait(response, web.clock()) > manners.longest_wait:
                raise MaxRetryError(kwargs["_pool"], "", ResponseError("the server requests a long wait"))
            return super().increment(*args, **kwargs)

        def sleep(self, response: urllib3.BaseHTTPResponse | None = None) -> None:
            wait = _requested_wait(response, web.clock()) if response is not None else 0.0
            web.sleep(wait or max(self.get_backoff_time(), manners.back_off))

    return Patience(
        total=manners.tries + manners.redirects,
        connect=manners.tries - 1,
        read=manners.tries - 1,
        other=manners.tries - 1,
        status=manners.tries - 1,
        redirect=manners.redirects,
        status_forcelist=TRY_AGAIN,
        backoff_factor=manners.back_off,
        raise_on_status=False,
    )


def _requested_wait(response: urllib3.BaseHTTPResponse, now: datetime) -> float:
    """The seconds that a server asks to wait, as a number or a date; 0 where it asks for none."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def _back_off(web: Web, tried: int) -> None:
    if tried:
        web.sleep(web.manners.back_off * 2 ** (tried - 1))


def _refused_by_server(response: urllib3.BaseHTTPResponse, url: str) -> NotFetched:
    status = f"HTTP {response.status}"
    if response.status in list(HTTPStatus):
        status += f" ({HTTPStatus(response.status).phrase})"
    if wait := response.headers.get("Retry-After"):
        return NotFetched(
            "not_fetched", "an answer", f"{status} at {url}, Retry-After: {wait}", "Try again after that."
        )
    if response.status in TRY_AGAIN:
        return NotFetched("not_fetched", "an answer", f"{status} at {url}", "Try again later.")
    return NotFetched("not_fetched", "HTTP 200", f"{status} at {url}", "Open the URL in a browser to see why.")


def _final_address(url: str, response: urllib3.BaseHTTPResponse) -> str:
    for step in response.retries.history if response.retries else ():
        if step.redirect_location:
            url = urljoin(url, step.redirect_location)
    return url


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _let_go(response: urllib3.BaseHTTPResponse) -> None:
    response.close()
    response.release_conn()


def _reason(error: Exception) -> Exception:
    return error.reason if isinstance(error, MaxRetryError) and error.reason else error


def in_words(error: Exception) -> str:
    """What went wrong on the way, in one line and without the names of Python's objects."""
    reason = _reason(error)
    text = re.sub(r"<[^>]* object at [^>]*>:? ?|^HTTPS?Connection(Pool)?\([^)]*\): ?", "", str(reason))
    return text.strip().rstrip(".") or type(reason).__name__
