"""What an operator runs: build, update, export, serve, a static site, notices."""
