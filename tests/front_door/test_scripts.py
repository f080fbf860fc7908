"""The scripts behind the Makefile: pure decisions here, the real things in `make test` itself."""

import hashlib
import http.server
import io
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import fetch_uv, licences, rebase_migrations, web

TOP = Path(__file__).parents[2]


class TestFetchUv:
    """A machine without pip and venv gets uv from its index, and only the file the index vouches for."""

    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[str]:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("uv-9.1.0.data/scripts/uv", "#!/bin/sh\necho uv 9.1.0\n")
        folder = tmp_path / "simple" / "uv"
        folder.mkdir(parents=True)
        digest = hashlib.sha256(packed.getvalue()).hexdigest()
        links = []
        for version, hashed in {"9.1.0": digest, "9.0.9": digest, "10.0.0": ""}.items():
            name = f"uv-{version}-py3-none-manylinux_2_17_{os.uname().machine}.whl"
            (folder / name).write_bytes(packed.getvalue())
            links.append(f'<a href="{name}{"#sha256=" + hashed if hashed else ""}">{name}</a>')
        (folder / "index.html").write_text("\n".join(links))

        class Quiet(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments: object) -> None:
                super().__init__(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/simple"
        server.shutdown()
        server.server_close()

    @pytest.mark.skipif(sys.platform != "linux", reason="the index of this test holds Linux wheels")
    def test_takes_the_newest_wheel_that_has_a_hash(
        self, index: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("UV_DEFAULT_INDEX", index)
        monkeypatch.setattr(fetch_uv, "is_musl", lambda: False)
        fetch_uv.main(tmp_path / "got")
        said = subprocess.run([tmp_path / "got" / "uv"], capture_output=True, text=True, check=True).stdout
        assert said == "uv 9.1.0\n"

    @pytest.mark.skipif(sys.platform != "linux", reason="the index of this test holds Linux wheels")
    def test_refuses_a_file_that_was_changed(
        self, index: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("UV_DEFAULT_INDEX", index)
        monkeypatch.setattr(fetch_uv, "is_musl", lambda: False)
        for wheel in (tmp_path / "simple" / "uv").glob("*.whl"):
            wheel.write_bytes(wheel.read_bytes() + b"evil")
        with pytest.raises(SystemExit, match="hash"):
            fetch_uv.main(tmp_path / "got")
        assert not (tmp_path / "got").exists()

    @pytest.mark.parametrize(
        ("system", "machine", "is_musl", "expected"),
        [
            ("linux", "x86_64", False, "manylinux_2_17_x86_64.manylinux2014_x86_64"),
            ("linux", "x86_64", True, "musllinux_1_1_x86_64"),
            ("darwin", "arm64", False, "macosx_11_0_arm64"),
            ("darwin", "x86_64", False, "macosx_10_12_x86_64"),
        ],
    )
    def test_knows_the_wheel_of_each_machine(
        self, system: str, machine: str, is_musl: bool, expected: str
    ) -> None:
        tags = [
            "manylinux_2_17_x86_64.manylinux2014_x86_64",
            "musllinux_1_1_x86_64",
            "macosx_11_0_arm64",
            "macosx_10_12_x86_64",
        ]
        wheels = [fetch_uv.Wheel((1, 0), tag, "url", "hash") for tag in tags]
        assert fetch_uv.newest_for(wheels, system, machine, is_musl=is_musl).tags == expected

    def test_reads_pips_configuration(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
            monkeypatch.delenv(name, raising=False)
        file = tmp_path / "pip.conf"
        file.write_text("[global]\nindex-url = https://mirror.example/simple\n")
        monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
        assert fetch_uv.configured_index() == "https://mirror.example/simple"


class TestMigrationOrder:
    """Two branches that each add a migration end in one line."""

    def test_a_branch_follows_the_head_of_its_base(self, tmp_path: Path) -> None:
        versions = tmp_path / rebase_migrations.VERSIONS
        versions.mkdir(parents=True)

        def git(*arguments: str) -> None:
            identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
            subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

        def commit(name: str, revision: str, parent: str | None) -> None:
            down = f'"{parent}"' if parent else "None"
            text = f'"""x.\n\nRevises: {parent}\n"""\nrevision = "{revision}"\ndown_revision: str | None = {down}\n'
            (versions / name).write_text(text)
            git("add", "-A")
            git("commit", "-m", name)

        git("init", "-b", "main")
        commit("1.py", "one", None)
        git("checkout", "-b", "branch")
        commit("4_child.py", "mine_b", "mine_a")
        commit("5_parent.py", "mine_a", "one")
        git("checkout", "main")
        commit("2.py", "two", "one")
        git("checkout", "branch")
        git("rebase", "main")

        command = [sys.executable, str(TOP / "scripts" / "rebase_migrations.py"), "main"]
        first = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

        line = {
            m.revision: m.parent for p in versions.iterdir() if (m := rebase_migrations.parse(p.read_text()))
        }
        assert line == {"one": None, "two": "one", "mine_a": "two", "mine_b": "mine_a"}
        assert "Revises: two" in (versions / "5_parent.py").read_text()
        assert "5_parent.py now follows two" in first
        assert again == ""


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT OR GPL-2.0-only", False),
        ("Apache-2.0", False),
        ("MIT", False),
        ("", False),
    ],
)
def test_gpl_without_a_choice_is_refused(licence: str, refused: bool) -> None:
    assert licences.is_refused(licence) is refused


def test_our_own_dependencies_are_free_of_the_gpl() -> None:
    found = dict(licences.python_licences())
    assert "fastapi" in found
    assert licences.main() == 0


def test_a_changed_source_makes_the_web_build_stale(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.tsx").write_text("one")
    before = web.fingerprint(tmp_path)
    (tmp_path / "src" / "main.test.tsx").write_text("tests are not shipped")
    assert web.fingerprint(tmp_path) == before
    (tmp_path / "src" / "main.tsx").write_text("two")
    assert web.fingerprint(tmp_path) != before


def test_every_make_target_is_explained() -> None:
    said = subprocess.run(["make", "help"], cwd=TOP, capture_output=True, text=True, check=True).stdout
    for target in [
        "help",
        "run",
        "dev",
        "test",
        "check",
        "fix",
        "bench",
        "soak",
        "api-types",
        "migration",
        "docs",
    ]:
        assert f"make {target} " in said


def test_the_bill_of_materials_names_every_package() -> None:
    bill = licences.bill_of_materials()
    named = {component["name"]: component for component in bill["components"]}
    assert {"fastapi", "psycopg", "react"} <= set(named)
    assert all(component["version"] and component["licenses"] for component in named.values())
    assert named["fastapi"]["purl"].startswith("pkg:pypi/fastapi@")
