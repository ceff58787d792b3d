"""Everything that knows tables: rows inside, domain objects outside. SQL is spelled only here."""
