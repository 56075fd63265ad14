"""Hours, holidays and local time: when a span of hours ends."""
