"""What all of the ticket sync stands on: its errors, engine, scratch folder, and what may leave."""
