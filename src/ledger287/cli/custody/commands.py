"""The commands of ``ledger287 custody``, in the order in which help lists them."""

from ledger287.cli.custody.auditing import audit, map_columns, verify
from ledger287.cli.custody.clock import clock, simulate
from ledger287.cli.custody.exhibit import exhibit
from ledger287.cli.custody.group import custody

__all__ = ["audit", "clock", "custody", "exhibit", "map_columns", "simulate", "verify"]
