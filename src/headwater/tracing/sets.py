"""Disjoint sets of ids: what is found to be one, however it was found, led by its least id."""


class Sets:
    """Ids that are one; an id that was never joined is alone. The least id of a set leads it."""

    def __init__(self) -> None:
        """No id is joined with another."""
        self.parent: dict[str, str] = {}

    def find(self, a: str) -> str:
        """The leading id of the set that ``a`` is in."""
        root = a
        while self.parent.get(root, root) != root:
            root = self.parent[root]
        while self.parent.get(a, a) != a:
            self.parent[a], a = root, self.parent[a]
        return root

    def join(self, a: str, b: str) -> None:
        """Make one of the sets that ``a`` and ``b`` are in."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self.parent[max(a, b)] = min(a, b)
