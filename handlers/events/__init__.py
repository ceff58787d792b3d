"""What happens in Slack without anyone asking us: one file a topic."""
