"""The application: what it knows and does. No Slack formats, no SQL."""
