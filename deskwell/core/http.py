"""Small facts about a request, read in one place."""

import ipaddress

from fastapi import Request

MAX_ADDRESS = 64


def client_address(request: Request) -> str:
    """Return the caller's address; a forwarded one only from a trusted proxy. IPv6 counts by its /64 network."""
    peer = request.client.host if request.client else "unknown"
    settings = request.app.state.context.settings
    if _is_listed(peer, settings.trusted_proxies):
        hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        while hops:  # from the nearest hop outwards, past our own proxies
            peer = hops.pop()
            if not _is_listed(peer, settings.trusted_proxies):
                break
    return _network(peer)


def _is_listed(address: str, listed: list[str]) -> bool:
    try:
        ip = ipaddress.ip_address(address)
        return any(ip in ipaddress.ip_network(entry, strict=False) for entry in listed)
    except ValueError:
        return address in listed


def _network(address: str) -> str:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:MAX_ADDRESS]
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)
