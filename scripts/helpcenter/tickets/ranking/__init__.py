"""From tickets to counts, scores, an order and surges."""
