"""The report of a sync, for people: one page and a summary for a pull request.

`figures` decides what may be told, `plots` draws it, `page` and `summary` put it into words.
"""
