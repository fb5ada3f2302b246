"""The one exception a person is meant to read."""


class LaunchError(Exception):
    """Something could not be started; the message says what and what to do about it."""
