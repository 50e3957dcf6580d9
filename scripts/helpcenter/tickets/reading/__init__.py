"""From cells to tickets: values, categories, and the rows that count."""
