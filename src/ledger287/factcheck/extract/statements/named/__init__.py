"""Statements of agencies by name: what each held, signed, left or applied for, verb by verb."""
