"""What every room shares: time, text, locators, sources, problems, findings. Imports nothing else of ledger287."""
