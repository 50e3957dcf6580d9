"""The data behind reference pages: what it holds and what is wrong with it, never how it looks."""
