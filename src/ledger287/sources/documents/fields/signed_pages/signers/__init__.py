"""Who signed a page: the office that a line names, a name printed by it, and days of one hand."""
