"""docs/articles.md: every piece of evidence in the table is recomputed from the record."""

import re
import warnings
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import ledger287
from ledger287.law.lawbook.book import shipped
from ledger287.sources.figures.reading import figures

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "articles.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| [A-E]\d+ \|", line)
]
TOKENS = sorted({token for row in ROWS for token in re.findall(r"`([^`]+)`", row[3])})
GRADES = ("list", "primary", "secondary", "none")


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open()


def test_most_statements_are_answered() -> None:
    unanswered = [row for row in ROWS if row[2].startswith("not in the record")]
    assert len({row[0] for row in ROWS}) == len(ROWS) > 70
    assert len(unanswered) <= 0.1 * len(ROWS)
    assert f"Of these {len(ROWS)} statements {len(unanswered)} are not in the record" in TEXT
    assert all(len(row) == 5 and row[4] in GRADES for row in ROWS)
    assert all(bool(row[3]) == (row[4] != "none") for row in ROWS)
    assert not any("supported" in row[2] for row in ROWS)


@pytest.mark.parametrize("token", TOKENS)
def test_the_evidence_is_in_the_record(atlas: ledger287.Atlas, token: str) -> None:
    kind, name, *rest = token.split()
    if kind == "figure":
        assert name in {one.id for one in figures()}
    elif kind == "rule":
        assert name in {one.id for one in shipped().provisions}
    elif kind == "agreement":
        assert atlas.source(name, field="signed")
    elif kind == "status":
        key, value = rest[0].split("=")
        found = atlas.status(date.fromisoformat(name))
        given = {**found.by_state, **found.by_model}.get(key, getattr(found, key, None))
        assert given == int(value)
    else:
        assert kind == "kinds", token
        key, value = rest[0].split("=")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kinds = Counter(str(one.jurisdiction.kind) for one in atlas.in_force(date.fromisoformat(name)))
        assert kinds[key] == int(value)
