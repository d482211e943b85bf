"""Files that did not arrive as they were sent: cut off anywhere, or whole, with bits of some bytes turned."""

from collections.abc import Sequence

from hypothesis import strategies as st


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """The file with any damage; now and then none."""
    turned = st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=8)
    return st.builds(_spoilt, st.just(data), st.just(1.0) | st.floats(0, 1), turned)


def _spoilt(data: bytes, kept: float, turned: Sequence[tuple[float, int]]) -> bytes:
    left = bytearray(data[: int(len(data) * kept)])
    for at, mask in turned:
        if left:
            left[int(len(left) * at)] ^= mask
    return bytes(left)
