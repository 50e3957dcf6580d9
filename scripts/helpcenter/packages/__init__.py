"""What of other people is locked here: its licenses, what is known against it, and its bill."""
