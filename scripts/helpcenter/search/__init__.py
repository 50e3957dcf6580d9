"""Search: an index of the built pages for each language, and how well it answers."""
