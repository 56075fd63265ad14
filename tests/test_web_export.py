"""The site as files: every link of a page leads to a file of the export, and a folder is replaced only if it is one."""

import gzip
import json
import posixpath
import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import polars as pl
import pytest

from ledger287.core.problem import Refused
from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.publish import export_shares
from ledger287.web.publish.export import MARK, export_site, files_of, others
from ledger287.web.publish.row_files import row_files
from ledger287.web.publish.sheets import PublishedSheet, sheets
from ledger287.web.render.addresses import file_of, relative
from ledger287.web.server.app import page_body
from sites import edition_on

EVERY = 151
"""Of the pages, so many apart, those whose links are looked at; and the first of each kind in each language."""


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_on(date(2026, 5, 9))


@pytest.fixture(scope="module")
def some(edition: Edition) -> list[PublishedSheet]:
    pages = [sheet for sheet in sheets(edition) if sheet.form == "html"]
    firsts = {(sheet.kind.name, sheet.lang): sheet for sheet in reversed(pages)}
    return [*firsts.values(), *pages[::EVERY]]


def test_every_link_leads_to_a_file(edition: Edition, some: list[PublishedSheet]) -> None:
    files = files_of(edition)
    lost = []
    for sheet in some:
        body = page_body(edition, sheet.kind, sheet.lang, "html", sheet.path, {}, fixed=True)
        folder = posixpath.dirname(file_of(sheet.address))
        for link in re.findall(
            r'\b(?:href|src|action|data-(?=[a-z]+="\.)[a-z]+)="([^"#]+)[^"]*"', body.plain().decode()
        ):
            parts = urlsplit(unescape(link))
            if parts.scheme or parts.netloc:
                continue
            assert not parts.path.startswith("/"), f"{sheet.address} leads to {link}, from the root of a host"
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            if parts.path.endswith("/"):
                target = posixpath.normpath(posixpath.join(target, "index.html"))
            if target not in files and "/county/00000/" not in link:  # a pattern that the map's script fills in
                lost.append((sheet.address, link))
    assert lost == []


@pytest.mark.parametrize(
    ("page", "target", "way"),
    [
        ("", "/state/FL", "state/FL/"),
        ("/county/48301", "/county/35015", "../35015/"),
        ("/county/48301", "/county/48301", "./"),
        ("/county/48301", "/county/48301.json", "../48301.json"),
        ("/county/48301", "/county", "../"),
        ("/es/county/48301", "/es/agency/ag-daz40ds#names", "../../agency/ag-daz40ds/#names"),
        ("/es/county/48301", "/list/0003dacbc7b99d47.csv", "../../../list/0003dacbc7b99d47.csv"),
        ("/es", "/", "../"),
        ("/es", "/es?on=2025-08-14", "./"),
    ],
)
def test_a_link_is_the_shortest_way(page: str, target: str, way: str) -> None:
    assert relative(target, page) == way


def test_live_pages_are_left_out(edition: Edition) -> None:
    files = files_of(edition)
    assert "index.html" in files and "es/index.html" in files
    assert not any(name.startswith(("check/", "hold/", "es/check/", "es/hold/")) for name in files)


def test_only_an_export_is_replaced(edition: Edition, tmp_path: Path) -> None:
    out = tmp_path / "public"
    done = export_site(edition, out, wanted=lambda sheet: sheet.kind.name in ("home", "states"))
    assert (out / MARK).exists() and (out / "es/states/index.html").exists()
    assert sum(path.is_file() for path in out.rglob("*")) == done.pages + done.files
    (out / "stale.html").write_text("of an earlier export", encoding="utf-8")
    export_site(edition, out, wanted=lambda sheet: sheet.kind.name == "home")
    assert not (out / "stale.html").exists() and not (out / "states").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("not an export", encoding="utf-8")
    with pytest.raises(Refused, match="something else is there"):
        export_site(edition, other)
    assert (other / "mine.txt").read_text(encoding="utf-8") == "not an export"


def test_packed_files_are_the_same_pages(edition: Edition, tmp_path: Path) -> None:
    def wanted(sheet: PublishedSheet) -> bool:
        return sheet.kind.name in ("states", "search")

    seen: list[tuple[int, int]] = []
    plain = export_site(edition, tmp_path / "plain", wanted=wanted)
    small = export_site(edition, tmp_path / "small", lambda *at: seen.append(at), wanted=wanted, packed=True)
    assert (small.pages, small.files) == (plain.pages, plain.files) and small.bytes < plain.bytes / 2
    assert seen[-1][0] == seen[-1][1] == small.pages + small.files
    packed = tmp_path / "small" / "states" / "index.html.gz"
    assert gzip.decompress(packed.read_bytes()) == (tmp_path / "plain" / "states" / "index.html").read_bytes()
    assert not (tmp_path / "small" / "states" / "index.html").exists()
    assert (tmp_path / "small" / MARK).exists()


def test_feeds_and_flat_tables_are_in_it(edition: Edition) -> None:
    made = others(edition)
    assert {file_of(url) for url in made} <= files_of(edition)
    table = made["/download/agreements_in_force.csv"]().plain().decode()
    assert table.startswith("agreement_id,") and table.count("\n") == 1 + 1783
    for url in ("/feeds/changes.atom", "/es/feeds/state/FL.atom", "/feeds/model/TFM.atom"):
        root = ElementTree.fromstring(made[url]().plain())
        assert 0 < len(root.findall("{http://www.w3.org/2005/Atom}entry")) <= 100
        assert b"prev-archive" not in made[url]().plain()


def test_processes_make_the_same_pages(edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wanted(sheet: PublishedSheet) -> bool:
        return sheet.kind.name in ("states", "glossary") or sheet.path.get("fips") == "06025"

    alone = export_site(edition, tmp_path / "alone", wanted=wanted)
    monkeypatch.setattr(export_shares, "WORTH_PROCESSES", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    shared = export_site(edition, tmp_path / "shared", wanted=wanted)
    assert (alone.pages, alone.files, alone.bytes) == (shared.pages, shared.files, shared.bytes)
    assert contents(tmp_path / "alone") == contents(tmp_path / "shared")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_rows_of_a_month_s_lists_are_one_file_for_both_languages(edition: Edition, tmp_path: Path) -> None:
    sha = max(edition.lists.pages, key=lambda each: edition.lists.pages[each])
    export_site(edition, tmp_path / "site", wanted=lambda sheet: sheet.path.get("sha") == sha)
    made = rows_in((tmp_path / "site" / edition.lists.rows_url(sha)[1:]).read_bytes(), sha)
    held = edition.lists.by_sha[sha]
    assert list(made) == [row for row, _ in edition.indexes.rows_of(held.first)] and len(made) > 1000
    for lang in ("", "es/"):
        page = (tmp_path / "site" / lang / "list" / sha / "index.html").read_text(encoding="utf-8")
        assert f'"{"../../../list" if lang else ".."}/' in page and "<tr id=" not in page
    data = gzip.decompress((tmp_path / "site" / "list" / f"{sha}.csv.gz").read_bytes())
    assert data == as_polars_writes(edition, sha)
    assert not (tmp_path / "site" / "list" / f"{sha}.json").exists()


def test_rows_apart_are_those_of_the_live_page_and_lead_to_files(edition: Edition) -> None:
    """Of lists with other columns, a pending one and one without a heading row, within months of many lists."""
    files, every = files_of(edition), [sheet for sheet in sheets(edition) if sheet.kind.name == "list"]
    months = row_files(edition, every)
    for sheet in [one for one in every if one.form == "html" and one.lang == "en"][::149]:
        sha = sheet.path["sha"]
        rows = rows_in(months[edition.lists.rows_url(sha)]().data, sha)
        live = page_body(edition, sheet.kind, "en", "html", sheet.path, {}).plain().decode()
        apart = page_body(edition, sheet.kind, "en", "html", sheet.path, {}, fixed=True).plain().decode()
        (stamp,) = re.findall(r'<tbody[^>]* data-stamp="([^"]*)"', apart)
        shown = dict(re.findall(r'<tr id="r(\d+)"><td class="num">(.*?)</td>.*?</tr>', live))
        assert shown and shown == {
            str(row): f'<a href="/where/{agreement}">{row}</a>' if agreement else str(row)
            for row, (agreement, _) in list(rows.items())[: len(shown)]
        }
        for row, (agreement, cells) in rows.items():
            assert not agreement or f"where/{agreement}/index.html" in files
            for link in re.findall('href="~([^"]+)"', cells):
                assert f"{unescape(link)}index.html" in files
            if str(row) in shown and 'class="read"' not in cells:
                captured = cells.replace("{capture}", stamp)  # as the page's script does
                assert re.sub('href="~([^"]+)/"', r'href="/\1"', captured) in live


def rows_in(packed: bytes, sha: str) -> dict[int, tuple[str, str]]:
    """The agreement and cells of each row of a list, from the file of its month."""
    held = json.loads(gzip.decompress(packed))
    numbers = held["lists"][sha]
    return {row: tuple(held["rows"][place]) for row, place in zip(numbers[::2], numbers[1::2], strict=True)}


def as_polars_writes(edition: Edition, sha: str) -> bytes:
    """The rows of a list as printed, joined with what they were read as, by another way than the page's."""
    held, number = edition.indexes, edition.lists.by_sha[sha].first
    read = [(row, held.print(each)["agency_id"], held.agreement(number, each)) for row, each in held.rows_of(number)]
    table = pl.DataFrame(
        read, schema={"row": pl.Int32, "agency_id": pl.String, "agreement_id": pl.String}, orient="row"
    )
    return edition.atlas.list_rows(sha).join(table, on="row", how="left", maintain_order="left").write_csv().encode()


def test_the_same_record_gives_the_same_bytes(edition: Edition, tmp_path: Path) -> None:
    for name in ("one", "two"):
        again = open_edition(None, lambda: date(2026, 5, 9))
        export_site(again, tmp_path / name, wanted=lambda sheet: sheet.path.get("state") == "WY")
    for path in (tmp_path / "one").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()
