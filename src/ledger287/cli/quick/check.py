"""``ledger287 check`` of one file without the libraries that its answer does not need.

What enters: the words of a command. What leaves: the exit code, with the answer printed, or None where the usual way is
to answer: other commands and options, several files, standard input, anything that is wrong. Promise: what is printed
is what the usual way prints; tests compare the two.
"""

import gc
import json
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ledger287.cli.plain import on_terminal
from ledger287.cli.quick.words import FILE, options_given, written

if TYPE_CHECKING:
    from ledger287.factcheck.verdicts.answers import Checked

TAKES = ("--date", "--record")


def checked_quickly(words: Sequence[str]) -> int | None:
    """Print the answer where it can be had without the rest of the commands; the exit code, or None."""
    given = options_given(words, "check", TAKES, names_a_file=True)
    if given is None:
        return None
    collects = gc.isenabled()
    gc.disable()  # one story, then the process ends: nothing is gained by looking for garbage
    try:
        found = _checked(given)
    except Exception:
        return None  # the usual way says what is wrong, in its own words
    finally:
        if collects:
            gc.enable()
    text = _json(found) if "--json" in given else _text(found)
    return 1 if not written(text) or found.against else 0


def _checked(given: dict[str, str]) -> "Checked":
    from ledger287 import api
    from ledger287.factcheck.checking import Checker
    from ledger287.factcheck.text.cleaning import MOST_BYTES, read_article
    from ledger287.factcheck.text.published import month_or_day
    from ledger287.ledger.query.answers import PastNewestList

    day = month_or_day(given["--date"]) if "--date" in given else None
    with Path(given[FILE]).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    warnings.simplefilter("ignore", PastNewestList)
    record = api.open(Path(given["--record"]) if "--record" in given else None)
    record.warns_past_newest_list = False
    return Checker(record).check(read_article(data, given[FILE], day))


def _json(found: "Checked") -> str:
    from ledger287.core.jsonable import as_json as plain
    from ledger287.factcheck.verdicts.answers import as_json

    return json.dumps(plain(as_json(found)), indent=2, ensure_ascii=False) + "\n"


def _text(found: "Checked") -> str:
    from ledger287.factcheck.report import as_text

    return on_terminal(as_text(found, colour=sys.stdout.isatty()).rstrip("\n")) + "\n"
