"""From a built site to a published release: permanent names, what hosts expect, and the switch."""
