"""Whether an agency's agreement lists a function on a day, with limits and state law. It grants no authority."""
