"""The files that figures were typed from, against the register of sources.

``python -m ledger287.sources.figures.checking FOLDER``. What enters: a folder. What leaves: how many registered files
of figures below it have the bytes that were read; else a refusal that names the figures which rest on the file.
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.source import sources
from ledger287.sources.figures.reading import figures


def check_files(folder: Path) -> int:
    """How many files below a folder are as they were read. Raises Refused where one changed, or none is there."""
    checked = 0
    for source in sources().values():
        if source.kind != "figures":
            continue
        for one in source.files:
            for path in sorted(folder.rglob(one.file)):
                found = hashlib.sha256(path.read_bytes()).hexdigest()
                if found != one.sha256:
                    resting = [figure.id for figure in figures() if one.file in figure.locator]
                    raise Refused(
                        f"{path}: expected the bytes of sha256 {one.sha256[:16]}, found {found[:16]}. "
                        f"Look again at the figures that rest on it ({', '.join(resting) or 'none'}), then write its "
                        "sha256 in declared/sources.yml."
                    )
                checked += 1
    if not checked:
        raise Refused(f"{folder}: none of the files of figures in declared/sources.yml is below it.")
    return checked


def main(words: Sequence[str] | None = None) -> int:
    """Check the files below the folder named on the command line; say how many there are."""
    parser = argparse.ArgumentParser(prog="python -m ledger287.sources.figures.checking", description="Check files.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="The folder with the files of figures.")
    try:
        number = check_files(parser.parse_args(words).folder)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    sys.stdout.write(f"{number} files are as they were read\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
