"""Where the desk connects to, and what its links tell (classes 10, 36)."""

import asyncio
import socket

import httpx2
import pytest

from deskwell.core.ids import new_id
from deskwell.core.llm import ChatModel, Endpoint, ModelUnavailable, Turn
from deskwell.core.mail import MailUnreachable
from deskwell.gateways.llm.endpoints import OpenAiEndpoints
from deskwell.gateways.llm.guarded import GuardedBackend, HostRefused
from deskwell.gateways.mail import hosts, providers

SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "localhost", "LOCALHOST", "localhost.", "0.0.0.0", "0",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00::1]",
    "169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
async def test_class_10_ssrf_no_spelling_of_a_private_host_is_reached(host):
    with pytest.raises(MailUnreachable):
        await providers.fetch(f"http://{host}/latest/meta-data", [], bool)
    with pytest.raises(MailUnreachable):
        await hosts.resolve(host.strip("[]"), 25, [])
    with pytest.raises(ModelUnavailable):
        await OpenAiEndpoints(first_wait=0.001, call_seconds=2).complete(
            Endpoint("m", f"http://{host}/v1", "k"), [Turn("user", "x")]
        )


async def test_class_10_a_name_that_resolves_inside_is_refused_and_the_checked_address_is_used(monkeypatch):
    """Rebinding: the first answer is public, the second is not; only the first is ever asked for."""
    asked = []
    answers = ["8.8.8.8", "127.0.0.1"]

    async def rebinding(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[min(len(asked), 2) - 1], port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", rebinding, raising=False)
    address = await GuardedBackend([])._resolve("rebind.example", 443)
    assert (address, len(asked)) == ("8.8.8.8", 1)
    with pytest.raises(HostRefused):
        await GuardedBackend([])._resolve("rebind.example", 443)

    async def both(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both, raising=False)
    with pytest.raises(HostRefused):
        await GuardedBackend([])._resolve("both.example", 443)


async def test_class_10_only_the_ports_of_the_web_and_of_mail(monkeypatch):
    async def public(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", public, raising=False)
    for port in (22, 6379, 5432, 8000, 11434):
        with pytest.raises(HostRefused):
            await GuardedBackend([])._resolve("models.example", port)
        with pytest.raises(MailUnreachable):
            await hosts.resolve("models.example", port, [])
    assert await GuardedBackend([])._resolve("models.example", 443) == "8.8.8.8"
    assert await GuardedBackend(["models.example"])._resolve("models.example", 11434) == "8.8.8.8"


async def test_class_10_redirects_are_not_followed_and_answers_not_shown():
    async def redirect(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/secret\r\nContent-Length: 6\r\n\r\nINSIDE"
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(redirect, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        url = f"http://127.0.0.1:{port}"
        with pytest.raises(MailUnreachable, match="302") as refused:
            await providers.fetch(url, ["127.0.0.1"], bool)
        assert "INSIDE" not in str(refused.value)
        with pytest.raises(ModelUnavailable) as unavailable:
            await OpenAiEndpoints(first_wait=0.001, allowed_hosts=["127.0.0.1"]).complete(
                Endpoint("m", f"{url}/v1", "k"), [Turn("user", "x")]
            )
        assert "INSIDE" not in str(unavailable.value.reason)


async def test_class_10_hosts_typed_on_a_screen_are_checked_when_they_are_saved_or_tried(
    sign_in, make, context
):
    context.gateways[ChatModel] = OpenAiEndpoints(first_wait=0.001, call_seconds=2)
    admin = await sign_in(await make.admin())
    tried = await admin.post(
        "/admin/ai/settings/test",
        json={"base_url": "http://169.254.169.254/v1", "model": "m", "api_key": "k"},
    )
    assert tried.json()["success"] is False
    for url in ("file:///etc/passwd", "gopher://127.0.0.1:25/x", "javascript:1", "ftp://example.org"):
        answer = await admin.put("/admin/ai/settings", json={"base_url": url})
        assert answer.status_code in {400, 422}, url


async def test_class_36_links_that_count_tell_nothing_and_no_log_can_be_fetched(client):
    """There is no tracking pixel and no log viewer; what is left are the open doors, which answer all alike."""
    for path in (
        "/logs",
        "/admin/logs",
        "/admin/logs/../../etc/passwd",
        "/track/1",
        "/open/1.gif",
        "/.git/config",
        "/.env",
        "/server-status",
        "/debug",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/help-assets/../../core/settings.py",
        "/docs-assets/%2e%2e/%2e%2e/etc/passwd",
    ):
        answer = await client.get(path)
        assert "root:" not in answer.text, path
        assert answer.status_code in {401, 404} or "<!doctype html>" in answer.text[:200].lower(), (
            path,
            answer.status_code,
        )
    ghosts = [
        await client.get(f"/auth/invitation?token={token}") for token in ("", "x", new_id().hex, "a" * 5000)
    ]
    assert {g.status_code for g in ghosts} <= {400, 404, 422}


async def test_class_36_no_outgoing_mail_carries_a_pixel(client):
    from deskwell.domains.email.logic.composing import markdown_to_html as as_html

    html = as_html("Hello\n\nhttps://desk.example")
    assert "<img" not in html


def test_class_36_a_client_of_the_desk_uses_no_proxy_of_the_environment(monkeypatch):
    from deskwell.gateways.llm.guarded import guarded_client

    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client = guarded_client([], 5)
    assert isinstance(client, httpx2.AsyncClient)
    assert client.follow_redirects is False
    assert client.trust_env is False
