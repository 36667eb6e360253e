"""The linked site → files for machines: data, feeds, sitemap, search, files for hosts."""
