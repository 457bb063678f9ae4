"""Writing what people say about the lawsuit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from vaughn.model import Blob, Confidence, EntityKind, InputError, Rank, ValueKind, canonical_value, require_key
from vaughn.store.chain import moment_text
from vaughn.store.codes import CODE
from vaughn.store.given import NewSource, NewStatement
from vaughn.store.schema import ENTITY, ENTITY_FILE, FACT_SOURCE, STATEMENT
from vaughn.store.transaction import Transaction

_COUNTS = f"rank <> {CODE[Rank.WITHDRAWN]}"


class EntityWrites(Transaction):
    """Sources, entities, statements. Nothing is ever deleted: what was wrong is withdrawn."""

    def source_id(self, source: NewSource) -> int:
        """Return the id of the source of that key, which is added if the case has none."""
        found = self.connection.execute(
            select(FACT_SOURCE.c.id).where(FACT_SOURCE.c.key == require_key(source.key))
        ).scalar()
        if found is not None:
            return int(found)
        (source_id,) = self.add(
            FACT_SOURCE,
            [
                {
                    "key": source.key,
                    "title": source.title,
                    "citation": source.citation,
                    "kind": source.kind,
                    "url": source.url,
                }
            ],
        )
        return source_id

    def entity_id(self, kind: str, key: str) -> int:
        """Return the id of an entity, which is added if the case has none."""
        found = self.find_entity(kind, key)
        if found is not None:
            return found
        (entity_id,) = self.add(ENTITY, [{"kind": kind, "key": require_key(key), "withdrawn": 0}])
        return entity_id

    def find_entity(self, kind: str, key: str) -> int | None:
        """Return the id of an entity as it stands inside this change, `None` if there is none."""
        query = select(ENTITY.c.id).where(ENTITY.c.kind == kind, ENTITY.c.key == key)
        found = self.connection.execute(query).scalar()
        return None if found is None else int(found)

    def state(self, entity_id: int, statements: Iterable[NewStatement]) -> int:
        """Add statements about an entity; return how many were new.

        What the same source already says of the same field is not said twice, so importing again adds nothing.
        """
        rows = self.connection.exec_driver_sql(
            f"SELECT field, value, source_id FROM statement WHERE entity_id = ? AND {_COUNTS}",  # noqa: S608 - ours
            (entity_id,),
        )
        known = {tuple(row) for row in rows}
        new: list[NewStatement] = []
        for one in statements:
            said = (one.field, one.value, one.source_id)
            if said not in known:
                known.add(said)
                new.append(one)
        at = moment_text(self.actor.clock())
        self.add(
            STATEMENT,
            [
                {
                    "entity_id": entity_id,
                    "field": one.field,
                    "value": one.value,
                    "source_id": one.source_id,
                    "confidence": CODE[one.confidence],
                    "rank": CODE[Rank.NORMAL],
                    "note": one.note,
                    "at": at,
                }
                for one in new
            ],
        )
        return len(new)

    def enter(
        self,
        kind: EntityKind,
        key: str,
        values: Mapping[str, Sequence[str]],
        *,
        source_id: int,
        confidence: Confidence = Confidence.STATED,
        note: str | None = None,
    ) -> int:
        """Say what one source says of an entity, in the one form values have; return how many statements were new.

        Args:
            values: Field id to the values as they were typed.

        Raises:
            InputError: If a field is unknown, or cannot have that value.
        """
        said = [
            NewStatement(field, canonical_value(kind, field, text), source_id, confidence, note)
            for field, texts in values.items()
            for text in texts
        ]
        return self.state(self.entity_id(kind.id, key), said)

    def replace(self, kind: EntityKind, entity_id: int, field: str, text: str, *, source_id: int) -> None:
        """State the new value of a field that has changed, and withdraw what the same source said before.

        Raises:
            InputError: If the field cannot have that value.
        """
        value = canonical_value(kind, field, text)
        before = self.ids(
            f"SELECT id FROM statement WHERE entity_id = ? AND field = ? AND source_id = ? AND value <> ? AND {_COUNTS}",  # noqa: S608, E501 - ours
            entity_id,
            field,
            source_id,
            value,
        )
        self.set_rank(before, Rank.WITHDRAWN)
        self.state(entity_id, [NewStatement(field, value, source_id)])

    def require_references(self, kinds: Mapping[str, EntityKind]) -> None:
        """Refuse what was said in this case of entities that do not exist.

        Raises:
            InputError: Names the first entity, field and reference.
        """
        for kind in kinds.values():
            for field in (field.id for field in kind.fields if field.kind is ValueKind.REFERENCE):
                row = self.connection.exec_driver_sql(
                    "SELECT entity.key, value FROM statement JOIN entity ON entity.id = entity_id"  # noqa: S608 - ours
                    f" WHERE entity.kind = ? AND field = ? AND {_COUNTS} AND NOT EXISTS (SELECT 1 FROM entity AS named"
                    " WHERE named.kind = substr(value, 1, instr(value, '/') - 1)"
                    " AND named.key = substr(value, instr(value, '/') + 1)) LIMIT 1",
                    (kind.id, field),
                ).fetchone()
                if row is not None:
                    raise InputError(
                        f"{kind.id}/{row[0]}: {field} names {row[1]}, which is not in the case.",
                        hint=f"Enter {row[1]} first, or correct the reference.",
                    )

    def set_rank(self, statement_ids: Sequence[int], rank: Rank) -> None:
        """Say whether statements are preferred, count, or are withdrawn.

        Raises:
            InputError: If there is no such statement.
        """
        for statement_id in statement_ids:
            query = select(STATEMENT.c.id).where(STATEMENT.c.id == statement_id)
            if self.connection.execute(query).first() is None:
                raise InputError(f"There is no statement {statement_id} in this case.")
        self.update(STATEMENT, ("rank",), [(statement_id, CODE[rank]) for statement_id in statement_ids])

    def withdraw_entity(self, entity_id: int, *, withdrawn: bool = True) -> None:
        """Take an entity out of what is shown, or back in."""
        self.update(ENTITY, ("withdrawn",), [(entity_id, int(withdrawn))])

    def add_entity_file(self, entity_id: int, name: str, *, blob: Blob, media_type: str) -> int:
        """Attach a stored file to an entity; the same file under the same name stands once."""
        query = select(ENTITY_FILE.c.id).where(
            ENTITY_FILE.c.entity_id == entity_id, ENTITY_FILE.c.name == name, ENTITY_FILE.c.sha256 == blob.sha256
        )
        found = self.connection.execute(query).scalar()
        if found is not None:
            return int(found)
        (file_id,) = self.add(
            ENTITY_FILE,
            [
                {
                    "entity_id": entity_id,
                    "name": name,
                    "sha256": blob.sha256,
                    "size_bytes": blob.size_bytes,
                    "media_type": media_type,
                }
            ],
        )
        return file_id
