"""From an order to a proposal, and from a proposal to the repository."""
