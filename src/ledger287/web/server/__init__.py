"""Runs the site: the application, its limits, its processes, and the answers that it keeps."""
