"""Write a migration from the difference between the models and the newest schema.

python -m scripts.new_migration what_it_does
"""

import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


def main(name: str) -> None:
    """Migrate a throw-away database to the newest schema and compare it with the models."""
    # Alembic's column for the version holds 32 characters, and the date takes half of them
    if not re.fullmatch(r"[a-z][a-z0-9_]{2,14}", name):
        raise SystemExit("Give it a name of 3 to 15 small letters and digits: make migration NAME=sla_clocks")
    from alembic import command

    from deskwell import migrations
    from deskwell.gateways.postgres import EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="deskwell-migration-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        postgres = EmbeddedPostgres(Path(folder) / "data", settings={"fsync": "off"})
        try:
            url = postgres.start()
            migrations.upgrade(url)
            stamp = f"{datetime.now(UTC):%Y_%m_%d_%H%M}_{name}"
            config = migrations.config(url)
            config.set_main_option("file_template", "%%(rev)s")
            command.revision(config, message=name.replace("_", " "), autogenerate=True, rev_id=stamp)
        finally:
            postgres.stop()
    print("Read it before you commit it: what autogenerate cannot know (data, order, indexes) is yours.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
