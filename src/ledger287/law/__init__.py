"""The law of the program as dated, cited data, and answers from it. None of it is legal advice."""
