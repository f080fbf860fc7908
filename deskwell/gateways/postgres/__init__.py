"""The embedded database: a real PostgreSQL server, started and stopped with Deskwell.

postgres = EmbeddedPostgres(Path("/var/lib/deskwell"))
url = postgres.start()      # postgresql://deskwell@/deskwell?host=…
postgres.supervise()        # call it now and then: restarts a server that died
postgres.stop()
"""

from .binaries import Binaries, find_binaries
from .data_folder import default_data_dir
from .errors import (
    AlreadyRunning,
    BinariesMissing,
    DataFolderUnusable,
    EmbeddedPostgresError,
    ServerFailed,
    WrongVersion,
)
from .server import EmbeddedPostgres

__all__ = [
    "AlreadyRunning",
    "Binaries",
    "BinariesMissing",
    "DataFolderUnusable",
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "ServerFailed",
    "WrongVersion",
    "default_data_dir",
    "find_binaries",
]
