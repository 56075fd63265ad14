"""Published files -> the tables on outcomes that ship."""
