"""Columns and tables as SQL that DuckDB and Spark both run."""
