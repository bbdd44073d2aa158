"""`python -m arctui`."""

from arctui.cli.main import entry

if __name__ == "__main__":
    entry()
