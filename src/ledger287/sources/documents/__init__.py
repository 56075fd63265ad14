"""The agreements themselves: a PDF -> pages -> text with positions -> fields, each with its page and box."""

from ledger287.sources.documents.problem_kinds import KINDS

__all__ = ["KINDS"]
