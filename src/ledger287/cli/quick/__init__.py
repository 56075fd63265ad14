"""Commands answered before any large library is loaded: what was typed -> its answer, or None for the usual way."""
