"""The pages of a message: what it says, laid out on paper."""

from __future__ import annotations

from collections.abc import Sequence

from vaughn.formats.content import PackedPage
from vaughn.formats.grid import lay_out
from vaughn.formats.mail.faults import Faults


def mail_pages(texts: Sequence[str], faults: Faults) -> tuple[PackedPage, ...]:
    """Return *texts*, one after the other, as pages."""
    layout = lay_out(texts)
    faults.is_cut = faults.is_cut or layout.left_out > 0
    return layout.pages
