"""The program: `arctui`, and `python -m arctui`.

What is shown first needs next to nothing; all else is loaded behind it.
"""

import sys

from arctui.glance.start import begin, leave


def entry() -> None:
    """Run the command line of this process and leave with its status."""
    try:
        begin(sys.argv[1:])
        from arctui.cli.main import entry as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        leave()


if __name__ == "__main__":
    entry()
