"""Pages: a text layer or a picture becomes words with boxes, as the page is seen."""
