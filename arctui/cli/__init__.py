"""The command line: thin commands over the desk, as text or as one JSON document."""
