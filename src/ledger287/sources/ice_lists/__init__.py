"""Bytes of ICE's workbooks -> located cells -> rows as printed, and what each value means."""

from ledger287.sources.ice_lists.problem_kinds import KINDS

__all__ = ["KINDS"]
