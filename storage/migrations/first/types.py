"""The column types of the first schema, as they were: what the program uses may change since."""

import sqlalchemy as sa

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STR = sa.Text()
#: On SQLite text of fixed width, which sorts as time does.
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
