"""The FAQ: which categories questions fall in, and in which order readers meet them."""
