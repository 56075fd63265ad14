"""An HTML page -> the text that a reader reads, block by block, with offsets into the page.

Left out are scripts, menus, headers, footers, forms, sidebars, advertisements, link lists, what a page offers in
addition to its story, and the text after a broken tag up to the next block, because what that tag held is unknown.
Promise: every character kept has its position in the source, which is why the page is walked with the standard
library's parser: faster ones give no positions.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.text.published import days_of_article, read_stamp
from ledger287.factcheck.text.tables import Cell, read_table

DROPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "iframe",
    "menu",
    "dialog",
    "figure",
    "head",
    "object",
    "canvas",
    "label",
    "textarea",
}
BLOCKS = {
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "main",
    "td",
    "th",
    "tr",
    "table",
    "blockquote",
    "br",
    "hr",
    "header",
    "dd",
    "dt",
    "dl",
    "figcaption",
    "pre",
    "body",
    "html",
    "address",
}
EMPTY = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"}
ASIDE = when_needed(
    r"(?i)(^|[\s_-])(nav|navbar|menu|breadcrumbs?|sidebar|footer|masthead|advert\w*|ads?|promo\w*|sponsor\w*|"
    r"related|recommend\w*|"
    r"newsletter|subscribe|cookie\w*|consent|share|sharing|social|comments?|popular|trending|outbrain|taboola|"
    r"widget|banner|modal|"
    r"pagination|tags|byline-links|toolbar|site-header|skip-link)($|[\s_-])"
)
ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog"}


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page; ``origin`` pairs offsets of the text with those of the source."""

    text: str
    origin: tuple[tuple[int, int], ...]
    published: Days | None
    rows: int = 0
    read: int = 0


@dataclass(slots=True)
class _Block:
    parts: list[tuple[str, int]] = field(default_factory=list)
    linked: int = 0
    length: int = 0


LONGEST_CAPTION = 25
"""Words of a line above a table that may be its title."""
SHORT_CELL = 6
"""A cell of more words is text that a page only arranges in columns."""


def looks_like_html(text: str) -> bool:
    """Whether a text is a page: it begins as one, or holds several tags that only pages have."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body")):
        return True
    return len(re.findall(r"<(?:p|div|a|span|li|h[1-6]|br|article|script)\b[^<>]{0,300}>", text[:20000], re.I)) >= 3


def from_html(source: str) -> PageText:
    """The story of a page. Where an ``article`` element holds most of the text, that alone."""
    walker = _Walker(source)
    walker.feed(source)
    walker.close()
    walker.flush()
    inside = [block for block, article in walker.blocks if article]
    every = [block for block, _ in walker.blocks]
    of_article = sum(block.length for block in inside)
    chosen = inside if of_article > 400 and of_article * 2 > sum(block.length for block in every) else every
    text, origin, length = [], [], 0
    for block in chosen:
        if block.linked > 0.5 * block.length:
            continue
        for part, offset in block.parts:
            origin.append((length, offset))
            text.append(part)
            length += len(part)
        text.append("\n\n")
        length += 2
    read, left = 0, 0
    for rows, above in walker.tables:
        sentences, more = read_table(rows, above)
        left += more
        for sentence in sentences:
            read += 1
            for said, offset in sentence.pieces:
                origin.append((length, offset))
                text.append(said)
                length += len(said)
            text.append("\n\n")
            length += 2
    return PageText("".join(text), tuple(origin) or ((0, 0),), walker.published, left, read)


def _start(block: _Block) -> int:
    """Where the first word of a block begins."""
    part, offset = next(((part, offset) for part, offset in block.parts if part.strip()), ("", 0))
    return offset + len(part) - len(part.lstrip())


class _Walker(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.starts = [0]
        self.starts += [found.end() for found in re.finditer("\n", source)]
        self.open: list[tuple[str, bool]] = []
        self.dropping = self.links = self.articles = 0
        self.torn = False
        self.block = _Block()
        self.blocks: list[tuple[_Block, bool]] = []
        self.published: Days | None = None
        self.row: int | None = None
        self.tables: list[tuple[list[list[Cell]], str]] = []
        self.closed, self.above = True, ""

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.starts[min(line, len(self.starts)) - 1] + column

    def flush(self) -> None:
        """End the current block."""
        if any(part.strip() for part, _ in self.block.parts):
            self.blocks.append((self.block, self.articles > 0))
        self.block = _Block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note_date(tag, given)
        if tag in BLOCKS:
            self.flush()
        if tag == "table":
            self.closed, self.above = True, self._last_line()
        if tag == "tr":
            self.row = len(self.blocks)
        self.torn = "<" in tag + given.get("href", "") or (self.torn and tag not in BLOCKS)
        if tag in EMPTY:
            return
        named = f"{given.get('class', '')} {given.get('id', '')}"
        heavy = tag in BLOCKS or tag in ("span", "a")
        hidden = (
            "hidden" in given
            or given.get("aria-hidden") == "true"
            or "display:none" in given.get("style", "").replace(" ", "")
        )
        drop = (
            tag in DROPPED
            or (heavy and tag not in ("body", "html", "article", "main") and bool(ASIDE.search(named)))
            or given.get("role") in ROLES
            or hidden
        )
        if len(self.open) < 5000:
            self.open.append((tag, drop))
            self.dropping += drop
            self.links += tag == "a"
            self.articles += tag == "article"

    def _last_line(self) -> str:
        """The heading or caption above a table, which may say its day; a full paragraph does not."""
        said = "".join(part for part, _ in self.blocks[-1][0].parts).strip() if self.blocks else ""
        return said if len(said.split()) <= LONGEST_CAPTION else ""

    def _end_row(self) -> None:
        """Take a row of short cells out of the text: its figures have their meaning from the table's head."""
        cells = self.blocks[self.row :] if self.row is not None else []
        said = ["".join(part for part, _ in block.parts).split() for block, _ in cells]
        if len(cells) >= 2 and all(len(words) <= SHORT_CELL for words in said):
            del self.blocks[self.row :]
            row = [("".join(part for part, _ in block.parts).strip(), _start(block)) for block, _ in cells]
            if not self.tables or self.closed:
                self.tables.append(([], self.above))
                self.closed = False
            self.tables[-1][0].append(row)
        self.row = None

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS or tag == "caption":
            self.flush()
        if tag == "caption" and self.blocks:
            self.above = self._last_line()
            self.blocks.pop()
        if tag == "tr":
            self._end_row()
        if not any(name == tag for name, _ in self.open[-200:]):
            return
        while self.open:
            name, drop = self.open.pop()
            self.dropping -= drop
            self.links -= name == "a"
            self.articles -= name == "article"
            if name == tag:
                break

    def _add(self, text: str) -> None:
        if self.dropping or self.torn or not text:
            return
        text = re.sub(r"[\n\r\t\f]", " ", text)
        self.block.parts.append((text, self._offset()))
        solid = len(text.strip())
        self.block.length += solid
        self.block.linked += solid if self.links else 0

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(unescape(f"&{name};").replace("\xa0", " "))

    def handle_charref(self, name: str) -> None:
        self._add(unescape(f"&#{name};").replace("\xa0", " ").replace("\x00", "\ufffd"))

    def _note_date(self, tag: str, given: dict[str, str]) -> None:
        if self.published:
            return
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        if tag == "meta" and name in (
            "article:published_time",
            "datepublished",
            "date",
            "pubdate",
            "dc.date",
            "dc.date.issued",
            "publish-date",
            "parsely-pub-date",
            "sailthru.date",
        ):
            self.published = read_stamp(given.get("content", ""))
        elif tag == "time" and given.get("datetime"):
            self.published = read_stamp(given["datetime"])
        elif tag == "time" and given.get("title"):
            self.published = days_of_article(given["title"])
