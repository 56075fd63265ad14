"""Outcomes of the program in published statistics: how the tables of ``ledger.outcomes`` are derived, and what is made
of them together with agreements.

``building`` derives the tables that ship from the files in a folder, ``adding`` adds a file; ``facilities``, ``panel``
and ``landmark`` join them to places and agencies.
"""
