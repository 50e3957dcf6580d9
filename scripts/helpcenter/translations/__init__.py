"""Translations: how a page in another language keeps step with its source."""
