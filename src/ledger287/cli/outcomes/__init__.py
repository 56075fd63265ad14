"""Commands on outcomes: published counts of people identified, arrested, held and removed."""
