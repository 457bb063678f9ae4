"""The two versions of a page's words: what the file brought, what OCR read; one of them is shown and searched."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from vaughn.model import LayerState, StateError, TextSource
from vaughn.store.codes import CODE
from vaughn.store.given import OWN_LAYER
from vaughn.store.schema import OTHER_WORDS, PAGE, PAGE_WORDS
from vaughn.store.transaction import Transaction

# Of pages whose words were read before it was kept who read them.
_SOME_OCR = "OCR"


@dataclass(frozen=True, slots=True)
class LayeredPage:
    """A page whose text layer lies unseen on its picture, and where its file shows it."""

    page_id: int
    file_id: int
    page_in_file: int


_LAYERED = (
    "FROM page p JOIN source_file f ON f.id = p.file_id WHERE p.layer = ? AND p.text_source = ? AND f.production_id = ?"
)
_HIDDEN = (CODE[LayerState.HIDDEN], CODE[TextSource.EMBEDDED])


def layered_pages(connection: Connection, production_id: int, *, most: int | None) -> tuple[LayeredPage, ...]:
    """Return the first *most* pages of a production whose layers were not held against their pictures yet, or all."""
    rows = connection.exec_driver_sql(
        f"SELECT p.id, p.file_id, p.page_in_file {_LAYERED} ORDER BY p.id LIMIT ?",
        (*_HIDDEN, production_id, -1 if most is None else most),
    )
    return tuple(LayeredPage(*row) for row in rows)


def layered_page_count(connection: Connection, production_id: int) -> int:
    """Return how many pages of a production have layers that were not held against their pictures yet."""
    found = connection.exec_driver_sql(f"SELECT count(*) {_LAYERED}", (*_HIDDEN, production_id)).scalar()
    return int(found or 0)


def reader_of(connection: Connection, page_id: int) -> str | None:
    """Return which engine read the words of a page, `None` if they are the file's own."""
    found = connection.exec_driver_sql("SELECT engine FROM page_words WHERE page_id = ?", (page_id,)).scalar()
    return None if found is None else str(found)


class VersionWrites(Transaction):
    """What is known of layers, and which version of a page's words is shown."""

    def set_layer(self, page_id: int, layer: LayerState) -> None:
        """Say what became known of a page's text layer; one that has lost lines is to be read by OCR."""
        self.update(PAGE, ("layer",), [(page_id, CODE[layer])])
        if layer is LayerState.LOST_LINES:
            self.update(PAGE, ("text_source",), [(page_id, CODE[TextSource.DOUBTFUL])])

    def choose_words(self, page_id: int, *, own: bool) -> bool:
        """Show the words the page's file brought (*own*), or those OCR read; tell whether that changes anything.

        Its language is told anew by who looks at the words next.

        Raises:
            StateError: If there is no other version.
        """
        sql = (
            "SELECT o.engine, o.packed, w.packed, w.engine, p.text_source FROM other_words o"
            " JOIN page_words w ON w.page_id = o.page_id JOIN page p ON p.id = o.page_id WHERE o.page_id = ?"
        )
        row = self.connection.exec_driver_sql(sql, (page_id,)).fetchone()
        if row is None:
            raise StateError("There is one version of this page's words.")
        other_engine, other, shown, shown_engine, source = row
        if own is not (other_engine == OWN_LAYER):
            return False
        now = TextSource.EMBEDDED if own else TextSource.OCR
        was_ocr = source == CODE[TextSource.OCR]
        engine = (shown_engine or _SOME_OCR) if was_ocr else OWN_LAYER
        self.update(PAGE, ("text_source", "language"), [(page_id, CODE[now], None)])
        self.update(PAGE_WORDS, ("packed", "engine"), [(page_id, other, None if own else other_engine)])
        self.update(OTHER_WORDS, ("engine", "packed", "chosen_by"), [(page_id, engine, shown, self.actor.name)])
        return True
