"""Statements made once and run often: compiled for each database at first use, then given to its driver.

What SQLAlchemy does each time that it executes a statement takes several times as long as a small
query itself, and a look at a page is seventy small queries. Here only the values are converted, by
the same types; who listens to ``before_cursor_execute`` hears of these statements too. What is built
anew for each question goes through ``conn.execute`` as ever.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

_Processor = Callable[[Any], Any]
Statement = sa.Select[Any] | sa.Insert | sa.Update | sa.Delete


class Prepared:
    """One statement. Parameters are given by name; rows come back with the columns as attributes.

    Lists of values (``IN``) cannot be parameters. Raises the driver's errors as they are, to which
    the doors of :class:`storage.database.Database` give their names.
    """

    def __init__(self, statement: Statement, names: tuple[str, ...] | None = None) -> None:
        """``names`` are the columns that an insert will be given values for."""
        self._statement = statement
        self._names = names
        self._compiled: dict[str, _Compiled] = {}

    def run(self, conn: Connection, asked: Mapping[str, Any] | None = None) -> int:
        """Execute; gives the number of rows that were changed."""
        cursor = self._execute(conn, asked)[1]
        changed = int(cursor.rowcount)
        cursor.close()
        return changed

    def all(self, conn: Connection, asked: Mapping[str, Any] | None = None) -> list[Any]:
        """All rows."""
        compiled, cursor = self._execute(conn, asked)
        rows = [compiled.row(row) for row in cursor.fetchall()]
        cursor.close()
        return rows

    def first(self, conn: Connection, asked: Mapping[str, Any] | None = None) -> Any:
        """The first row, None where there is none."""
        compiled, cursor = self._execute(conn, asked)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else compiled.row(row)

    def scalar(self, conn: Connection, asked: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, None where there is none."""
        row = self.first(conn, asked)
        return None if row is None else row[0]

    def _execute(self, conn: Connection, asked: Mapping[str, Any] | None) -> tuple[_Compiled, Any]:
        dialect = conn.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = _Compiled(self._statement, self._names, dialect)
            self._compiled[dialect.name] = compiled
        cursor = conn.connection.cursor()
        values = compiled.parameters(asked or {})
        for hook in conn.dispatch.before_cursor_execute:
            hook(conn, cursor, compiled.text, values, None, False)
        cursor.execute(compiled.text, values)
        return compiled, cursor


class _Compiled:
    """A statement in one database's words, with what converts values on their way in and out."""

    def __init__(
        self, statement: Statement, names: tuple[str, ...] | None, dialect: Dialect
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=names)
        self.text = str(compiled)
        self._positional = bool(compiled.positional)
        order = compiled.positiontup if compiled.positional else list(compiled.params)
        self._given: list[tuple[str, bool, Any, _Processor | None]] = []
        for name in order or ():
            bound = compiled.binds[name]
            into = bound.type.dialect_impl(dialect).bind_processor(dialect)
            default = compiled.params.get(name)
            self._given.append((name, bound.required, default, into))
        self._out: list[tuple[int, _Processor]] = []
        self._row: Callable[[Iterable[Any]], Any] = tuple
        if isinstance(statement, sa.Select):
            columns = list(statement.selected_columns)
            names_out = [column.name for column in columns]
            make: Any = namedtuple  # names that only the statement knows
            self._row = make("Row", names_out, rename=True)._make
            for at, column in enumerate(columns):
                out = column.type.dialect_impl(dialect).result_processor(dialect, None)
                if out is not None:
                    self._out.append((at, out))

    def parameters(self, asked: Mapping[str, Any]) -> Any:
        """The values for the driver, in its order or by name."""
        values = []
        for name, required, default, into in self._given:
            value = asked[name] if required or name in asked else default
            values.append(value if into is None else into(value))
        if self._positional:
            return values
        return {given[0]: value for given, value in zip(self._given, values, strict=True)}

    def row(self, values: tuple[Any, ...]) -> Any:
        """A row of the driver's as the program sees it."""
        if self._out:
            converted = list(values)
            for at, out in self._out:
                converted[at] = out(converted[at])
            return self._row(converted)
        return self._row(values)
