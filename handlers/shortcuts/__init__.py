"""Shortcuts: from a message's menu, and from anywhere."""
