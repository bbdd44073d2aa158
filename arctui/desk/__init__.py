"""The clerk's acts, one method each: the one service that the workstation and the command line call."""

from arctui.desk.desk import Desk
from arctui.desk.errors import DeskError
from arctui.desk.outcomes import Logged

__all__ = ["Desk", "DeskError", "Logged"]
