"""HTTP for Slack and for operators."""
