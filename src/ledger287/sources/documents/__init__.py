"""The agreements themselves: a PDF -> pages -> text with positions -> fields, each with its page and box."""
