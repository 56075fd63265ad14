"""The site as files, for any web host: every page that needs no server, in both languages, with its data.

Links are relative, so that the folder may be anywhere. A page is the file ``its/path/index.html``. The folder is
written under a temporary name and renamed in one step when it is complete; what a killed run left is removed.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.swapping import aside_of, put_in_place, sweep
from ledger287.web.edition.edition import Edition
from ledger287.web.publish.extras import EXTRAS, extra_body
from ledger287.web.publish.sheets import Sheet, sheets
from ledger287.web.render.addresses import file_of
from ledger287.web.render.assets import assets
from ledger287.web.server.app import page_body

MARK = "ledger287-site.txt"
"""Says that a folder is an export, so that the next one may take its place."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: pages in HTML, other files, and the bytes of all."""

    folder: Path
    pages: int
    files: int
    bytes: int


def export_site(
    edition: Edition,
    folder: Path,
    progress: Callable[[int], None] = lambda _: None,
    wanted: Callable[[Sheet], bool] = lambda _: True,
) -> Exported:
    """Write the site, or the pages ``wanted``. Raises Refused where the folder holds something else."""
    _refuse_other(folder)
    aside = aside_of(folder)
    pages = files = size = 0
    try:
        sweep(folder)
        for name, data in _contents(edition, wanted):
            target = aside / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            pages += name.endswith(".html")
            files += not name.endswith(".html")
            size += len(data)
            progress(pages + files)
        put_in_place(aside, folder)
    except OSError as error:
        raise Refused(f"{folder}: cannot be written ({error.strerror or error}).") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Exported(folder, pages, files, size)


def files_of(edition: Edition) -> set[str]:
    """The names of every file of the export, without making one."""
    found = {file_of(asset.address) for asset in assets().values()}
    found |= {file_of(extra.address) for extra in EXTRAS}
    return found | {file_of(sheet.address) for sheet in sheets(edition)}


def _contents(edition: Edition, wanted: Callable[[Sheet], bool]) -> Iterator[tuple[str, bytes]]:
    for asset in assets().values():
        yield file_of(asset.address), asset.body.plain()
    for sheet in filter(wanted, sheets(edition)):
        body = page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {}, fixed=True)
        if body.status != 200:
            raise Refused(f"{sheet.address}: the page cannot be made (status {body.status}).")
        yield file_of(sheet.address), body.plain()
    for extra in EXTRAS:
        yield file_of(extra.address), extra_body(edition, extra, {}).plain()
    yield MARK, f"ledger287, record {edition.version}, lists up to {edition.newest}\n".encode()


def _refuse_other(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder}: something else is there. Name an empty folder, or one of an earlier export.")
