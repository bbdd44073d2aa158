"""Widgets that know nothing of collecting: lines, lists, prompt, key bar."""
