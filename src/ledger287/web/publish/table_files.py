"""Every table of a record as files, made in a child process that ends: an export takes more memory than a day's pages.

What enters: the folder of a record and its version, and an empty folder. What leaves: the files in it, by name, by the
same exports as ``ledger287 export``. Promise: what the export needed is free once the files are there.
"""

import gzip
import json
import logging
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ledger287.core.problem import Refused
from ledger287.core.process.workers import isolated
from ledger287.ledger.store.exporting import PACKAGE, Exported, export
from ledger287.places.atlas import Atlas
from ledger287.places.jurisdictions.tables import place_tables
from ledger287.web.edition.edition import open_edition

FORMATS = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv; charset=utf-8"}
SECONDS = 300
"""For which the child may work."""
log = logging.getLogger("ledger287.web")


@dataclass(frozen=True, slots=True)
class File:
    """One file that can be downloaded."""

    name: str
    path: Path
    media_type: str
    bytes: int
    sha256: str
    rows: int | None


def files_by_child(record: Path, version: str, folder: Path) -> dict[str, File]:
    """The files, made by a child process. Raises Refused where the record is another by now, or it fails."""
    command = isolated(__name__, str(record.resolve()), version, str(folder.resolve()))
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("the files of tables could not be made: %s", error)
        raise Refused("the files of tables could not be made. Ask again in a minute.") from None
    return {row["name"]: File(**row | {"path": Path(row["path"])}) for row in json.loads(done.stdout)}


def make_files(atlas: Atlas, folder: Path) -> dict[str, File]:
    """Every table of a record in every format, CSV also compressed, and their description, by file name."""
    files: dict[str, File] = {}
    packages: dict[str, dict[str, Any]] = {}
    for form, media_type in FORMATS.items():
        done = export(atlas.stored, folder / form, form, place_tables(atlas))
        packages[form] = json.loads((folder / form / PACKAGE).read_text(encoding="utf-8"))
        files |= _files_of(done, folder / form, media_type)
    for file in files.values():
        if file.name.endswith(".csv"):
            with file.path.open("rb") as plain, gzip.GzipFile(f"{file.path}.gz", "wb", 6, mtime=0) as packed:
                shutil.copyfileobj(plain, packed)
    files[PACKAGE] = _described(packages, folder / PACKAGE)
    return files


def _files_of(done: Exported, folder: Path, media_type: str) -> dict[str, File]:
    return {
        file.path: File(file.path, folder / file.path, media_type, file.bytes, file.sha256, file.rows)
        for file in done.files
        if file.table
    }


def _described(packages: dict[str, dict[str, Any]], path: Path) -> File:
    """One description of both formats; resources of the second have its name after their own."""
    whole = {**packages["csv"], "profile": "data-package"}
    whole["description"] = whole["description"] + " " + packages["parquet"]["description"].rpartition(". ")[2]
    again = []
    for resource in packages["parquet"]["resources"]:
        schema = {key: value for key, value in resource["schema"].items() if key != "foreignKeys"}
        again.append({**resource, "name": f"{resource['name']}-parquet", "schema": schema})
    whole["resources"] = [*whole["resources"], *again]
    data = (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()
    path.write_bytes(data)
    return File(PACKAGE, path, "application/json", len(data), sha256(data).hexdigest(), None)


def main(record: str, version: str, folder: str) -> None:
    """In the child: make the files, and print what they are as JSON. Another version of the record is a failure."""
    edition = open_edition(Path(record))
    if edition.version != version:
        sys.exit(f"record {version} was replaced by {edition.version}")
    files = make_files(edition.atlas, Path(folder))
    sys.stdout.write(json.dumps([asdict(file) | {"path": str(file.path)} for file in files.values()]))


if __name__ == "__main__":
    main(*sys.argv[1:])
