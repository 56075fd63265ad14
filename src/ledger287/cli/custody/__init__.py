"""Commands on custody: audit, clocks, reports, exhibits, and what is shown of them."""
