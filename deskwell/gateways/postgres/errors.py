"""What can go wrong with the embedded server. Each message says what to do."""


class EmbeddedPostgresError(RuntimeError):
    """The embedded database could not be used. The message is meant for the person at the terminal."""


class AlreadyRunning(EmbeddedPostgresError):
    """Another Deskwell works on the same data folder."""


class BinariesMissing(EmbeddedPostgresError):
    """No PostgreSQL programs were found on this machine."""


class DataFolderUnusable(EmbeddedPostgresError):
    """The data folder cannot hold the database: permissions, owner or kind."""


class WrongVersion(EmbeddedPostgresError):
    """The data was written by another major version of PostgreSQL."""


class ServerFailed(EmbeddedPostgresError):
    """The server did not start, or did not stay up."""
