"""Which hosts may be reached: public addresses, or those the owner of the machine has listed.

The name is resolved once, every address is checked, and the connection goes to the address that was checked; a name
that changes its mind in between (DNS rebinding) gains nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence

from deskwell.core.mail import MailUnreachable

MAIL_PORTS = frozenset({25, 465, 587, 2525, 143, 993, 80, 443})
RESOLVE_SECONDS = 10


async def resolve(host: str, port: int, allowed: Sequence[str]) -> str:
    """Return an address to connect to.

    Raises:
        MailUnreachable: unknown, private or a port that is not for mail.

    """
    host = host.strip().rstrip(".").lower()
    if not host:
        raise MailUnreachable("No server is given.")
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError) as error:
        raise MailUnreachable(f"The name {host} cannot be resolved.") from error
    return choose(host, port, [str(entry[4][0]) for entry in found], allowed)


def resolve_blocking(host: str, port: int, allowed: Sequence[str]) -> str:
    """The same for threads."""
    host = host.strip().rstrip(".").lower()
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise MailUnreachable(f"The name {host} cannot be resolved.") from error
    return choose(host, port, [str(entry[4][0]) for entry in found], allowed)


def choose(host: str, port: int, addresses: Sequence[str], allowed: Sequence[str]) -> str:
    """The first address, when all of them may be reached."""
    if not addresses:
        raise MailUnreachable(f"The name {host} cannot be resolved.")
    ips = [ipaddress.ip_address(address.partition("%")[0]) for address in addresses]
    if all(_is_listed(host, ip, allowed) for ip in ips):
        return str(ips[0])
    if port not in MAIL_PORTS:
        raise MailUnreachable(f"Port {port} is not one for mail. Use 25, 465, 587, 2525, 143 or 993.")
    if not all(is_public(ip) for ip in ips):
        raise MailUnreachable(
            f"{host} is not a public server. To allow it, add it to DESKWELL_ALLOW_PRIVATE_HOSTS."
        )
    return str(ips[0])


def is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is on the internet, also behind the disguises of IPv6."""
    if isinstance(ip, ipaddress.IPv6Address):
        for inner in (ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None):
            if inner is not None:
                return is_public(inner)
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _is_listed(host: str, ip: ipaddress.IPv4Address | ipaddress.IPv6Address, allowed: Sequence[str]) -> bool:
    for entry in allowed:
        if entry.lower() in {host, str(ip)}:
            return True
        try:
            if ip in ipaddress.ip_network(entry, strict=False):
                return True
        except ValueError:
            continue
    return False
