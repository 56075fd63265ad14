"""Claims on outcomes (people held, identified, removed, arrested), answered from published counts with day and cell."""
