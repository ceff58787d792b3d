"""Column types as migrations spell them. Frozen: what was created with one of these stays so."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SLACK_ID = sa.String(32)
CHOICE = sa.String(32)
TEXT = sa.String()
FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
FACTS = sa.JSON()
CHOICES = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
