"""The day of a story from its own lines: a byline, a day of the week, the dateline of a release, in both languages."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.text.cleaning import read_article

MAY = Days(date(2026, 5, 8), date(2026, 5, 8))


@pytest.mark.parametrize("head", [
    "By Ann Writer, May 8, 2026",
    "By Ann Writer | May 8, 2026",
    "Friday, May 8, 2026",
    "AUSTIN, Texas, May 8, 2026 — The state has joined.",
    "AUSTIN, Texas (May 8, 2026) - The state has joined.",
    "AUSTIN, Texas — May 8, 2026\n\nThe state has joined.",
    "WASHINGTON, May 8, 2026 (AP) - The agency said so.",
    "8 de mayo de 2026",
    "Publicado el 8 de mayo de 2026",
    "Viernes 8 de mayo de 2026",
    "Por Ana Pérez, 8 de mayo de 2026",
    "MIAMI (8 de mayo de 2026) — El condado se sumó.",
])  # fmt: skip
def test_the_day_is_read_from_the_first_lines(checker: Checker, head: str) -> None:
    spanish = " de " in head
    figure = "El ICE tiene 1,783 acuerdos 287(g)." if spanish else "ICE has 1,783 agreements under 287(g)."
    article = read_article(f"A title\n\n{head}\n\n{figure}\n".encode(), "story.txt", None)
    assert article.published == MAY
    assert [one.verdict for one in checker.check(article).answers if one.claim.figure and "1,783" in
            one.claim.figure.said] == ["supported"]  # fmt: skip


@pytest.mark.parametrize("text", [
    "On May 8, 2026, ICE had 1,783 agreements.",
    "By May 8, 2026, ICE had 1,783 agreements.",
    "ICE had 1,783 agreements\non May 8, 2026",
    "El 8 de mayo de 2026 fue un viernes.",
])  # fmt: skip
def test_a_day_within_a_sentence_is_not_the_storys(text: str) -> None:
    assert read_article(text.encode(), "story.txt", None).published is None
