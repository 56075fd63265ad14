"""The process that reads a visitor's file: it holds the checker, takes one file after another, and has hard limits.

What enters, on standard input: frames of a head (JSON: name, date, and cpu, the seconds of processor time that the
file may take) and a file's bytes. What leaves, on standard output: one frame of JSON for each. It writes no file,
leaves no core, opens no URL, and prints nothing else. Its memory is bounded from when it is warm, and its processor
time for each file; past either it ends, and ``children`` puts another in its place.
"""

import json
import os
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger287.factcheck.checking import Checker
    from ledger287.factcheck.verdicts.answers import Checked

HEAD = struct.Struct(">II")
"""The lengths of a frame's head and of its data."""
WARM = b"By August 14, 2025, 895 agreements were in force under section 287(g), 317 of them in Florida."
MOST_CHARACTERS = 1_000_000
"""Characters of a text that is checked, whatever it was taken out of."""


def write_frame(pipe: IO[bytes], head: dict[str, Any], data: bytes = b"") -> None:
    """Write one frame."""
    encoded = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    pipe.write(HEAD.pack(len(encoded), len(data)) + encoded)
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: IO[bytes], most_bytes: int = 2**31) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame; None at the end of the stream, or where a frame is larger than allowed or broken."""
    lengths = pipe.read(HEAD.size)
    if len(lengths) < HEAD.size:
        return None
    head_size, data_size = HEAD.unpack(lengths)
    if head_size + data_size > most_bytes:
        return None
    head, data = pipe.read(head_size), pipe.read(data_size)
    if len(head) < head_size or len(data) < data_size:
        return None
    try:
        decoded = json.loads(head)
    except ValueError:
        return None
    return (decoded, data) if isinstance(decoded, dict) else None


def limit(kind: str, soft: int) -> None:
    """Set one limit of this process, where the system has it; never above the limit that it has already."""
    try:
        import resource
    except ImportError:
        return
    which = getattr(resource, kind)
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def memory_in_use() -> int | None:
    """The bytes of virtual memory of this process; None where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None


def blocks(checked: "Checked") -> list[dict[str, Any]]:
    """The article's paragraphs, in pieces: ``claim`` is the number of the claim that a piece is, or None."""
    text, found = checked.article.text, []
    starts = [(number, answer.claim.span) for number, answer in enumerate(checked.answers, 1)]
    for block in checked.article.blocks:
        inside = [(number, span) for number, span in starts if block.start <= span.start < block.end]
        pieces: list[dict[str, Any]] = []
        at = block.start
        for number, span in sorted(inside, key=lambda one: one[1].start):
            if span.start < at:
                continue
            if text[at : span.start]:
                pieces.append({"text": text[at : span.start], "claim": None})
            at = min(span.end, block.end)
            pieces.append({"text": text[span.start : at], "claim": number})
        if text[at : block.end]:
            pieces.append({"text": text[at : block.end], "claim": None})
        found.append({"pieces": pieces, "claims": [number for number, _ in inside]})
    return found


def answer(checker: "Checker", head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """One file, checked; ``refused`` says why it was not."""
    from ledger287.core.problem import Refused
    from ledger287.factcheck.correcting import correctable, corrected, reading_of
    from ledger287.factcheck.text.cleaning import read_article
    from ledger287.factcheck.text.published import month_or_day
    from ledger287.factcheck.verdicts.answers import as_json

    try:
        published = month_or_day(head["date"]) if head["date"] else None
        article = read_article(data, head["name"], published)
    except (Refused, ValueError) as refused:
        return {"refused": str(refused)}
    if len(article.text) > MOST_CHARACTERS:
        return {"large": len(article.text)}
    checked = checker.check(article)
    readings = {int(number): reading_of(**chosen) for number, chosen in (head.get("readings") or {}).items()}
    if readings:
        checked = corrected(checked, readings, checker.index)
    open_to = [number for number, one in enumerate(checked.answers, 1) if correctable(one)]
    return {"answer": as_json(checked), "blocks": blocks(checked), "correctable": open_to}


def serve(into: IO[bytes], out: IO[bytes], make: Callable[[dict[str, Any], bytes], dict[str, Any]]) -> None:
    """Answer frames until the stream ends. A file that needs too much memory is reported so, and ends the process."""
    while frame := read_frame(into):
        limit("RLIMIT_CPU", int(time.process_time()) + 1 + int(frame[0]["cpu"]))
        try:
            reply = make(*frame)
        except MemoryError:
            reply = {"failed": "memory"}
        except Exception as error:  # whatever a file makes a library raise is reported by its kind, without its words
            reply = {"failed": type(error).__name__}
        write_frame(out, reply)
        if "failed" in reply:
            return


def main(folder: str, version: str, memory: int) -> None:
    """Open the record, get warm, take the limits, and serve."""
    from ledger287.factcheck.checking import Checker
    from ledger287.web.edition.edition import open_edition

    limit("RLIMIT_CORE", 0)
    limit("RLIMIT_FSIZE", 0)
    edition = open_edition(Path(folder))
    if edition.version != version:
        write_frame(sys.stdout.buffer, {"version": edition.version})
        return
    checker = Checker(edition.atlas)
    import pypdf  # noqa: F401  so that no file waits for it

    answer(checker, {"name": "warm.txt", "date": None}, WARM)
    in_use = memory_in_use()
    if in_use is not None:
        limit("RLIMIT_AS", in_use + memory)
    write_frame(sys.stdout.buffer, {"version": version})
    serve(sys.stdin.buffer, sys.stdout.buffer, lambda head, data: answer(checker, head, data))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
