"""Whether print is seen on the page as the text layer has it: in ink, not struck out, not typed over, of its shape."""
