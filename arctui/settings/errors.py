"""What is wrong with a setting, or with a settings file."""


class SettingError(ValueError):
    """No such setting, or a value that it cannot take; the message says what it may be."""


class SettingsFileError(ValueError):
    """A settings file cannot be read or written; the message names it."""
