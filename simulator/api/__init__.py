"""Slack's Web API: one module a family of methods, one table of all of them in `methods`."""
