"""The HTTP headers that every file of the site is sent with, and their form for each host."""
