"""One open record with the indexes that pages and the API share."""
