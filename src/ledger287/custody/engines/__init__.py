"""Where the audit's expression runs: DuckDB on this machine, or Spark. Both run the same expression."""
