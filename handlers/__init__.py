"""Slack and HTTP: everything that reads or writes their formats, and nothing else."""
