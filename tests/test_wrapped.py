"""Lines on a terminal are wrapped between words; where output is no terminal, they stay as they are."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from ledger287.cli.plain import STYLE, hanging, line_breaks, wrapped
from ledger287.cli.wrapping import WrappingConsole

SENTENCE = "67 of 67 sheriffs' offices (100.0%) and 171 of 266 city and town police departments have an agreement."


def printed(text: str, width: int, terminal: bool, **how: bool) -> str:
    out = io.StringIO()
    console = WrappingConsole(file=out, width=width, force_terminal=terminal, color_system=None, highlight=False)
    console.print(text, soft_wrap=True, **how)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_sentence_is_wrapped_on_a_terminal_alone(width: int) -> None:
    lines = printed(f"[bold]  {SENTENCE}[/bold]", width, True).splitlines()
    assert len(lines) > 1
    assert all(len(line) <= width and line.startswith("  ") for line in lines)
    assert " ".join(" ".join(lines).split()) == SENTENCE
    assert printed(f"  {SENTENCE}", width, False) == f"  {SENTENCE}\n"


def test_the_last_column_goes_on_below_itself() -> None:
    line = "    TFM            Florida Department of Financial Services, Criminal Investigation Division  state agency"
    first, *others = wrapped(line, 60).split("\n")
    assert first.startswith("    TFM            Florida")
    assert others
    assert all(other.startswith(" " * 19) and other[19] != " " for other in others)


def test_what_cannot_be_wrapped_stays() -> None:
    url = "   https://www.ice.gov/doclib/287gMOA/" + "a" * 90
    assert wrapped(url, 60) == url
    assert wrapped(SENTENCE, 15) == SENTENCE
    assert printed("[no markup] " + SENTENCE, 60, True, markup=False).startswith("[no markup] 67")


def test_styles_take_no_room() -> None:
    styled = f"\x1b[1m{SENTENCE}\x1b[0m"
    assert STYLE.sub("", wrapped(styled, 60)) == wrapped(SENTENCE, 60)
    assert not line_breaks("\x1b[1m" + "a" * 60 + "\x1b[0m", 60)


@given(st.text("ab  .é", max_size=200), st.integers(20, 90))
def test_no_sign_is_lost(line: str, width: int) -> None:
    again = wrapped(line, width)
    assert again.split() == line.split()
    if width - hanging(line, width) >= 20:
        longest = max((len(word) for word in line.split()), default=0)
        assert all(len(each) <= max(width, hanging(line, width) + longest) for each in again.split("\n"))
    assert len(Text(line).divide(line_breaks(line, width))) == again.count("\n") + 1
