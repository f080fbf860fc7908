"""Articles in from files, and out again without losing anything."""

import io
import zipfile

import pytest

PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000003000000020802000000124616d1")


@pytest.fixture(scope="module")
async def admin(make, sign_in):
    return await sign_in(await make.admin())


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


async def load(admin, files, **data):
    answer = await admin.post(
        "/admin/articles/import", files={"file": ("a.zip", packed(files), "application/zip")}, data=data
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


FILES = {
    "getting-started/first-steps.md": "---\ntitle: First steps\ntags: [a, b]\nsummary: Begin here.\nfeatured: true\n---\n"
    'Look: ![shot](../pictures/shot.png "Shot")\n\nSee [more](../billing/more.md#x).\n',
    "billing/more.md": "# More\n\n## X\n\nText without front matter.\n",
    "pictures/shot.png": PNG,
    "broken.md": "---\ntitle: [a\n---\nx",
    "latin.md": b"caf\xe9",
    "../outside.md": "evil",
    ".git/hidden.md": "hidden",
}


async def test_folder_becomes_articles_and_again_changes_nothing(admin, client):
    first = await load(admin, FILES, context="Import Shop")
    assert (first["created"], first["changed"]) == (2, 0)
    assert sorted(problem.split(":")[0] for problem in first["problems"]) == ["broken.md", "latin.md"]
    page = (await client.get("/help/import-shop/articles/first-steps")).text
    assert 'href="/help/import-shop/articles/more#x"' in page
    assert 'width="3" height="2"' in page
    assert "Getting started" in page
    again = await load(admin, FILES, context="Import Shop")
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 2)
    changed = await load(admin, {"billing/more.md": "# More\n\nNew text."}, context="Import Shop")
    assert changed["changed"] == 1


async def test_export_gives_the_same_again_in_another_desk(admin, postgres, files_folder):
    await load(admin, FILES, context="Round")
    before = (await admin.get("/admin/articles/export")).content
    from deskwell.app.context import build_context
    from deskwell.core.actor import SYSTEM
    from deskwell.domains.knowledge.service.transfer import export_files, import_files
    from tests.conftest import new_database, test_settings

    context = build_context(test_settings(new_database(postgres)))
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    try:
        async with context.transaction() as session:
            report = await import_files(session, SYSTEM, files)
            assert not report.problems
        async with context.transaction() as session:
            after = await export_files(session)
    finally:
        await context.database.close()

    def settled(archive):
        """Ids are the desk's own; everything else must be the same."""
        import re

        ids = re.compile(rb"[0-9a-f]{8}-[0-9a-f-]{27}")
        return {ids.sub(b"ID", name.encode()): ids.sub(b"ID", content) for name, content in archive.items()}

    assert settled(after) == settled(files)


async def test_bad_archive_is_refused(admin):
    answer = await admin.post(
        "/admin/articles/import", files={"file": ("a.zip", b"PKnonsense", "application/zip")}
    )
    assert answer.status_code == 400
