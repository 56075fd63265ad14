"""What a fold keeps for the next list <-> a file with the tables of the record.

What enters: the fold's state as JSON values, and the tables that it belongs to. What leaves: gzipped JSON with a
heading: the file's format, the code and the declared data that made it, the tables' folder, and the hash of the rest.
Promise: a state that is damaged, of another record, or made by other code or declarations is not read: the answer is
then None, and every list is folded again.
"""

import gzip
import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ledger287.ledger.store.folder import Stored

STATE = "fold.json.gz"
FORMAT = 1
PACKAGE = Path(__file__).resolve().parents[2]
DECIDING = (
    "ledger/build/growing.py",
    "ledger/fold",
    "ledger/identity",
    "ledger/store/counts.py",
    "ledger/store/parquet_groups.py",
    "ledger/store/parts.py",
    "ledger/store/tables.py",
    "ledger/store/tabulate.py",
    "sources/ice_lists",
    "declared/codes",
    "declared/identity",
    "declared/registry",
    "declared/corrections.yml",
    "declared/headings.yml",
    "declared/limits.yml",
)
"""The code and the declarations that decide what a fold of lists says, and how its tables are written."""


def state_file(state: dict[str, Any], tables: str) -> bytes:
    """The file of a state; ``tables`` is the name of the folder of the tables that it belongs to."""
    body = json.dumps(state, separators=(",", ":"), sort_keys=True).encode()
    heading = {"format": FORMAT, "made_by": made_by(), "tables": tables, "sha256": sha256(body).hexdigest()}
    return gzip.compress(json.dumps(heading, sort_keys=True).encode() + b"\n" + body, 4, mtime=0)


def read_state(stored: Stored) -> dict[str, Any] | None:
    """The state of a record's fold; None where there is none that can be believed."""
    try:
        heading, _, body = gzip.decompress((stored.tables / STATE).read_bytes()).partition(b"\n")
        said = json.loads(heading)
        expected = {
            "format": FORMAT,
            "made_by": made_by(),
            "tables": stored.facts["tables"],
            "sha256": sha256(body).hexdigest(),
        }
        state = json.loads(body) if said == expected else None
    except (OSError, ValueError, EOFError):
        return None
    return state if isinstance(state, dict) else None


@cache
def made_by() -> str:
    """A hash of the code and the declared data that decide what a fold says."""
    found = sha256()
    for place in DECIDING:
        path = PACKAGE / place
        for file in sorted(path.rglob("*")) if path.is_dir() else (path,):
            if file.suffix in (".py", ".csv", ".yml"):
                found.update(
                    f"{file.relative_to(PACKAGE).as_posix()} {sha256(file.read_bytes()).hexdigest()}\n".encode()
                )
    return found.hexdigest()
