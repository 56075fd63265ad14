"""The operator's list of those who follow -> subscriptions, and the folder that the sending keeps its few files in.

What enters: a CSV with the columns ``to`` (an e-mail address, or an https URL), ``feed`` (``nation``, or ``state``,
``county``, ``agency`` or ``model`` with a colon and a code: ``state:FL``), and, where wanted, ``kind`` (of change,
several with a blank between) and ``lang``. What leaves: ``Subscription``, each known by an id made with the operator's
key. Promise: the folder holds ids, times and the key, and no e-mail address.
"""

import csv
import hmac
import json
import os
import re
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import TypeVar, get_args
from urllib.parse import urlsplit

from ledger287.core.problem import Refused
from ledger287.ledger.query.parameters import read_kinds
from ledger287.web.server.query import Language

FOLDER_VARIABLE = "LEDGER287_NOTIFY"
"""Names the folder to the site, so that it can take what people send to end a subscription."""
KEY, SENT, ENDED = "key", "sent.json", "ended.txt"
TAKES = ("to", "feed", "kind", "lang")
FEEDS = ("nation", "state", "county", "agency", "model")
MAIL = re.compile(r"[^@\s\"<>(),;:\\]+@[^@\s\"<>(),;:\\]+\.[^@\s\"<>(),;:\\]+")
LOCAL = ("localhost", "127.0.0.1", "::1")
Rows = TypeVar("Rows")
PIPED = Path("-")
"""Names standard input as the list."""
SHORT = 32
"""Digits of an id, and of its signature."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One line of the list. ``id`` tells it apart without saying who it is."""

    line: int
    to: str
    feed: str
    place: str
    kinds: tuple[str, ...]
    lang: Language
    id: str

    @property
    def by_mail(self) -> bool:
        """Whether it is an e-mail address; else it is the URL of a webhook."""
        return "://" not in self.to


def read_subscriptions(path: Path, key: bytes) -> list[Subscription]:
    """The list, its columns apart by commas, or by semicolons as spreadsheets of many countries write them.

    ``-`` is standard input.

    Raises Refused for the first line that cannot be understood, with what was expected.
    """
    called = "standard input" if path == PIPED else str(path)
    try:
        text = (sys.stdin.buffer.read() if path == PIPED else path.read_bytes()).decode("utf-8-sig")
        first = text.partition("\n")[0]
        read = csv.DictReader(StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
        names, rows = read.fieldnames or (), list(read)
    except OSError as error:
        raise Refused(f"{called}: the list cannot be read ({error.strerror or error}). Name a CSV file.") from None
    except (UnicodeError, csv.Error) as error:
        raise Refused(f"{called}: the list cannot be read ({error}). Name a CSV file in UTF-8.") from None
    if "to" not in names:
        found = f"the columns {', '.join(map(str, names))}" if names else "an empty file"
        raise Refused(f"{called}: expected a first line with the columns {', '.join(TAKES)}, found {found}.")
    return [_subscription(called, number, row, key) for number, row in enumerate(rows, 2)]


def _subscription(path: str, line: int, row: dict[str | None, object], key: bytes) -> Subscription:
    where = f"{path}, line {line}"
    if extra := [name for name in row if name not in TAKES]:
        raise Refused(f"{where}: no column {extra[0]!r}; expected {', '.join(TAKES)}.")
    to, feed, kind, lang = (str(row.get(name) or "").strip() for name in TAKES)
    _check_to(where, to)
    name, _, place = (feed or "nation").partition(":")
    if name not in FEEDS or bool(place) != (name != "nation"):
        raise Refused(f"{where}: expected a feed such as nation, state:FL or county:12021, found {feed!r}.")
    if (lang or "en") not in get_args(Language):
        raise Refused(f"{where}: expected the language en or es, found {lang!r}.")
    try:
        kinds = tuple(sorted({*read_kinds(kind.split())}))
    except Refused as refused:
        raise Refused(f"{where}: {refused}") from None
    content = "\n".join((to, name, place, " ".join(kinds), lang))
    return Subscription(line, to, name, place, kinds, "es" if lang == "es" else "en", _signed(key, f"who\n{content}"))


def rows_of(path: Path, one: Subscription, read: Callable[[], Rows]) -> Rows:
    """What is ``read`` for a subscription. Raises Refused that names its line where its place is not known."""
    try:
        return read()
    except Refused as refused:
        raise Refused(f"{path}, line {one.line}: {refused}") from None


def _check_to(where: str, to: str) -> None:
    if "://" not in to:
        if not MAIL.fullmatch(to) or len(to) > 254:
            raise Refused(f"{where}: expected an email address or an https URL, found {to!r}.")
        return
    try:
        url = urlsplit(to)
        host = url.hostname or ""
    except ValueError:
        host = ""
    if not host or url.scheme not in ("https", "http") or (url.scheme == "http" and host not in LOCAL):
        raise Refused(f"{where}: expected the URL of a webhook that begins with https://, found {to!r}.")


# -- the folder --------------------------------------------------------------------------------------


def read_key(folder: Path, make: bool = False) -> bytes:
    """The operator's key; a new one where there is none and ``make`` says so. Raises Refused where it cannot be had."""
    path = folder / KEY
    try:
        if make and not path.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(32))
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: the key cannot be read or made ({error}).") from None
    if len(key) < 32:
        raise Refused(f"{path}: expected a key of 64 hexadecimal digits.")
    return key


def token_of(key: bytes, id: str) -> str:
    """What ends a subscription: its id, and a signature that only the operator's key makes."""
    return f"{id}{_signed(key, f'end{chr(10)}{id}')}"


def id_of(key: bytes, token: str) -> str | None:
    """The subscription that a token ends; None where it was not signed with this key."""
    id, signature = token[:SHORT], token[SHORT:]
    good = hmac.compare_digest(signature.encode(), _signed(key, f"end\n{id}").encode())
    return id if good else None


def signature_of(key: bytes, data: bytes) -> str:
    """The signature of a webhook's body, for its receiver to check with the same key."""
    return hmac.new(key, data, sha256).hexdigest()


def _signed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), sha256).hexdigest()[:SHORT]


def read_sent(folder: Path) -> dict[str, datetime]:
    """For each subscription, how far it was notified: the publication of the newest list. Raises Refused."""
    path = folder / SENT
    try:
        stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return {str(id): datetime.fromisoformat(at) for id, at in stored.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise Refused(f"{path}: not what was sent before ({error}). Remove it to begin again.") from None


def write_sent(folder: Path, sent: dict[str, datetime]) -> None:
    """Keep what was sent, in one step."""
    aside = folder / f".{SENT}.{os.getpid()}"
    text = json.dumps({id: at.isoformat() for id, at in sorted(sent.items())}, indent=1) + "\n"
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(folder / SENT)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise Refused(f"{folder / SENT}: cannot be written ({error.strerror or error}).") from None


def read_ended(folder: Path) -> frozenset[str]:
    """The ids of the subscriptions that were ended."""
    path = folder / ENDED
    return frozenset(path.read_text(encoding="ascii").split()) if path.exists() else frozenset()


def end(folder: Path, ids: Sequence[str]) -> None:
    """Note that subscriptions were ended. Nothing about who requested it is kept."""
    new = [id for id in ids if id not in read_ended(folder)]
    with (folder / ENDED).open("a", encoding="ascii") as file:
        file.writelines(f"{id}\n" for id in new)
