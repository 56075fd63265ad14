"""Changes -> mail digests and webhooks to those on the operator's list, each with a signed way to end it."""
