"""The rows of a file that is not Parquet of times -> Parquet that one expression audits."""
