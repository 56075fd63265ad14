"""The record of outcomes: tables of counts that ship, and the questions that they answer. Counts only.

``store`` opens the tables; ``held``, ``identified`` and ``flows`` answer questions from them; ``measures`` names single
numbers for claims that are checked. A question reads tables in memory and takes a few milliseconds.
"""
