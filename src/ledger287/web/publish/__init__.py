"""The site as files, feeds, downloads and sitemaps."""
