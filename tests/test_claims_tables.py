"""Tables in stories: rows are read as sentences of their own, or left out with a note; never mixed into sentences.

The tables are synthetic; their figures are of ICE's lists, or wrong on purpose.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Checked

DAY = date(2026, 3, 18)
STORY = "ICE has agreements under the 287(g) program in most states.\n\n"
HTML = (
    "<html><body><article><p>ICE has agreements under the 287(g) program in most states.</p>{}<p>Texas is close behind "
    "Florida under the program.</p></article></body></html>"
)


def verdicts(checked: Checked) -> list[tuple[float, str]]:
    return [(one.claim.figure.value, one.verdict) for one in checked.answers if one.claim.figure]


def html(head: list[str], *rows: list[str], above: str = "") -> str:
    lines = [f"<tr>{''.join(f'<th>{one}</th>' for one in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows]
    return HTML.format(f"<table>{f'<caption>{above}</caption>' if above else ''}{''.join(lines)}</table>")


def pasted(mark: str, head: list[str], *rows: list[str], above: str = "") -> str:
    lines = [*([above] if above else []), *(mark.join(row) for row in (head, *rows))]
    return STORY + "\n".join(lines) + "\n\nTexas is close behind Florida under the program."


HEAD, FLORIDA, WRONG = ["State", "Agreements"], ["Florida", "344"], ["Texas", "999"]


@pytest.mark.parametrize("text", [html(HEAD, FLORIDA, WRONG), *(pasted(m, HEAD, FLORIDA, WRONG) for m in "\t|")])
def test_rows_are_read_as_claims(checker: Checker, text: str) -> None:
    checked = checker.check_text(text, published=DAY)
    assert verdicts(checked) == [(344, "supported"), (999, "contradicted")]
    assert "2 figures of tables read as sentences of their own" in checked.notes
    for one in checked.answers:
        if one.claim.figure:
            span = one.claim.figure.span
            assert text[checked.article.original(span.start) :].startswith(one.claim.figure.said)


def test_a_day_is_that_of_the_caption_or_the_head(checker: Checker) -> None:
    caption = html(HEAD, ["Florida", "327"], above="Agreements by state, Oct. 3, 2025")
    assert verdicts(checker.check_text(caption, published=DAY)) == [(327, "supported")]
    heads = html(["State", "Oct. 3, 2025", "March 18, 2026"], ["Florida", "327", "344"], above="Agreements by state")
    assert verdicts(checker.check_text(heads, published=DAY)) == [(327, "supported"), (344, "supported")]
    source = pasted("\t", HEAD, ["Florida", "327"]).replace("\n\nTexas", "\nSource: ICE, as of Oct. 3, 2025\n\nTexas")
    assert verdicts(checker.check_text(source, published=DAY)) == [(327, "supported")]


def test_models_are_columns(checker: Checker) -> None:
    text = html(["State", "Task force", "Jail enforcement", "Total"], ["Georgia", "20", "14", "57"])
    checked = checker.check_text(text, published=date(2026, 3, 4))
    assert verdicts(checked) == [(20, "supported"), (14, "supported")]


LEFT_OUT = [
    html(["State", "Deputies"], ["Florida", "344"]),
    html(["County", "Agreements"], ["Collier", "344"]),
    html(HEAD, ["Florida", "344"], above="Agreements, January to March 2026"),
    html(HEAD, ["Florida", "344"], above="New agreements by state"),
    html(HEAD, ["Florida", "344"], above="Agreements by state, last year and this year"),
    html(["State", "Pending applications"], ["Florida", "344"]),
    html(["State", "Change in agreements"], ["Florida", "344"]),
    html(["State", "Agreements per 100,000"], ["Florida", "344"]),
    pasted("\t", ["State", "Arrests"], ["Florida", "344"]),
]


@pytest.mark.parametrize("text", LEFT_OUT)
def test_a_table_that_is_not_plain_is_left_out_with_a_note(checker: Checker, text: str) -> None:
    checked = checker.check_text(text, published=DAY)
    assert verdicts(checked) == []
    assert any("1 row of a table was left out" in note for note in checked.notes)
