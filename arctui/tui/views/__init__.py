"""Views: what the panes show, as plain values made from the desk. No widget, no text is parsed as markup."""
