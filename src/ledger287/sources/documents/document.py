"""One document as it was read: its fields, and the problems that were met.

What enters: nothing. What leaves: ``Document``, which readers of PDFs and of texts make. The module promises that a
document that could not be read is one too, with fields that are unread and a problem that says why.
"""

from dataclasses import dataclass

from ledger287.core.problem import Problem
from ledger287.sources.documents.fields.bound import Addendum, Appendix
from ledger287.sources.documents.fields.field import UNREAD, Field
from ledger287.sources.documents.fields.signed_pages.signed import Signed
from ledger287.sources.documents.fields.strays import StrayPage
from ledger287.sources.documents.fields.terms import Terms

NO_TERMS, NO_SIGNERS = Terms(), Signed()


@dataclass(frozen=True, slots=True)
class Document:
    """One document that was read, or could not be. ``also`` are further agreements in the same file."""

    file: str
    sha256: str
    model: Field = UNREAD
    version: Field = UNREAD
    agency: Field = UNREAD
    state: Field = UNREAD
    ice_signed: Field = UNREAD
    agency_signed: Field = UNREAD
    problems: tuple[Problem, ...] = ()
    terms: Terms = NO_TERMS
    signers: Signed = NO_SIGNERS
    addenda: tuple[Addendum, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    also: tuple["Document", ...] = ()
    sizes: tuple[tuple[int, float, float], ...] = ()
    """Number, width and height, in points, of the upright pages on which a field has its place."""
    strays: tuple[StrayPage, ...] = ()
    """Pages of another document: of another agency, or of another model's form."""
