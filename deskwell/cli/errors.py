"""What a command says to the person instead of a traceback."""


class CommandError(Exception):
    """Something the person at the terminal can mend; the message says how."""
