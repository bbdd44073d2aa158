"""The early picture: the worklist as it is kept beside the book, on the screen before the program is loaded.

It is shown and its cursor moved while Textual is imported and the book opened; then the workstation goes on from it.
It is never the truth. Nothing here imports anything that takes time, or anything else of the program.
"""
