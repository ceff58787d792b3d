"""Menus that search while somebody types."""
