"""Search: where words end in languages that do not separate them."""
