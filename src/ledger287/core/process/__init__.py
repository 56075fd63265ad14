"""How this process runs: child processes that start safely, and the collection of garbage."""
