"""The pages of a message: what it says, laid out on paper."""

from __future__ import annotations

from collections.abc import Sequence

from vaughn.formats.content import PackedPage, PageColumns, packed
from vaughn.formats.words import text_without_boxes
from vaughn.model import TextSource


def mail_pages(texts: Sequence[str]) -> tuple[PackedPage, ...]:
    """Return *texts*, one after the other, as pages."""
    return tuple(
        packed(
            PageColumns(
                number,
                None,
                text_without_boxes(text),
                TextSource.EMBEDDED if text.strip() else TextSource.EMPTY,
                0.0,
            )
        )
        for number, text in enumerate(texts, start=1)
    )
