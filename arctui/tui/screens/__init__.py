"""Screens: each owns its panes and calls the desk."""
