"""Outcomes of the program in published statistics: held, identified, removed, detained, arrested. Counts only.

``building`` derives the tables that ship from the files in a folder; ``store`` opens them; the other modules
answer questions from them. A question reads tables in memory and takes a few milliseconds.
"""
