"""Slash commands: one file a noun, each a table of verbs."""
