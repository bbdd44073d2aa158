"""`arctui guide`: the guide in the shell. It needs no book."""

import argparse
import shutil
from textwrap import fill

from arctui.actions.keys import ActionTable
from arctui.cli.plain import is_wanted, sentences
from arctui.desk import DeskError
from arctui.guide.chapters import INDEX, NAMES, chapter, find, named
from arctui.guide.layout import lay_out
from arctui.settings.files import load, own_file

#: Longer lines are hard to read, however wide the terminal is.
_WIDEST = 100
#: For a screen reader a sentence is a line, however long.
_NEVER_WRAPPED = 10_000


def run(options: argparse.Namespace) -> int:
    """Print the list of the chapters, the chapter that is named, or the lines that have the words."""
    words = " ".join(options.words).strip()
    name = named(words) if words else INDEX
    hits = [] if name else find(words)
    if not name and not hits:
        raise DeskError(f"the guide has nothing on '{words}': 'arctui guide' lists its chapters")
    if not name and len({hit.chapter for hit in hits}) == 1:
        # Whoever finds one chapter only wants to read it.
        name = hits[0].chapter
    plain = is_wanted(options)
    width = _NEVER_WRAPPED if plain else min(_WIDEST, shutil.get_terminal_size().columns)
    if name:
        keys = ActionTable(load(own_file()).settings.keys)
        texts = [row.text.rstrip() for row in lay_out(chapter(name).blocks, width, keys.label, with_links=False).rows]
        for text in sentences(texts) if plain else texts:
            print(text)
        if name == INDEX:
            print("\n   'arctui guide line' prints the chapter of that name:")
            print(f"   {_names(width)}")
        return 0
    for place in dict.fromkeys(hit.chapter for hit in hits):
        print(f"{chapter(place).title} (arctui guide {place})")
        for hit in hits:
            if hit.chapter == place:
                text = " ".join(hit.text.split())
                print(text if plain else fill(text, width, initial_indent="   ", subsequent_indent="     "))
    return 0


def _names(width: int) -> str:
    return fill(", ".join(NAMES), width - 3, subsequent_indent="   ")
