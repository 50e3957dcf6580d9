"""Whether the site that readers get is the one that was built, and its host does as it was told."""
