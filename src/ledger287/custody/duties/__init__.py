"""Each duty of custody: what it says, and its two forms, on one case and over a table, next to each other."""
