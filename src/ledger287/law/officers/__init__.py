"""A roster of officers by number -> who is current on a day, who lapses, what is missing."""

from ledger287.law.officers.problem_kinds import KINDS

__all__ = ["KINDS"]
