"""A visitor's story -> the answers to its figures, or why there are none; used by the page and the API.

What enters: a file's bytes, its name, and a date. What leaves: the answer of the claims checker as JSON values, or a
``Refusal`` with the status to answer with. The file is read in a child process with limits and kept nowhere;
no link in it is opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import anyio.to_thread

from ledger287.factcheck.text.published import month_or_day
from ledger287.web.server.site import Site
from ledger287.web.server.workers.child import MOST_CHARACTERS
from ledger287.web.server.workers.children import Failed, Trouble

MOST_BYTES = 5 * 2**20
"""Bytes of a file."""
MOST_TEXT = MOST_CHARACTERS
"""Bytes of a text that is pasted, and characters of one that is taken out of a file."""
UNNAMED = "your text"
LONGEST_NAME = 100

Why = Literal["empty", "large", "long", "date", "unreadable", "reading"] | Trouble


@dataclass(frozen=True, slots=True)
class Refusal:
    """A story that is not checked: ``why`` in one word, ``says`` in English, and for how long to wait, if so."""

    why: Why
    status: int
    says: str
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A checked story: the answer as ``ledger287 check --json`` gives it, and the text in marked pieces."""

    answer: Mapping[str, Any]
    blocks: tuple[Mapping[str, Any], ...]
    correctable: tuple[int, ...] = ()


FAILED: dict[str, Refusal] = {
    "time": Refusal("time", 422, "The text took too long to check. Give the part of it that holds the figures."),
    "memory": Refusal("memory", 422, "The file needs too much memory to read. Paste its text."),
    "died": Refusal("died", 422, "The file could not be read to its end. Paste its text."),
    "busy": Refusal("busy", 503, "As many stories as the site takes are being checked. Send it again soon.", 5),
    "start": Refusal("start", 503, "The checker is not ready. Send the story again in a moment.", 5),
    "share": Refusal("share", 503, "Stories of yours are being checked. Send this one when one of them is done.", 10),
    "moved": Refusal("moved", 503, "A newer record is being put in place. Send it again in a moment.", 2),
}


async def check_story(
    site: Site,
    data: bytes,
    name: str,
    date: str | None = None,
    visitor: str = "",
    readings: Mapping[int, Mapping[str, str]] | None = None,
) -> dict[str, Any] | Refusal:
    """The answers to a story's figures, with the keys that docs/claims.md gives, or why there are none.

    A reading chosen for a claim that there is not, or that counts nothing, is a refusal.
    """
    found = await examine(site, data, name, date, visitor, readings)
    if isinstance(found, Refusal):
        return found
    wrong = [number for number in readings or {} if number not in found.correctable]
    if wrong:
        able = ", ".join(map(str, found.correctable)) or "none"
        says = f"corrections: claim {wrong[0]} does not count something. Those that can be corrected: {able}."
        return Refusal("reading", 422, says)
    return dict(found.answer)


async def examine(
    site: Site,
    data: bytes,
    name: str,
    date: str | None = None,
    visitor: str = "",
    readings: Mapping[int, Mapping[str, str]] | None = None,
) -> Examined | Refusal:
    """As ``check_story``, with the text in pieces for showing the answers next to it.

    ``readings`` are those that the visitor chose, by the number of the claim.
    """
    if not data.strip():
        return Refusal("empty", 400, "There is nothing to check. Paste a story, or choose a file that holds one.")
    if len(data) > MOST_BYTES:
        return Refusal("large", 413, f"A file may have at most {MOST_BYTES // 2**20} MB. Paste the story's text.")
    try:
        month_or_day(date) if date else None
    except ValueError as error:
        return Refusal("date", 400, f"The date: {error}.")
    chosen = {str(number): dict(one) for number, one in (readings or {}).items()}
    head = {"name": _plain(name), "date": date or None, "readings": chosen}
    try:
        async with site.shares.turn(visitor):
            edition = site.edition
            examined = await anyio.to_thread.run_sync(
                site.children.ask, edition.atlas.stored.folder, edition.version, head, data
            )
    except Failed as failed:
        return FAILED[failed.trouble]
    if "large" in examined:
        return Refusal("long", 413, f"A text may have at most {MOST_TEXT:,} characters. Give only the story.")
    if "refused" in examined:
        return Refusal("unreadable", 422, _sentence(str(examined["refused"]), _plain(name)))
    return Examined(examined["answer"], tuple(examined["blocks"]), tuple(examined["correctable"]))


def _plain(name: str) -> str:
    """A file's name without its folder and without signs that are not printed."""
    bare = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return bare[-LONGEST_NAME:].strip() or UNNAMED


def _sentence(text: str, name: str) -> str:
    """A refusal of the checker as a sentence; a file's name stays as it is."""
    first = text[:1] if text.startswith(name) and name != UNNAMED else text[:1].upper()
    return first + text[1:500] + ("" if text.endswith((".", "?", "!")) else ".")
