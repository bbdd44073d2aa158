"""The settings of a workstation: one commented TOML file of the host and one of the user, checked line by line.

What the figures depend on is no setting but the firm's policy; it is kept in the book, with its history.
"""
