"""Addresses and machines: what may be asked for, in whatever way it is written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.errors import InputError
from headwater.fetching.addresses import joined, parse, refusal

WRITTEN = {
    "plain": ("https://paper.example/a?b=c", "https://paper.example/a?b=c"),
    "no-path": ("http://paper.example", "http://paper.example/"),
    "case": ("HTTPS://Paper.EXAMPLE/A", "https://paper.example/A"),
    "usual-port": ("http://paper.example:80/", "http://paper.example/"),
    "other-port": ("http://paper.example:8080/", "http://paper.example:8080/"),
    "fragment": ("https://paper.example/a#b", "https://paper.example/a"),
    "trailing-dot": ("https://paper.example./a", "https://paper.example/a"),
    "around": (" https://paper.example/a\n", "https://paper.example/a"),
    "idn": ("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
    "encoded": ("https://paper.example/%C3%A4%2F?x=%20", "https://paper.example/%C3%A4%2F?x=%20"),
    "wide-letters": ("https://ｐａｐｅｒ.example/", "https://paper.example/"),
    "wide-dots": ("https://paper。example/", "https://paper.example/"),
    "ipv4": ("http://9.9.9.9/", "http://9.9.9.9/"),
    "circled-digits": ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
    "wide-digits": ("http://１２７.0.0.1/", "http://127.0.0.1/"),
    "ipv6": ("http://[2606:4700:0:0::1]:8080/", "http://[2606:4700::1]:8080/"),
    "underscore": ("https://a_b.paper.example/", "https://a_b.paper.example/"),
}


@pytest.mark.parametrize(("given_", "wanted"), WRITTEN.values(), ids=WRITTEN.keys())
def test_one_way_of_writing(given_: str, wanted: str) -> None:
    """However an address is written, it has one form; and that form stays as it is."""
    assert str(parse(given_)) == wanted
    assert parse(wanted) == parse(given_)


REFUSED = {
    "file": "file:///etc/passwd",
    "ftp": "ftp://paper.example/",
    "gopher": "gopher://paper.example/",
    "data": "data:text/html,x",
    "javascript": "javascript:alert(1)",
    "no-scheme": "paper.example/a",
    "nothing": "",
    "no-host": "http:///a",
    "only-dot": "http://./",
    "user": "https://user@paper.example/",
    "password": "https://user:secret@paper.example/",
    "hidden-host": "https://paper.example@10.0.0.1/",
    "space": "https://paper.example/a b",
    "newline": "https://paper.example/a\r\nHost: x",
    "tab-in-host": "https://paper\t.example/",
    "nul": "https://paper.example/\0",
    "backslash": "https://paper.example\\@10.0.0.1/",
    "decimal": "http://2130706433/",
    "hex": "http://0x7f000001/",
    "hex-parts": "http://0x7f.0.0.1/",
    "octal": "http://0177.0.0.1/",
    "short": "http://127.1/",
    "too-many": "http://1.2.3.4.5/",
    "too-large": "http://256.1.1.1/",
    "dotted-decimal": "http://2130706433./",
    "zone": "http://[fe80::1%25eth0]/",
    "zone-plain": "http://[fe80::1%eth0]/",
    "bracket": "http://[::1/",
    "not-ipv6": "http://[paper.example]/",
    "future-ip": "http://[v1.x]/",
    "port-0": "http://paper.example:0/",
    "port-large": "http://paper.example:65536/",
    "port-word": "http://paper.example:x/",
    "empty-label": "http://paper..example/",
    "long-label": f"http://{'a' * 64}.example/",
    "long": f"http://paper.example/{'a' * 9000}",
    "bad-idn": "http://\u2028.example/",
    "percent-host": "http://127%2e0.0.1/",
    "star": "http://*.example/",
    "comma": "http://paper.example,10.0.0.1/",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_refused(text: str) -> None:
    """What is no address of a page is refused in one line, which shows no password."""
    with pytest.raises(InputError) as caught:
        parse(text)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


LED = {
    "path": ("/b", "https://paper.example/b"),
    "relative": ("c", "https://paper.example/a/c"),
    "host": ("//other.example/x", "https://other.example/x"),
    "whole": ("http://other.example/x", "http://other.example/x"),
    "query": ("?x=1", "https://paper.example/a/b?x=1"),
    "space": ("/b c", "https://paper.example/b%20c"),
    "above": ("../../../x", "https://paper.example/x"),
}


@pytest.mark.parametrize(("location", "wanted"), LED.values(), ids=LED.keys())
def test_where_a_redirect_leads(location: str, wanted: str) -> None:
    """A redirect is read against the address that sent it."""
    assert str(joined(parse("https://paper.example/a/b"), location)) == wanted


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "https://[", "http://x@10.0.0.1/", "//2130706433/", "\\\\x"]
)
def test_where_a_redirect_may_not_lead(location: str) -> None:
    """A redirect is no way round what an address may be."""
    with pytest.raises(InputError):
        joined(parse("https://paper.example/a/b"), location)


MACHINES = {
    "9.9.9.9": (None, None),
    "2606:4700::1": (None, None),
    "172.32.0.1": (None, None),
    "100.128.0.1": (None, None),
    "127.0.0.1": ("loopback", None),
    "127.255.255.254": ("loopback", None),
    "::1": ("loopback", None),
    "10.0.0.1": ("private", None),
    "172.16.0.1": ("private", None),
    "172.31.255.255": ("private", None),
    "192.168.1.1": ("private", None),
    "fc00::1": ("private", None),
    "fd12:3456::1": ("private", None),
    "fec0::1": ("private", None),
    "169.254.0.1": ("link-local", None),
    "fe80::1": ("link-local", None),
    "fe80::1%eth0": ("link-local", None),
    "100.64.0.1": ("shared (carrier-grade NAT)", None),
    "100.127.255.255": ("shared (carrier-grade NAT)", None),
    "169.254.169.254": ("cloud metadata", None),
    "169.254.170.2": ("cloud metadata", None),
    "100.100.100.200": ("cloud metadata", None),
    "168.63.129.16": ("cloud metadata", None),
    "fd00:ec2::254": ("cloud metadata", None),
    "0.0.0.0": ("unspecified", "unspecified"),
    "0.1.2.3": ("unspecified", "unspecified"),
    "::": ("unspecified", "unspecified"),
    "224.0.0.1": ("multicast", "multicast"),
    "239.255.255.255": ("multicast", "multicast"),
    "ff02::1": ("multicast", "multicast"),
    "240.0.0.1": ("reserved", "reserved"),
    "255.255.255.255": ("reserved", "reserved"),
    "192.0.2.1": ("reserved", "reserved"),
    "198.18.0.1": ("reserved", "reserved"),
    "198.51.100.1": ("reserved", "reserved"),
    "203.0.113.1": ("reserved", "reserved"),
    "192.88.99.1": ("reserved", "reserved"),
    "2001:db8::1": ("reserved", "reserved"),
    "2001::1": ("reserved", "reserved"),
    "2002:7f00:1::": ("reserved", "reserved"),
    "100::1": ("reserved", "reserved"),
    "4000::1": ("reserved", "reserved"),
    "64:ff9b:1::1": ("reserved", "reserved"),
    "::ffff:127.0.0.1": ("loopback", None),
    "::ffff:169.254.169.254": ("cloud metadata", None),
    "::ffff:9.9.9.9": (None, None),
    "::127.0.0.1": ("loopback", None),
    "::10.0.0.1": ("private", None),
    "64:ff9b::10.0.0.1": ("private", None),
    "64:ff9b::9.9.9.9": (None, None),
    "64:ff9b::169.254.169.254": ("cloud metadata", None),
    "nonsense": ("unreadable", "unreadable"),
    "": ("unreadable", "unreadable"),
}


@pytest.mark.parametrize(("ip", "words"), MACHINES.items(), ids=MACHINES.keys())
def test_machines(ip: str, words: tuple[str | None, str | None]) -> None:
    """Machines of the own network are told by their addresses, however these are wrapped."""
    assert (refusal(ip), refusal(ip, allow_private=True)) == words


@given(st.ip_addresses())
def test_no_machine_that_python_knows_as_not_public_passes(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """What passes is global by Python's own tables too."""
    if refusal(str(address)) is None and not str(address).startswith("64:ff9b:"):
        mapped = getattr(address, "ipv4_mapped", None)
        assert (mapped or address).is_global
        assert not address.is_multicast


@given(st.text(max_size=60) | st.text(max_size=30).map(lambda text: f"https://paper.example/{text}"))
def test_any_text(text: str) -> None:
    """Any text is an address in its one form or is refused."""
    for address in (text, f"http://{text}"):
        try:
            found = parse(address)
        except InputError:
            continue
        assert parse(str(found)) == found
        assert str(found).isascii()
        assert str(found).isprintable()
        assert " " not in str(found)
