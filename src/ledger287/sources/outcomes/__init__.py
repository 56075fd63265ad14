"""Published outcomes: bytes -> located values -> statements.

What enters: ICE's detention workbooks and the other published files on people identified, arrested, held
and removed. What leaves: tables whose every value has its cell, and statements with the day they speak of.
No row of a person leaves this room: files that have such rows are counted while they are read.
"""

from ledger287.sources.outcomes.problem_kinds import KINDS

__all__ = ["KINDS"]
