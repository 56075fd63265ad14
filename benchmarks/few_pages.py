"""A site of its first pages, by the site's own export: ``few_pages.py --out DIR --record DIR --pages N``.

What enters: a record. What leaves: a folder as ``ledger287 site`` writes it, with N pages; exit code 2 where it is
refused. It is for tries that write a site a hundred times.
"""

import argparse
import sys
from itertools import count
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.web.edition.edition import open_edition
from ledger287.web.publish.export import export_site


def main() -> int:
    """Write it."""
    parser = argparse.ArgumentParser(description="A site of its first pages.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--pages", type=int, required=True)
    asked = parser.parse_args()
    number = count()
    try:
        export_site(open_edition(asked.record), asked.out, wanted=lambda _: next(number) < asked.pages)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
