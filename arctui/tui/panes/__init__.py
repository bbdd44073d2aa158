"""Panes: views (plain values) go down, messages come up; no pane knows the desk."""
