"""The days that an amount is of: months, seasons, holidays, dates as written, and which of them is meant."""
