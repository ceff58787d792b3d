"""The ways out to the app: signed HTTP and Socket Mode. Knows payloads as sealed letters."""
