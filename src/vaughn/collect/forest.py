"""Who follows whom: links between messages that are there and messages that are only named, never in a circle."""

from __future__ import annotations

from collections.abc import Iterator


class Forest:
    """Nodes with at most one parent each; a link that would close a circle is refused."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._basis: dict[str, str] = {}
        self._top: dict[str, str] = {}  # of trees joined so far, towards one of their nodes

    def link(self, child: str, parent: str, basis: str) -> bool:
        """Let *child* follow *parent*; tell whether it does now. A node that has a parent keeps it."""
        if child in self._parent or child == parent:
            return False
        tree, other = self._tree(child), self._tree(parent)
        if tree == other and child in self.above(parent):
            return False
        self._parent[child], self._basis[child] = parent, basis
        self._top[tree] = other
        return True

    def has_parent(self, node: str) -> bool:
        """Tell whether *node* follows another."""
        return node in self._parent

    def basis(self, node: str) -> str | None:
        """Return why *node* follows its parent, `None` if it has none."""
        return self._basis.get(node)

    def above(self, node: str) -> Iterator[str]:
        """Return parent, grandparent and so on."""
        while (parent := self._parent.get(node)) is not None:
            yield parent
            node = parent

    def tree(self, node: str) -> str:
        """Return what is equal for nodes of one tree."""
        return self._tree(node)

    def _tree(self, node: str) -> str:
        root = node
        while (up := self._top.get(root, root)) != root:
            root = up
        while (up := self._top.get(node, node)) != root:
            self._top[node], node = root, up
        return root
