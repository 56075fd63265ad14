"""Complete answers to sentences, one for each way through the verdicts, as ``full_answers.json`` keeps them.

The sentences are those of other tests, chosen so that each line of the verdicts is reached by two of them. Every word
of an answer is kept, so that a change in it is seen: ``python tests/full_answers.py --write`` writes them again, and
what changed has to be read before it is kept.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.model import Days

KEPT = Path(__file__).with_name("full_answers.json")
SAID = ("said", "verdict", "meaning", "reason", "requires", "law_holds", "right", "citations", "settles", "notes",
        "same_as", "against", "speaker", "measure")  # fmt: skip
"""What is kept of a claim as it is; what an answer does not have is left out."""
SHOWN = ("sentence", "value", "difference", "requires", "list", "table", "cells")
"""What is kept of evidence."""


def kept() -> list[dict[str, Any]]:
    """The rows of the file: a day, a text, the claims and the conflicts."""
    rows: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return rows


def row_of(checker: Checker, day: str, text: str) -> dict[str, Any]:
    """The complete answer to a text of a day (YYYY-MM-DD), of some days (with ``..`` between), or of none."""
    first, _, last = day.partition("..")
    days = Days(date.fromisoformat(first), date.fromisoformat(last or first)) if first else None
    found = checker.check_text(text, published=days).as_json()
    row = {"day": day, "text": text, "claims": [_claim(one) for one in found["claims"]]}
    return row | {key: found[key] for key in ("conflicts", "notes") if found[key]}


def write(rows: list[dict[str, Any]]) -> None:
    """Keeps complete answers, a claim a line."""
    lines = [json.dumps(row, ensure_ascii=False).replace('}, {"said"', '},\n  {"said"') for row in rows]
    KEPT.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def _claim(answer: dict[str, Any]) -> dict[str, Any]:
    claim = _having(answer, SAID)
    for key in ("evidence", "near"):
        if answer[key]:
            claim[key] = [_having(one, SHOWN) for one in answer[key]]
    if answer["unread"]:
        claim["unread"] = [one["said"] for one in answer["unread"]]
    return claim


def _having(row: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: row[key] for key in keys if row.get(key) not in (None, [], "")}


def main() -> None:
    """Says which answers differ from those that are kept; with ``--write`` keeps those of today."""
    checker = Checker(ledger287.open())
    today = [row_of(checker, row["day"], row["text"]) for row in kept()]
    differing = [row["text"] for row, old in zip(today, kept(), strict=True) if row != old]
    sys.stdout.write("\n".join([*differing, f"{len(differing)} of {len(today)} differ.", ""]))
    if "--write" in sys.argv:
        write(today)


if __name__ == "__main__":
    main()
