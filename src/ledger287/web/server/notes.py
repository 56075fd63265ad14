"""What the program says while it serves, on standard error: sentences, or lines of JSON next to those of requests.

What enters: the program's own notes and those of the server below it. What leaves: one line each. Promise: with lines,
everything on standard error but the first line is JSON; a bad request is not a note, but counted and logged as a
request.
"""

import json
import logging
import sys
from datetime import UTC, datetime

OURS, BELOW = "ledger287.web", "uvicorn.error"


class _Lines(logging.Formatter):
    """A note as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "note": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=True, separators=(",", ":"))


def note_as(*, lines: bool) -> None:
    """Write notes as lines of JSON, or as sentences. The server below says only what ends it."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(_Lines() if lines else logging.Formatter("ledger287: %(message)s"))
    for name, level in ((OURS, logging.WARNING), (BELOW, logging.ERROR)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [out], False
        logger.setLevel(level)
