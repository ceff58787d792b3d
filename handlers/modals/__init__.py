"""Submitted forms: one file a topic. Each becomes one request to one use case."""
