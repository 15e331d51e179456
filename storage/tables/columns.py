"""Column types that hold the same values on SQLite (STRICT tables) and on PostgreSQL.

Moments are aware and stored in UTC; on SQLite as whole microseconds, a third of the room of text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import REAL, TypeDecorator, TypeEngine

from storage import packing
from storage.storable import storable

T = TypeVar("T")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Whole numbers of 64 bits; on SQLite INTEGER, so that a key of this type is the row's own id.
Int = BigInteger().with_variant(Integer(), "sqlite")
#: Fractions of double precision.
Real: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")


class Str(TypeDecorator[str]):
    """Text of any length. What no database can hold (NUL, lone surrogates) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be stored, so that hostile text cannot stop a write."""
        return None if value is None else storable(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """The same without the layers between: text is most of what is written and asked."""
        return _storable_or_none


def _storable_or_none(value: str | None) -> str | None:
    return None if value is None else storable(value)


class Moment(TypeDecorator[dt.datetime]):
    """An aware datetime, given back in UTC: on SQLite as the microseconds since 1970."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TIMESTAMP WITH TIME ZONE on PostgreSQL, a whole number elsewhere."""
        postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(DateTime(timezone=True) if postgresql else Integer())

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Refuse a naive datetime: it would be a programmer's error of up to a day."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without time zone cannot be stored: {value!r}")
        if dialect.name == "postgresql":
            return value.astimezone(dt.UTC)
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Give back an aware datetime in UTC."""
        if value is None:
            return None
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC)
        return _EPOCH + dt.timedelta(microseconds=value)


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class Hash(TypeDecorator[str]):
    """A hash in hexadecimal, kept as its bytes: half the room, in each index too."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """As bytes. Raises ValueError for what is no hexadecimal."""
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """In hexadecimal again."""
        return None if value is None else value.hex()


class Day(TypeDecorator[dt.date]):
    """A calendar day."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """DATE on PostgreSQL, text elsewhere."""
        return dialect.type_descriptor(Date() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> Any:
        """ISO text on SQLite."""
        return value if value is None or dialect.name == "postgresql" else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.date | None:
        """A date again."""
        return (
            value if value is None or isinstance(value, dt.date) else dt.date.fromisoformat(value)
        )


class Flag(TypeDecorator[bool]):
    """True or false."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """BOOLEAN on PostgreSQL, 0 and 1 elsewhere (STRICT tables know no BOOLEAN)."""
        return dialect.type_descriptor(Boolean() if dialect.name == "postgresql" else Integer())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:
        """0 or 1 on SQLite."""
        return value if value is None or dialect.name == "postgresql" else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        """A bool again."""
        return None if value is None else bool(value)


class Json(TypeDecorator[Any], Generic[T]):
    """A value of one type as JSON text; text, because its bytes are hashed and must not change."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[T]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        """Encode; equal values give equal text."""
        return None if value is None else msgspec.json.encode(value, order="deterministic").decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:
        """Decode, checked against the type."""
        return None if value is None else msgspec.json.decode(value, type=self.kind)


class Headers(TypeDecorator[Any]):
    """The headers of an answer, packed (:mod:`storage.packing`): they are much the same each time."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(
        self, value: tuple[tuple[str, str], ...] | None, dialect: Dialect
    ) -> bytes | None:
        """Pack."""
        return None if value is None else packing.packed_headers(msgspec.json.encode(value))

    def process_result_value(
        self, value: bytes | None, dialect: Dialect
    ) -> tuple[tuple[str, str], ...] | None:
        """Unpack. Raises ValueError where a byte was changed."""
        if value is None:
            return None
        text = packing.unpacked_headers(bytes(value))
        return msgspec.json.decode(text, type=tuple[tuple[str, str], ...])


def table(name: str, *items: SchemaItem, rowid: bool = True) -> Table:
    """A table of the shared metadata; STRICT on SQLite, so that a wrong type is refused there too.

    Without ``rowid`` SQLite keeps the rows in the primary key itself, once: for keys of several
    columns, which it would keep twice.
    """
    return Table(name, metadata, *items, sqlite_strict=True, sqlite_with_rowid=rowid)


def key() -> Column[int]:
    """The row's own number, given by the database."""
    return Column("id", Int, primary_key=True, autoincrement=True)


def refers(
    name: str,
    target: str,
    *,
    optional: bool = False,
    index: bool = False,
    primary_key: bool = False,
) -> Column[Any]:
    """A column that points at a row of another table (``table.column``)."""
    return Column(name, ForeignKey(target), nullable=optional, index=index, primary_key=primary_key)
