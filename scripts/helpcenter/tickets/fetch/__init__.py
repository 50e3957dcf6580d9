"""Read tickets over a helpdesk's interface and keep what may be counted; optional (`make fetch`).

Knows nothing of the engine, the taxonomy or the ranking: its result is a file of JSON lines in
the helpdesk's own field names, which the ticket sync reads like any other export.
"""
