"""The help center's own logic, over text and data; it knows nothing of MkDocs.

Imports point one way, from features to foundations; tests/test_architecture.py holds the table.
"""
