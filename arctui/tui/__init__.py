"""The workstation: screens, panes and widgets over the desk. The only package that loads textual."""
