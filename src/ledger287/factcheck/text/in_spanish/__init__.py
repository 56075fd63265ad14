"""Spanish stories in English: words, forms and order, each character with its place in the text."""
