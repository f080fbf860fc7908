"""`make dev`: the embedded database, the API with reload, a worker with reload, and Vite with hot replacement.

python -m scripts.dev [--port N] [--data-dir D]
"""

import argparse
import sys
from functools import partial
from pathlib import Path

from deskwell.cli import parts
from deskwell.cli.desk import find_desk
from deskwell.cli.supervisor import Supervisor
from deskwell.gateways.postgres import EmbeddedPostgres
from scripts import node, web

TOP = Path(__file__).resolve().parent.parent


def main() -> None:
    """Start all parts and keep them running until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port of the API")
    parser.add_argument("--data-dir", type=Path, default=TOP / ".cache" / "dev", help="data of this desk")
    options = parser.parse_args()
    node.install(web.WEB)
    desk = find_desk(options.data_dir)
    postgres = EmbeddedPostgres(desk.data_dir) if desk.is_embedded else None
    supervisor = Supervisor(print, postgres.supervise if postgres else lambda: None)
    try:
        url = postgres.start() if postgres else desk.settings.database_url
        environment = desk.environment(url) | {
            "DESKWELL_PORT": str(options.port),
            "DESKWELL_BASE_URL": "http://localhost:5173",
            "DESKWELL_CORS_ORIGINS": "http://localhost:5173",
            "DESKWELL_API": f"http://127.0.0.1:{options.port}",
            "DESKWELL_LOG_FORMAT": "text",
        }
        for name, command in _parts(options.port).items():
            supervisor.add(name, partial(parts.spawn, command), environment)
        print(
            f"\n  Web app with hot replacement  http://localhost:5173\n  API  http://localhost:{options.port}/docs\n"
        )
        for _ in supervisor.rounds():
            pass
    finally:
        supervisor.stop()
        if postgres:
            postgres.stop()


def _parts(port: int) -> dict[str, list[str]]:
    here, program = sys.executable, str(node.node()[0])
    reload = [
        here,
        "-m",
        "uvicorn",
        "deskwell.app.api:create_app",
        "--factory",
        "--reload",
        "--reload-dir",
        "deskwell",
    ]
    prepared = f"{here} -m deskwell prepare && exec {here}"
    return {
        "web": ["/bin/sh", "-c", f"{prepared} {' '.join(reload[1:])} --port {port}"],
        "worker": [here, "-m", "scripts.reload", here, "-m", "deskwell", "worker"],
        "vite": [program, str(node.script_of(web.WEB, "vite")), str(web.WEB), "--strictPort"],
    }


if __name__ == "__main__":
    main()
