"""arctui: the terminal workstation of a collections clerk."""

__version__ = "0.1.0"
#: Where the owner of a host keeps the settings that hold for everybody on it.
HOST_FILE = "/etc/arctui/config.toml"
