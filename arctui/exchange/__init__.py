"""In and out: what accounting systems export is read here, and merged with the book as changes."""
