"""The user's guide: its chapters as Markdown, read, searched and laid out as lines. Knows no screen and no book."""
