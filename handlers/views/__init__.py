"""Looks: a domain object in, a Message or a view out. Pure; one file a topic."""
