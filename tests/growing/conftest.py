"""A desk as it runs on many machines: PostgreSQL set up as Supabase does, PgBouncer with TLS before it, an S3 store,
two web and two worker processes, nginx with the configuration of `deploy/`.
"""

import contextlib
import datetime as dt
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deskwell.gateways.postgres import EmbeddedPostgres
from tests.debian import needs
from tests.files.s3_server import KEY, SECRET, s3_server
from tests.front_door.conftest import wait_until

TOP = Path(__file__).resolve().parents[2]
ROLE, PASSWORD = "desk_owner", secrets.token_hex(12)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Pooled:
    """A database behind its pooler: one entry in transaction mode, one in session mode."""

    server: EmbeddedPostgres
    url: str
    direct_url: str
    admin_url: str


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="dw-grow-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pooled(place: Path) -> Iterator[Pooled]:
    program = needs("pgbouncer")
    server = EmbeddedPostgres(place / "pg", settings={"fsync": "off", "max_connections": "60"})
    try:
        yield from behind_pgbouncer(program, server, place)
    finally:
        server.stop()


def behind_pgbouncer(program: str, server: EmbeddedPostgres, place: Path) -> Iterator[Pooled]:
    server.start()
    as_supabase_does(server)
    folder = place / "pgbouncer"
    folder.mkdir()
    folder.chmod(0o755)
    port = free_port()
    write_certificate(folder)
    (folder / "users.txt").write_text(f'"{ROLE}" "{PASSWORD}"\n"postgres" "{PASSWORD}"\n')
    (folder / "pgbouncer.ini").write_text(f"""
[databases]
desk = host={server.socket_dir} dbname=postgres pool_mode=transaction pool_size=8
desk_session = host={server.socket_dir} dbname=postgres pool_mode=session pool_size=40
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
admin_users = postgres
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
client_tls_sslmode = require
client_tls_cert_file = {folder}/tls.crt
client_tls_key_file = {folder}/tls.key
""")
    user = (
        "nobody" if os.geteuid() == 0 else None
    )  # PgBouncer refuses to be root, and so is the server's socket
    if user:
        for file in (folder, *folder.iterdir()):
            shutil.chown(file, user)
    log = (place / "pgbouncer.log").open("wb")
    process = subprocess.Popen([program, str(folder / "pgbouncer.ini")], user=user, stdout=log, stderr=log)
    address = f"postgresql://{ROLE}:{PASSWORD}@127.0.0.1:{port}"
    admin = f"postgresql://postgres:{PASSWORD}@127.0.0.1:{port}/pgbouncer?sslmode=require"
    try:
        wait_until(lambda: is_open(port), 20, Log(place / "pgbouncer.log"))
        yield Pooled(
            server, f"{address}/desk?sslmode=require", f"{address}/desk_session?sslmode=require", admin
        )
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def as_supabase_does(server: EmbeddedPostgres) -> None:
    """The database is the platform's, extensions live in a schema of their own, the desk's role has no power."""
    with psycopg.connect(server.superuser_url, autocommit=True) as session:
        for statement in (
            "CREATE SCHEMA extensions",
            "CREATE EXTENSION vector SCHEMA extensions",
            "CREATE EXTENSION pg_trgm SCHEMA extensions",
            "CREATE EXTENSION unaccent SCHEMA extensions",
            f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
            f"CREATE SCHEMA deskwell AUTHORIZATION {ROLE}",
            f"GRANT USAGE ON SCHEMA extensions TO {ROLE}",
            f"GRANT CONNECT, CREATE ON DATABASE postgres TO {ROLE}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        ):
            session.execute(statement.encode())


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(days=1)
    ).sign(key, hashes.SHA256())
    (folder / "tls.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "tls.key").write_bytes(private)


@dataclass(frozen=True)
class Log:
    """A file that a process writes into, told when it does not do what is waited for."""

    file: Path

    @property
    def output(self) -> str:
        return self.file.read_text()[-3000:]


@dataclass
class Part:
    """A web or worker process, which can be restarted in its place."""

    arguments: list[str]
    environment: dict[str, str]
    log: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deskwell", *self.arguments],
                env=self.environment,
                stdout=output,
                stderr=output,
                cwd=self.log.parent,
            )

    def wait_until_it_answers(self) -> None:
        wait_until(lambda: call(f"http://127.0.0.1:{self.port}", "/health")[0] == 200, 120, Log(self.log))

    def stop(self) -> int:
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@dataclass
class Fleet:
    """The whole: `url` is nginx; `webs` can be reached on their own, too."""

    url: str
    webs: list[Part]
    workers: list[Part]
    pooled: Pooled
    tokens: dict[str, str] = field(default_factory=dict)

    def call(
        self, path: str, body: object = None, *, who: str = "", web: int | None = None, **more: Any
    ) -> Any:
        """JSON of an answer that must be a success; through nginx, or from one web process."""
        base = self.url if web is None else f"http://127.0.0.1:{self.webs[web].port}"
        status, answer = call(base, path, body, token=self.tokens.get(who, ""), **more)
        assert 200 <= status < 300, (path, status, answer)
        return answer


@pytest.fixture(scope="session")
def fleet(place: Path, pooled: Pooled) -> Iterator[Fleet]:
    nginx = needs("nginx")
    home = place / "desk"
    home.mkdir()
    port = free_port()
    with contextlib.ExitStack() as stack:
        storage = stack.enter_context(s3_server(mkdir(place / "s3")))
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DESKWELL_", "DATABASE_", "OPENAI"))}
        environment = kept | {
            "DATABASE_URL": pooled.url,
            "DESKWELL_DATABASE_DIRECT_URL": pooled.direct_url,
            "DESKWELL_DATABASE_POOL_SIZE": "4",
            "DESKWELL_SECRET_KEY": secrets.token_hex(32),
            "DESKWELL_BASE_URL": f"http://127.0.0.1:{port}",
            "DESKWELL_DATA_DIR": str(home),
            "DESKWELL_STORAGE_URL": storage,
            "DESKWELL_STORAGE_ACCESS_KEY_ID": KEY,
            "DESKWELL_STORAGE_SECRET_ACCESS_KEY": SECRET,
            "DESKWELL_TRUSTED_PROXIES": "127.0.0.1",
            "DESKWELL_BCRYPT_COST": "4",
            "DESKWELL_RATE_LIMITS": json.dumps({"ticket": "10000/60", "reply": "10000/60"}),
        }
        link = prepare(environment, home)
        webs = [web_part(environment, home, number) for number in (1, 2)]
        workers = [Part(["worker"], environment, home / f"worker{n}.log") for n in (1, 2)]
        for part in (*webs, *workers):
            part.start()
            stack.callback(end, part)
        stack.enter_context(running_nginx(nginx, place / "nginx", port, [web.port for web in webs]))
        for web in webs:
            web.wait_until_it_answers()
        fleet = Fleet(f"http://127.0.0.1:{port}", webs, workers, pooled)
        people(fleet, link)
        yield fleet


def prepare(environment: dict[str, str], home: Path) -> str:
    """Migrate through the session entry; returns the set-up token."""
    command = [sys.executable, "-m", "deskwell", "prepare"]
    done = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = re.search(r"setup\?token=(\S+)", done.stdout)
    assert found, done.stdout
    return found[1]


def web_part(environment: dict[str, str], home: Path, number: int) -> Part:
    port = free_port()
    return Part(["web", "--port", str(port)], environment, home / f"web{number}.log", port)


@contextlib.contextmanager
def running_nginx(program: str, folder: Path, port: int, webs: list[int]) -> Iterator[None]:
    """Run the proxy of `deploy/nginx.conf`: only where it listens and finds the web processes differs."""
    folder.mkdir()
    text = (TOP / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"^resolver .*$", "", text, flags=re.MULTILINE)
    servers = "\n".join(f"    server 127.0.0.1:{web} max_fails=0;" for web in webs)
    text, replaced = re.subn(r"^ *server web:8000 .*$", servers, text, flags=re.MULTILINE)
    assert replaced == 1
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"{'user root;' if os.geteuid() == 0 else ''}\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{text}\n}}\n"
    )
    process = subprocess.Popen(
        [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: is_open(port), 20, Log(folder / "error.log"))
        yield
    finally:
        process.terminate()
        process.wait(20)


def people(fleet: Fleet, link: str) -> None:
    owner = {"token": link, "email": "owner@desk.example", "name": "Olga", "password": "lantern-harbour-92"}
    customer = {"email": "maria@customers.example", "name": "Maria", "password": "lantern-harbour-92"}
    fleet.tokens["owner"] = fleet.call("/auth/setup", owner)["access_token"]
    fleet.tokens["customer"] = fleet.call("/auth/register", customer)["access_token"]


def call(
    base: str, path: str, body: object = None, *, token: str = "", method: str | None = None, **headers: str
) -> tuple[int, Any]:
    """Status and JSON of an answer; (0, None) when nobody answers."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    if token:
        names["Authorization"] = f"Bearer {token}"
    data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(
        base + path, data, {"Content-Type": "application/json", **names}, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
            is_json = "json" in answer.headers.get("Content-Type", "")
            return answer.status, json.loads(content) if is_json else content
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except OSError:
        return 0, None


def end(part: Part) -> None:
    if part.process and part.process.poll() is None:
        part.process.kill()
        part.process.wait()


def mkdir(folder: Path) -> Path:
    folder.mkdir()
    return folder


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
