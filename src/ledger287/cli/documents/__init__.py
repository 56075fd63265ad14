"""Commands on agreements' documents: read, fetch, compare, and what is shown of them."""
