"""Pages → bytes: templates, structured data, assets, share images."""
