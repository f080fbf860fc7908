"""HTTP to addresses that were typed on a screen: public hosts only, or those the machine's owner has listed.

A name is resolved once, every address is checked, and the connection goes to the address that was checked; a name that
changes its mind in between gains nothing. Redirects are not followed, proxies of the environment not used.
"""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

import httpcore2
import httpx2

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
WEB_PORTS = frozenset({80, 443})
MAX_ANSWER = 64 * 1024 * 1024  # vectors of many texts are long; what never ends must not fill the memory


class HostRefused(httpcore2.ConnectError):
    """The host is not public and not listed."""


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Connects only where it may."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self._allowed = allowed
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature of the base class
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        address = await self._resolve(host, port)
        return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)

    async def _resolve(self, host: str, port: int) -> str:
        try:
            async with asyncio.timeout(10):
                found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, TimeoutError) as error:
            raise httpcore2.ConnectError(f"The name {host} cannot be resolved.") from error
        ips = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        if ips and all(is_listed(host, ip, self._allowed) for ip in ips):
            return str(ips[0])
        if not ips or not all(is_public(ip) or is_listed(host, ip, self._allowed) for ip in ips):
            raise HostRefused(
                f"{host} is not a public host. To allow it, add it to DESKWELL_ALLOW_PRIVATE_HOSTS."
            )
        if port not in WEB_PORTS:
            raise HostRefused(
                f"Port {port} of {host} is neither 80 nor 443. To allow it, add the host to DESKWELL_ALLOW_PRIVATE_HOSTS."
            )
        return str(ips[0])


async def _bound(answer: httpx2.Response) -> None:
    """Break an answer off that grows past all measure."""
    assert isinstance(answer.stream, httpx2.AsyncByteStream)
    answer.stream = _BoundedStream(answer.stream)


class _BoundedStream(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self._inner:
            size += len(piece)
            if size > MAX_ANSWER:
                raise httpx2.ReadError("The answer is too long.")
            yield piece

    async def aclose(self) -> None:
        await self._inner.aclose()


def trusted_client(timeout: float) -> httpx2.AsyncClient:
    """A client for the address of the environment, which may be anywhere."""
    return httpx2.AsyncClient(timeout=timeout, follow_redirects=True, event_hooks={"response": [_bound]})


def guarded_client(allowed: Sequence[str], timeout: float) -> httpx2.AsyncClient:
    transport = httpx2.AsyncHTTPTransport(trust_env=False)
    transport._pool = httpcore2.AsyncConnectionPool(  # noqa: SLF001 - the only way to another network backend; httpx2 is pinned below 3
        ssl_context=httpx2.create_ssl_context(), network_backend=GuardedBackend(allowed), max_connections=20
    )
    return httpx2.AsyncClient(
        transport=transport,
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        event_hooks={"response": [_bound]},
    )


def is_public(ip: IpAddress) -> bool:
    """Whether an address is on the internet, also behind the disguises of IPv6."""
    if isinstance(ip, ipaddress.IPv6Address):
        for inner in (ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None):
            if inner is not None:
                return is_public(inner)
        if ip in _NAT64:
            return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def is_listed(host: str, ip: IpAddress, allowed: Sequence[str]) -> bool:
    for entry in allowed:
        if entry.lower() in {host.lower(), str(ip)}:
            return True
        try:
            if ip in ipaddress.ip_network(entry, strict=False):
                return True
        except ValueError:
            continue
    return False
