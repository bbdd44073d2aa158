"""The call script: its graph, its check, walking it (pure); the standard script as data."""
