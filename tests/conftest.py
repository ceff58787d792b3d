"""Fixtures of every test. Each kind has a module of its own; this one only names them."""

pytest_plugins = ("tests.databases",)
