"""What a mapping made of an export, told without a ticket."""
