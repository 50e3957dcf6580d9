"""Tickets that are in a table of a warehouse: counted there, by one Ibis expression."""
