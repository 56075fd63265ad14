"""The words of the law on pages: rules, places and names, in the language of the page."""
