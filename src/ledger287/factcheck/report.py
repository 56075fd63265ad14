"""A checked article -> text for the terminal, and an HTML page with the evidence next to each claim.

What enters: ``Checked``. What leaves: text. Promise: text, HTML and JSON say the same; the page needs no network
and carries no script.
"""

from collections.abc import Iterator
from html import escape

from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.verdicts.answers import Answer, Checked, Evidence
from ledger287.factcheck.verdicts.names import VERDICT_NAMES

MARKS = dict(zip(VERDICT_NAMES, "✓≈✗↺↻=≠§–?~›", strict=True))
CLASSES = dict(
    zip(
        VERDICT_NAMES,
        ["good", "part", "bad", "part", "part", "good", "bad", "law", "none", "none", "part", "part"],
        strict=True,
    )
)
QUIET = ("neutral", "unread", "hedge", "program")
"""Roles that are not spelled out in the text."""


def heading(checked: Checked) -> str:
    """What was checked, against which lists."""
    article = checked.article
    day = f"of {article.published}" if article.published else "without a date"
    return (
        f"{article.name}, {day}, against ICE's lists of {brief(checked.record_first)} to {brief(checked.record_last)}"
    )


def summary(checked: Checked) -> str:
    """How many claims, and of which verdicts."""
    own = [answer for answer in checked.answers if answer.same_as is None and answer.compared]
    left = _not_compared(sum(not answer.compared for answer in checked.answers))
    if not own:
        return f"No checkable figure on the program was found{f'; {left}' if left else '.'}"
    counts = [(verdict, sum(answer.verdict == verdict for answer in own)) for verdict in VERDICT_NAMES]
    parts = ", ".join(f"{number} {VERDICT_NAMES[verdict]}" for verdict, number in counts if number)
    return f"{len(own)} claim{'s' if len(own) > 1 else ''}: {parts}{f'; {left}' if left else ''}"


def _not_compared(number: int) -> str:
    """How many statements were not compared; nothing for none."""
    return f"{number} statement{'s' if number > 1 else ''} not compared with the record" if number else ""


def title(answer: Answer) -> str:
    """The verdict with its qualifier, in words."""
    if not answer.compared:
        return "not compared"
    if answer.verdict == "supported_if":
        return f"supported if {(answer.requires or '').removeprefix('if ')}"
    if answer.verdict == "law":
        return {True: "law: agrees", False: "law: differs", None: "law"}[answer.law_holds]
    return VERDICT_NAMES[answer.verdict]


def as_text(checked: Checked, *, colour: bool = False) -> str:
    """The answers as lines; with ``colour`` the claim within its sentence is marked."""
    return "\n".join(_lines(checked, colour)) + "\n"


def _lines(checked: Checked, colour: bool) -> Iterator[str]:
    yield heading(checked)
    yield summary(checked)
    for note in checked.notes:
        yield f"({note})"
    text = checked.article.text
    for place, answer in enumerate(checked.answers, 1):
        if not answer.compared:
            continue
        claim = answer.claim
        low, high = claim.sentence.start, claim.sentence.end
        said = text[claim.span.start : claim.span.end]
        marked = f"\033[7m{said}\033[0m" if colour else f"[{said}]"
        page = checked.article.page(claim.span.start)
        yield ""
        yield f"{place}. {MARKS[answer.verdict]} {title(answer)}"
        original = checked.article.original
        where = f"characters {original(claim.span.start)} to {original(claim.span.end - 1) + 1}" + (
            f", page {page}" if page else ""
        )
        yield (
            "   “"
            + " ".join((text[low : claim.span.start] + marked + text[claim.span.end : high]).split())
            + f"” ({where})"
        )
        if claim.wording.speaker:
            yield f"   said by: {claim.wording.speaker}"
        if answer.same_as:
            yield f"   as claim {answer.same_as}"
            continue
        yield from _body(answer)
    for conflict in checked.conflicts:
        yield ""
        yield f"! claims {conflict.one} and {conflict.other} cannot both hold: {conflict.reason}"
    left = [(place, answer.claim) for place, answer in enumerate(checked.answers, 1) if not answer.compared]
    if left:
        yield ""
        yield "Not compared with the record:"
    for place, claim in left:
        alone = " " not in text[claim.span.start : claim.span.end]
        shown = claim.sentence if alone else claim.span
        yield f"{place}. “{' '.join(text[shown.start : shown.end].split())}”"


def _body(answer: Answer) -> Iterator[str]:
    if not answer.compared:
        yield f"   {answer.reason}"
        return
    if answer.meaning and answer.verdict != "law":
        yield f"   taken as: {answer.meaning}"
    yield f"   {answer.reason}"
    if answer.right and answer.verdict == "supported" and len(answer.right) <= 3:
        yield f"   right on: {days(answer.right)}"
    for one in answer.evidence:
        yield f"   record: {_evidence(one)}"
    for one in answer.near:
        yield f"   near: {_evidence(one)}; {_off(one)}"
    for note in answer.notes:
        yield f"   note: {note}"
    for citation in answer.citations:
        yield f"   source: {citation}"
    if answer.settles:
        yield f"   what would settle it: {answer.settles}"
    yield from _read(answer)


def _read(answer: Answer) -> Iterator[str]:
    """What the words of the sentence were read as, and those that were not read."""
    read = [f"{part.said} ({part.role})" for part in answer.account.parts if part.role not in QUIET]
    if read and answer.verdict != "law":
        yield f"   read as: {'; '.join(read)}"
    if answer.account.unread_words:
        yield f"   not read: {', '.join(answer.account.unread_words)}"


def days(right: tuple[Days, ...]) -> str:
    """Stretches of days in words."""
    return "; ".join(str(one) for one in right)


def _evidence(one: Evidence) -> str:
    source = f" ({one.file}, sha256 {one.sha256[:12]})" if one.file and one.sha256 else ""
    return f"{one.sentence}{source}"


def _off(one: Evidence) -> str:
    gap = one.difference or 0.0
    side = "above" if gap > 0 else "below"
    return "the figure itself" if not gap else f"the figure is {abs(round(gap, 1)):,g} {side}"


STYLE = """
body{font:16px/1.6 Georgia,serif;color:#1c1c1a;background:#fdfdfb;margin:0}
main{max-width:74rem;margin:2rem auto;padding:0 1.5rem}
h1{font-size:1.3rem;margin:0 0 .2rem}header p{color:#555;margin:.2rem 0}
.block{display:grid;grid-template-columns:minmax(0,38rem) minmax(0,1fr);gap:0 2.5rem;border-top:1px solid #eee}
.block p{margin:.8rem 0;white-space:pre-line;overflow-wrap:anywhere}
mark{padding:.05rem .15rem;border-radius:.2rem;color:inherit;background:#eee}
mark.good{background:#d8ecd9}mark.bad{background:#f6d3cd}mark.part{background:#f5e6b9}mark.law{background:#dbe4f3}
mark sup{font:600 .7em system-ui;margin-left:.15rem}
aside{font:13.5px/1.45 system-ui,sans-serif}aside section{margin:.8rem 0;padding-left:.7rem;border-left:3px solid #bbb}
aside .good{border-color:#3d8b47}aside .bad{border-color:#b93a26}
aside .part{border-color:#b58a10}aside .law{border-color:#47699e}
aside h2{font-size:14px;margin:0}aside p{margin:.2rem 0}aside .small{color:#666;overflow-wrap:anywhere}
@media (max-width:50rem){.block{grid-template-columns:1fr}}
"""


def as_fragment(checked: Checked, *, prefix: str = "") -> str:
    """The annotated text alone, as HTML to be put into a page: one ``div.block`` for each paragraph.

    Claims are ``mark`` elements of the classes good, part, bad, law and none; the evidence is in an ``aside`` next to
    its paragraph. Ids are ``c1``, ``e1`` and so on, after ``prefix``. It holds no style and no script.
    """
    return "\n".join(_block(checked, place, prefix) for place in range(len(checked.article.blocks)))


def as_html(checked: Checked) -> str:
    """The annotated article: each claim marked, its evidence next to it."""
    article = checked.article
    blocks = as_fragment(checked)
    notes = "".join(f"<p>{escape(note)}</p>" for note in checked.notes)
    odd = "".join(
        f"<p><b>Claims {one.one} and {one.other} cannot both hold:</b> {escape(one.reason)}</p>"
        for one in checked.conflicts
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width">'
        f"<title>{escape(article.name)}: checked</title><style>{STYLE}</style></head><body><main><header>"
        f"<h1>{escape(summary(checked))}</h1><p>{escape(heading(checked))}</p>{notes}{odd}</header>\n"
        f"{blocks}\n</main></body></html>\n"
    )


def _block(checked: Checked, place: int, prefix: str) -> str:
    block = checked.article.blocks[place]
    text = checked.article.text
    inside = [
        (number, answer)
        for number, answer in enumerate(checked.answers, 1)
        if block.start <= answer.claim.span.start < block.end
    ]
    parts, at = [], block.start
    for number, answer in inside:
        span = answer.claim.span
        if span.start < at:
            continue
        end = min(span.end, block.end)
        parts.append(escape(text[at : span.start]))
        parts.append(
            f'<mark class="{CLASSES[answer.verdict]}" id="{prefix}c{number}">{escape(text[span.start : end])}<sup><a '
            f'href="#{prefix}e{number}">{number}</a></sup></mark>'
        )
        at = end
    parts.append(escape(text[at : block.end]))
    answers = "".join(_answer_section(number, answer, prefix) for number, answer in inside)
    return f'<div class="block"><p>{"".join(parts)}</p><aside>{answers}</aside></div>'


def _answer_section(number: int, answer: Answer, prefix: str) -> str:
    if answer.same_as:
        lines = [f'<p>as claim <a href="#{prefix}e{answer.same_as}">{answer.same_as}</a></p>']
    else:
        lines = [f"<p>{escape(line.strip())}</p>" for line in _body(answer)]
    speaker = (
        f'<p class="small">said by: {escape(answer.claim.wording.speaker)}</p>' if answer.claim.wording.speaker else ""
    )
    return (
        f'<section class="{CLASSES[answer.verdict]}" id="{prefix}e{number}"><h2>{number}. '
        f"{escape(title(answer))}</h2>{speaker}{''.join(lines)}</section>"
    )
