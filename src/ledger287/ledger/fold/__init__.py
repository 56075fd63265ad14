"""Lists in the order of their publication -> histories, changes, and what could not be understood."""

from ledger287.ledger.fold.problem_kinds import KINDS

__all__ = ["KINDS"]
