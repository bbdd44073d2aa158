"""Text that was written to harm: in every field, on every screen, in every file."""
