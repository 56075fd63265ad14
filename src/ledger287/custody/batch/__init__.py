"""The same rule over columns: many cases at once, on DuckDB or Spark."""
