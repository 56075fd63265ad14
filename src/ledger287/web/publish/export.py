"""The site as files, for any web host: every page that needs no server, in both languages, with its data.

Links are relative, so that the folder may be anywhere. A page is the file ``its/path/index.html``. The folder is
written under a temporary name and renamed in one step when it is complete; what a killed run left is removed.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.swapping import aside_of, put_in_place, sweep
from ledger287.ledger.query.history import MODELS
from ledger287.web.edition.edition import Edition
from ledger287.web.publish.downloads import FLAT, flat_body
from ledger287.web.publish.export_shares import Written, write_file, write_pages
from ledger287.web.publish.extras import EXTRAS, extra_body
from ledger287.web.publish.feeds import KINDS as FEEDS
from ledger287.web.publish.feeds import MEDIA as FEED_MEDIA
from ledger287.web.publish.feeds import feed
from ledger287.web.publish.row_files import row_files
from ledger287.web.publish.sheets import PublishedSheet, sheets
from ledger287.web.render.addresses import file_of, prefix
from ledger287.web.render.assets import assets
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import LANGUAGES

Make = Callable[[], Body]
MARK = "ledger287-site.txt"
"""Says that a folder is an export, so that the next one may take its place."""


@dataclass(frozen=True, slots=True)
class ExportedSite:
    """What was written: pages in HTML, other files, and the bytes of all."""

    folder: Path
    pages: int
    files: int
    bytes: int


def export_site(
    edition: Edition,
    folder: Path,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    wanted: Callable[[PublishedSheet], bool] | None = None,
    packed: bool = False,
) -> ExportedSite:
    """Write the site, or the pages ``wanted`` without feeds and tables.

    ``packed`` writes what compresses as ``.gz`` alone. Raises Refused where the folder holds something else.
    """
    _refuse_other(folder)
    aside = aside_of(folder)
    pages = files = size = 0
    try:
        sweep(folder)
        chosen = [sheet for sheet in sheets(edition) if wanted is None or wanted(sheet)]
        added = (others(edition) if wanted is None else extras(edition)) | row_files(edition, chosen)
        whole = len(chosen) + len(assets()) + len(added) + 1
        for name, length in _written(edition, chosen, added, aside, packed):
            pages += name.endswith(".html")
            files += not name.endswith(".html")
            size += length
            progress(pages + files, whole)
        put_in_place(aside, folder)
    except OSError as error:
        raise Refused(f"{folder}: cannot be written ({error.strerror or error}).") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return ExportedSite(folder, pages, files, size)


def files_of(edition: Edition) -> set[str]:
    """The names of every file of the export, without making one."""
    found = {file_of(asset.address) for asset in assets().values()}
    found |= {file_of(name) for name in others(edition)}
    every = list(sheets(edition))
    return found | {sheet.file for sheet in every} | {file_of(url) for url in row_files(edition, every)}


def extras(edition: Edition) -> dict[str, Make]:
    """What makes the picture of the map and the index of the search, by URL."""
    return {extra.address: partial(extra_body, edition, extra, {}) for extra in EXTRAS}


def others(edition: Edition) -> dict[str, Make]:
    """What makes each file that is no page, by its URL: extras, feeds of nation, states and models, flat tables."""
    found = extras(edition)
    places = [("nation", ""), *(("state", code) for code in edition.states), *(("model", model) for model in MODELS)]
    for lang in LANGUAGES:
        for kind, place in places:
            url = prefix(lang) + FEEDS[kind].format(place=place)
            made = partial(feed, edition, kind, lang, place, edition.base_url, archived=False)
            found[url] = partial(_packed, made, FEED_MEDIA)
    found |= {f"/download/{name}": partial(flat_body, edition, name, name.partition(".")[2], {}) for name in FLAT}
    return found


def _packed(make: Callable[[], bytes], media_type: str) -> Body:
    return pack(make(), media_type)


def _written(
    edition: Edition, chosen: Sequence[PublishedSheet], added: Mapping[str, Make], folder: Path, packed: bool
) -> Iterator[Written]:
    folder.mkdir(parents=True)
    (folder / MARK).write_text(says := f"ledger287, record {edition.version}, lists up to {edition.newest}\n")
    yield MARK, len(says)
    for asset in assets().values():
        yield _of_body(folder, file_of(asset.address), asset.body, packed)
    others_of = (_of_body(folder, file_of(url), make(), packed) for url, make in added.items())
    yield from write_pages(edition, chosen, folder, packed, others_of)


def _of_body(folder: Path, name: str, body: Body, packed: bool) -> Written:
    return write_file(folder, name, body.plain(), packed and body.packed)


def _refuse_other(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder}: something else is there. Name an empty folder, or one of an earlier export.")
