"""Addresses: which of them may be asked for at all, and which machines may be connected to.

A page can name any address, and so can a redirect or a name server. Only http and https pass, without a password, with
a host written in one usual way; and no connection goes to a machine of the own network unless the caller allows it. The
networks are those of IANA's special-purpose registries (RFC 6890), with the addresses at which clouds keep their keys.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

import idna

from headwater.errors import InputError
from headwater.labels import plain

#: Longer addresses are refused (code points): servers refuse them too.
LONGEST = 8_000
_PORTS = {"http": 80, "https": 443}
_LABELS = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# RFC 3986's reserved and unreserved characters, and "%" since an address comes encoded already
_KEPT = "%/:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """An address that may be asked for: ``host`` in lower-case ASCII, ``target`` the encoded path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as robots.txt holds for them: ``https://paper.example``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.target


def parse(text: str) -> Address:
    """The address that a text is; a fragment is left out.

    Raises:
        InputError: it is no address of a page that may be fetched; the message says why, without any password.
    """
    text = text.strip(" \t\r\n")
    if len(text) > LONGEST:
        raise InputError(f"the address is longer than {LONGEST:,} characters")
    if "\\" in text or any(c <= " " or c == "\x7f" for c in text):
        raise InputError("the address holds a space, a backslash or a control character; write it as a browser does")
    try:
        parts = urlsplit(text)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise InputError("the address cannot be read; give one as in https://paper.example/story") from None
    if parts.scheme not in _PORTS:
        said = f"not {plain(parts.scheme)[:20]}:" if parts.scheme else "as in https://paper.example/story"
        raise InputError(f"only http and https addresses are fetched, {said}")
    if "@" in parts.netloc:
        raise InputError("the address holds a user name or password, which is not sent; leave it out")
    if "[" in parts.netloc and ":" not in name:
        raise InputError("the address names a host that cannot be read")
    if port == 0:
        raise InputError("the address names port 0, which no server has")
    path = quote(parts.path or "/", safe=_KEPT, errors="replace")
    query = "?" + quote(parts.query, safe=_KEPT, errors="replace") if parts.query else ""
    return Address(parts.scheme, _host(name), port or _PORTS[parts.scheme], path + query)


def joined(base: Address, location: str) -> Address:
    """Where a redirect or a link leads.

    Raises:
        InputError: to no address that may be fetched.
    """
    location = location.strip(" \t\r\n").replace(" ", "%20")
    try:
        return parse(urljoin(str(base), location))
    except ValueError:
        raise InputError("the address cannot be read") from None


def _host(name: str) -> str:
    """The host in its one form. Numbers in disguise (``0x7f.1``, ``2130706433``) are refused, whatever they mean."""
    if ":" in name:
        if "%" in name:
            raise InputError("the address names a zone of this machine's network (%), which is not fetched")
        try:
            return IPv6Address(name).compressed
        except ValueError:
            raise InputError("the address names a host that cannot be read") from None
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise InputError("the address names a host that no name server could know") from None
    name = name.lower().removesuffix(".")
    if not _LABELS.fullmatch(name) or len(name) > 253:
        raise InputError("the address names no host" if not name else "the address names a host that cannot be read")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            return str(IPv4Address(name))
        except ValueError:
            raise InputError("the address writes its host as one number; write four, as in 192.0.2.1") from None
    return name


# Machines ------------------------------------------------------------------------------------------------------------

#: What `--allow-private` opens, by the word that a refusal says.
_OWN = {
    "loopback": "127.0.0.0/8 ::1/128",
    "private": "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10",
    "link-local": "169.254.0.0/16 fe80::/10",
    "shared (carrier-grade NAT)": "100.64.0.0/10",
}
#: What stays refused: nothing that serves pages can be there.
_NEVER = {
    "unspecified": "0.0.0.0/8 ::/128",
    "multicast": "224.0.0.0/4 ff00::/8",
    "reserved": "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4"
    " 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 64:ff9b:1::/48",
}
#: Where clouds keep a machine's keys; Azure's lies among public addresses, the others in networks above.
_METADATA = frozenset(
    "169.254.169.254 169.254.170.2 169.254.170.23 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::254".split()
)
_NETWORKS: tuple[tuple[IPv4Network | IPv6Network, str, bool], ...] = tuple(
    (ip_network(network), word, own)
    for own, table in ((True, _OWN), (False, _NEVER))
    for word, networks in table.items()
    for network in networks.split()
)
_UNICAST = IPv6Network("2000::/3")  # all of IPv6 that is given out
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address in its last 32 bits (RFC 6052)
_COMPATIBLE = IPv6Network("::/96")


def refusal(ip: str, *, allow_private: bool = False) -> str | None:
    """Why a machine is not connected to, as a word for its network ("loopback"); None where it may be.

    Args:
        ip: an IPv4 or IPv6 address, as a name server or the operating system gives it.
        allow_private: whether loopback, private, link-local, shared and metadata addresses may be.
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return "unreadable"
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return refusal(str(inner), allow_private=allow_private)
        if address.scope_id is not None and not allow_private:
            return "link-local"
    if str(address) in _METADATA:
        return None if allow_private else "cloud metadata"
    for network, word, own in _NETWORKS:
        if address.version == network.version and address in network:
            return None if own and allow_private else word
    return "reserved" if isinstance(address, IPv6Address) and address not in _UNICAST else None


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to: mapped, compatible or through NAT64."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
