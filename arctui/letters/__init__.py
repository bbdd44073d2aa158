"""Letters to customers: their text, pure."""
