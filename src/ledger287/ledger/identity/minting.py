"""New spellings and signing days -> the committed registry: ``python -m ledger287.ledger.identity.minting RECORD``.

For maintainers, after a build has met names that the registry lacks: it folds the record's lists once
more and adds what the fold minted to declared/registry, leaving every line that is there as it is.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from ledger287.ledger.fold.folding import fold
from ledger287.ledger.identity.agencies import committed_registry
from ledger287.ledger.identity.signing_days import committed_signings
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import open_record

REGISTRY = Path(__file__).resolve().parents[2] / "declared" / "registry"


def mint(record: Path) -> tuple[int, int]:
    """Add what a record's lists mint to the registry; returns how many spellings and signing days."""
    folded = fold(printed_lists(open_record(record)))
    spellings = {(e.agency_id, e.state, *e.spelling) for e in committed_registry()}
    spelled = {(e.agency_id, e.state, *e.spelling) for e in folded.identity.minted}
    days = {(found, *_texts(signing)) for signing, found in committed_signings().items()}
    shown = {(found, *_texts(signing)) for signing, found in folded.agreements.state.by_signing.items()}
    _write("agencies.csv", ("agency_id", "state", "state_printed", "name_printed"), spellings | spelled)
    _write("agreements.csv", ("agreement_id", "agency_id", "model", "signed"), days | shown)
    return len(spelled - spellings), len(shown - days)


def _texts(signing: Sequence[object]) -> tuple[str, ...]:
    return tuple("" if part is None else str(part) for part in signing)


def _write(name: str, heading: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    with (REGISTRY / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    names, days = mint(Path(sys.argv[1]))
    sys.stdout.write(f"{names} spellings and {days} signing days added to {REGISTRY}\n")
