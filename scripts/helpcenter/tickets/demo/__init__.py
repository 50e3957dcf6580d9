"""Invented exports to try the sync on: a helpdesk's habits, and personal data planted in them."""
