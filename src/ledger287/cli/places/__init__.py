"""Questions of place by command: nearby agencies, coverage, maps."""
