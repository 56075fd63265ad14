"""A place for a day or an office in which nothing is written.

What enters: a column of a page of signatures, its page, and the open page for its picture. What leaves: whether its
strip is blank. The module promises that neither the ruled line nor a gray paper counts as writing.
"""

from typing import Any

from ledger287.sources.documents.fields.signed_pages.signatures import ABOVE, BELOW, LABEL, SignatureColumn
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage

DARK = 150
WRITTEN = 0.004
"""The share of dark points, apart from the ruled line, below which a strip is blank."""


def is_blank(column: SignatureColumn, page: ReadPage, source: Any) -> bool:
    """Whether nothing is written in a strip: no dark points but those of the rule."""
    left, top, right, bottom = column.strip
    label = (left - LABEL, top + ABOVE, left, bottom - BELOW)
    return nothing_in((left + 6, top + 6, right - 10, bottom - 3), label, page, source)


def nothing_in(box: Box, label: Box, page: ReadPage, source: Any) -> bool:
    """Whether a box has no dark points but those of a rule; how dark print is, its label shows."""
    strip = ocr.draw_place(page, source, 150, box)
    if not strip.size:
        return False
    dark = strip < _dark(ocr.draw_place(page, source, 150, label))
    rules = dark.mean(axis=1) > 0.3
    return bool((~rules).any() and dark[~rules].mean() < WRITTEN)


def _dark(label: Any) -> float:
    """Below which shade a point is written on: halfway between paper and print of a faint label."""
    import numpy as np

    if not label.size:
        return DARK
    ink, paper = (float(np.percentile(label, share)) for share in (INK, PAPER))
    return max(DARK, (ink + paper) / 2) if paper - ink > FAINT else DARK


INK, PAPER, FAINT = 3, 80, 30
"""The darkest and lightest shares of a label that are its print and its paper, and by how many shades they differ."""
