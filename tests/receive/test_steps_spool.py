"""What is put aside comes back, and nothing of it stays."""

from __future__ import annotations

from pathlib import Path

from vaughn.receive.packed import PackedTexts
from vaughn.receive.steps.spool import Spool


def test_texts_on_the_disk_read_like_texts_in_memory(tmp_path: Path) -> None:
    """Also when reading and putting aside take turns."""
    with Spool(tmp_path) as spool:
        texts, others = PackedTexts(shelf=spool), PackedTexts(shelf=spool)
        texts.extend(["a", "é", ""])
        others.extend(["x"])
        assert texts[1] == "é"
        texts.extend(["b\0", "c"])
        texts.extend(["d"])
        assert (list(texts), list(others)) == (["a", "é", "", "b\0", "c", "d"], ["x"])
    assert list(tmp_path.iterdir()) == []
