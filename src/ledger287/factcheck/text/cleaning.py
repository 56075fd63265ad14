"""A file's bytes -> the text of an article, in blocks, with offsets into the original.

What enters: bytes and a name. What leaves: an ``Article`` whose ``text`` holds only what a reader reads; ``origin``
gives where each character was (in the decoded file; in a PDF's text, page by page). Menus, advertisements, related
stories and other languages are in no block. Promise: whatever the bytes are, the answer is an article or Refused with a
reason; never another error.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from ledger287.core.patterns import when_needed
from ledger287.core.problem import Refused
from ledger287.factcheck.extract.model import Days, Span
from ledger287.factcheck.text.languages import READ, language_of, named
from ledger287.factcheck.text.markup import from_html, looks_like_html
from ledger287.factcheck.text.published import days_in_name, days_of_article
from ledger287.factcheck.text.tables import read_table, said_of_rows, tables_in
from ledger287.factcheck.text.wrapping import rejoined

MOST_BYTES = 16 * 1024 * 1024
"""A larger file is no article: the longest of the program's reports has 2 MB as text."""
MOST_CHARACTERS = 2_000_000
ENDINGS = when_needed(
    r"(?im)^\W*(related (?:posts?|stories|articles|content|topics)|read (?:more|next)|more (?:stories|from|news)|"
    r"recommended(?: for you)?|you (?:may|might) also like|most (?:read|popular)|trending(?: now)?|"
    r"(?:leave a )?comments?|latest (?:news|stories)|sponsored(?: content)?|around the web|popular posts?)\s*:?\s*$"
)


@dataclass(frozen=True, slots=True)
class Article:
    """A text to check. ``published`` is the article's own date, as a day, a month or a year."""

    name: str
    text: str
    blocks: tuple[Span, ...]
    kind: str
    published: Days | None
    origin: tuple[tuple[int, int], ...] = ((0, 0),)
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def original(self, offset: int) -> int:
        """Where a character of ``text`` is in the decoded original."""
        place = bisect_right(self.origin, (offset, 1 << 60)) - 1
        clean, source = self.origin[max(place, 0)]
        return source + offset - clean

    def page(self, offset: int) -> int | None:
        """The page of a PDF that holds a character."""
        return bisect_right(self.pages, offset) if self.pages else None


def read_article(data: bytes, name: str, published: Days | None = None) -> Article:
    """Clean a file. Raises Refused, with what to do, where it holds no text to check."""
    if not data.strip():
        raise Refused(f"{name}: the file is empty; expected an article as text, HTML or PDF.")
    if len(data) > MOST_BYTES:
        raise Refused(f"{name}: {len(data):,} bytes; an article has at most {MOST_BYTES:,}. Give only the article.")
    if data[:1024].lstrip().startswith(b"%PDF"):
        text, pages = _from_pdf(data, name)
        return _article(name, text, ((0, 0),), "PDF", published, None, (), pages)
    decoded, notes = decode(data, name)
    if looks_like_html(decoded):
        page = from_html(decoded)
        if not page.text.strip():
            raise Refused(f"{name}: the page has no article text, only menus or scripts. Save the article's text.")
        notes = (*notes, *said_of_rows(page.read, page.rows))
        return _article(name, page.text, page.origin, "HTML", published, page.published, notes, ())
    text, origin, more = _with_tables(rejoined(decoded))
    return _article(name, text, origin, "text", published, None, (*notes, *more), ())


def _with_tables(text: str) -> tuple[str, tuple[tuple[int, int], ...], tuple[str, ...]]:
    """A plain text with the rows of its tables as sentences behind it, their places, and notes on them."""
    said, origin, read, left = [text], [(0, 0)], 0, 0
    length = len(text)
    for rows, above in tables_in(text) if "\t" in text or "|" in text or "   " in text else ():
        sentences, more = read_table(rows, above)
        read, left = read + len(sentences), left + more
        for sentence in sentences:
            said.append("\n\n")
            length += 2
            for piece, place in sentence.pieces:
                origin.append((length, place))
                said.append(piece)
                length += len(piece)
    return "".join(said), tuple(origin), said_of_rows(read, left)


def _article(
    name: str,
    text: str,
    origin: tuple[tuple[int, int], ...],
    kind: str,
    published: Days | None,
    found: Days | None,
    notes: tuple[str, ...],
    pages: tuple[int, ...],
) -> Article:
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"{name}: {len(text):,} characters; an article has at most {MOST_CHARACTERS:,}.")
    blocks, more = _english(text, [span for span in _blocks(text) if not _is_menu(text[span.start : span.end])])
    if not blocks:
        raise Refused(
            f"{name}: {more[0] if more else 'no sentence was found in it'}; this checker reads English and Spanish."
        )
    published = published or found or days_of_article(text[:600]) or days_in_name(name)
    return Article(name, text, tuple(blocks), kind, published, origin, pages, notes + tuple(more))


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Bytes as text, by mark, declared encoding or trial. Raises Refused for what is no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"), name), ()
    zeros = data[:4096].count(0)
    if zeros > len(data[:4096]) // 4:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, "replace")
            if sum(character.isascii() and character.isprintable() for character in text[:400]) > 0.8 * len(text[:400]):
                return _checked(text, name), (f"read as {encoding}, which the file does not say",)
    if zeros:
        raise Refused(f"{name}: a binary file; expected an article as text, HTML or PDF.")
    try:
        return _checked(data.decode("utf-8"), name), ()
    except UnicodeDecodeError as error:
        declared = re.search(rb"charset\s*=\s*[\"']?([\w-]{2,20})", data[:4096])
        for encoding in ([declared.group(1).decode("ascii")] if declared else []) + ["cp1252"]:
            try:
                return _checked(data.decode(encoding), name), (f"not UTF-8; read as {encoding}",)
            except (LookupError, UnicodeDecodeError):
                continue
        text = data.decode("utf-8", "replace")
        return _checked(text, name), (f"some bytes are in no known encoding, the first at {error.start}",)


def _checked(text: str, name: str) -> str:
    sample = text[:20000]
    odd = sum(1 for character in sample if character < " " and character not in "\t\n\r\f\v") + sample.count("\ufffd")
    if odd > max(8, len(sample) // 20):
        raise Refused(f"{name}: a binary file or an unknown encoding; expected an article as text, HTML or PDF.")
    return text


def _from_pdf(data: bytes, name: str) -> tuple[str, tuple[int, ...]]:
    """The text of a PDF, lines of a paragraph joined, and where each page begins."""
    import io
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages, texts, length = [], [], 0
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(f"{name}: the PDF is encrypted; save it without a password.")
        for page in reader.pages[:400]:
            text = _unwrapped(page.extract_text() or "")
            pages.append(length)
            texts.append(text + "\n\n")
            length += len(texts[-1])
            if length > MOST_CHARACTERS:
                break
    except Refused:
        raise
    except Exception:  # a broken PDF can raise nearly anything inside of the library
        raise Refused(f"{name}: a damaged PDF that cannot be read. Save its text and check that.") from None
    if not "".join(texts).strip():
        raise Refused(f"{name}: the PDF has no text: its pages are pictures, or empty. Give its text.")
    return "".join(texts), tuple(pages)


def _unwrapped(text: str) -> str:
    """Lines broken by the page's width joined; a space for the break, so that lengths stay."""
    text = re.sub(r"-\n(?=[a-z])", "", text)
    return re.sub(r"(?<=[^\n.!?:”\"])\n(?=[^\n•\-*])", " ", text)


def _blocks(text: str) -> list[Span]:
    """Paragraphs, up to the heading under which other stories are offered."""
    end = len(text)
    for found in ENDINGS.finditer(text):
        if found.start() > len(text) // 4:
            end = found.start()
            break
    lines = [Span(found.start(), found.end()) for found in re.finditer(r"[^\n\r\f\v\u2028\u2029]+", text[:end])]
    lines = [span for span in lines if text[span.start : span.end].strip()]
    kept, short = [], []
    for span in lines:
        if _is_short(text[span.start : span.end]):
            short.append(span)
            continue
        kept += short if len(short) < 3 else []
        short = []
        kept.append(span)
    return kept + (short if len(short) < 3 else [])


def _is_short(line: str) -> bool:
    words = line.split()
    return len(words) <= 4 and not line.rstrip().endswith((".", "!", "?", "”", '"'))


def _is_menu(line: str) -> bool:
    """A line of links side by side, as menus and footers are."""
    parts = [part for part in re.split(r"\s[|·•›»/]\s|\s{3,}|\t", line) if part.strip()]
    if len(parts) >= 3 and sum(len(part.split()) for part in parts) <= 6 * len(parts):
        return not re.search(r"[.!?]\s*$", line.strip()) or len(parts) > 4
    return bool(
        re.search(
            r"(?i)\b(cookies? policy|all rights reserved|subscribe now|sign up for our newsletter|terms of (use|"
            r"service)|privacy policy)\b",
            line,
        )
    )


def _english(text: str, spans: list[Span]) -> tuple[list[Span], list[str]]:
    """The blocks in English, and what is said of those in other languages."""
    kept: list[Span] = []
    other: dict[str, int] = {}
    for span in spans:
        language = language_of(text[span.start : span.end])
        if language in READ:
            kept.append(span)
        else:
            other[language] = other.get(language, 0) + 1
    notes = [
        f"{number} paragraph{'s' if number > 1 else ''} in {named(language)} left out"
        for language, number in other.items()
    ]
    return kept, notes
