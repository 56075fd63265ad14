"""What is written, stamped or struck out in the picture of a page of signatures."""
