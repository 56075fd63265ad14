"""What a page costs: processor time a page, kind by kind, and what a sample's bytes are, to compare before and after.

    python -m benchmarks.pages [--every N] [--hashes FILE] [--kind NAME]

Every Nth page of the site is made in this process, in both languages and as data. ``--hashes`` writes the SHA-256 of
each page made, one a line, so that two versions of the code can be compared with ``diff``.
"""

import argparse
import time
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from ledger287.web.edition.edition import open_edition
from ledger287.web.publish.sheets import PublishedSheet, first_of_each, sheets
from ledger287.web.server.app import page_body


def main() -> None:
    """Make the sample and print the costs."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--every", type=int, default=20)
    words.add_argument("--hashes", type=Path)
    words.add_argument("--kind")
    given = words.parse_args()
    began = time.process_time()
    edition = open_edition(None)
    print(f"opened in {time.process_time() - began:.2f} s")
    began = time.process_time()
    for sheet in first_of_each(edition):
        page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {})
    print(f"indexes made in {time.process_time() - began:.2f} s")
    everything = list(sheets(edition, live=True))
    of_kind: dict[str, list[PublishedSheet]] = defaultdict(list)
    for sheet in everything:
        of_kind[f"{sheet.kind.name}.{sheet.form} {sheet.lang}"].append(sheet)
    hashes, whole = [], 0.0
    print(f"{'page':<34}{'pages':>7}{'ms each':>9}{'all, s':>8}{'kB':>8}")
    for name, group in sorted(of_kind.items()):
        if given.kind and not name.startswith(given.kind):
            continue
        sample, size = group[:: given.every], 0
        began = time.process_time()
        bodies = [page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {}) for sheet in sample]
        each = (time.process_time() - began) / len(sample)
        for sheet, body in zip(sample, bodies, strict=True):
            data = body.plain()
            size += len(data)
            hashes.append(f"{sha256(data).hexdigest()} {sheet.address}")
        whole += each * len(group)
        print(
            f"{name:<34}{len(group):>7}{each * 1e3:>9.2f}{each * len(group):>8.1f}{size / len(sample) / 1e3:>8.1f}",
            flush=True,
        )
    print(f"{len(everything)} pages, {whole:.0f} s of processor time in all")
    if given.hashes:
        given.hashes.write_text("\n".join(sorted(hashes)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
