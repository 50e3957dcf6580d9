"""The site as programs read it: data for search engines, Markdown, lists, feeds, pictures.

Everything here says what a page says, in another form, and nothing that no page says.
"""
