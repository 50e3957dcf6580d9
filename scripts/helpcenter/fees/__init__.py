"""Fees: a dated schedule, checked, and the tables made from it."""
