"""Two days written by the same side in one file: of the agreement, and of an addendum bound with it.

What enters: two fields. What leaves: them, as doubts where they differ by one digit only, of two that hands write
alike. The module promises nothing of days that are printed: what is typed is what was meant.
"""

from dataclasses import replace

from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.fields.field import Field

OF_PRINT = ("printed", "stamp of a digital signature")
"""How the reason of a day begins that no hand wrote."""


def of_one_hand(one: Field, other: Field) -> tuple[Field, Field]:
    """The days of an agreement and of its addendum by one side."""
    if "read" not in (one.certainty, other.certainty) or not differ_by_a_like_digit(one, other):
        return one, other
    return _doubted(one, other), _doubted(other, one)


def differ_by_a_like_digit(one: Field, other: Field) -> bool:
    """Whether two written days differ by a single digit, for which hands write the other's digit alike."""
    if one.value is None or other.value is None or any(field.why.startswith(OF_PRINT) for field in (one, other)):
        return False
    differing = ["".join(sorted(pair)) for pair in zip(one.value, other.value, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and differing[0] in limits()["writing"]["alike"]


def _doubted(one: Field, other: Field) -> Field:
    if one.certainty != "read":
        return one
    return replace(one, certainty="doubt", why=f"the same side wrote {other.value} on page {other.page}")
