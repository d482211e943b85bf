"""Bodies that come packed: gzip and deflate, undone in pieces of bounded size, so that no bomb goes off in memory."""

import zlib
from collections.abc import Iterator

from headwater.fetching.answers import NotFetched

_PIECE = 65_536  # bytes


class Unpacking:
    """Unpacks gzip, or else deflate; ``done`` once the end of what was packed has come."""

    def __init__(self, *, gzip: bool) -> None:
        """Nothing has come yet."""
        self._gzip, self._first = gzip, True
        self._now = zlib.decompressobj(zlib.MAX_WBITS + (16 if gzip else 0))
        self.done = False

    def __call__(self, data: bytes) -> Iterator[bytes]:
        """What further bytes unpack to, in pieces of at most 64 kB; NotFetched where they are not packed so."""
        while data and not self.done:
            try:
                piece = self._now.decompress(data, _PIECE)
            except zlib.error:
                if self._gzip or not self._first:
                    raise NotFetched("the page is packed in a way that cannot be undone") from None
                self._now = zlib.decompressobj(-zlib.MAX_WBITS)  # "deflate" without its frame, as some servers send it
                self._first = False
                continue
            self._first = False
            data = self._now.unconsumed_tail
            if self._now.eof:
                data = self._now.unused_data
                if self._gzip and data.startswith(b"\x1f"):  # a further member; anything else is padding
                    self._now = zlib.decompressobj(zlib.MAX_WBITS + 16)
                else:
                    self.done = True
            yield piece


def unpacking(packing: str) -> Unpacking | None:
    """What undoes a ``Content-Encoding``, given in lower case; None where there is nothing to undo.

    Raises:
        NotFetched: it is none that was asked for.
    """
    if packing in {"", "identity"}:
        return None
    if packing in {"gzip", "x-gzip", "deflate"}:
        return Unpacking(gzip=packing != "deflate")
    raise NotFetched(f"the page is packed as {packing[:40]}, which was not asked for")
