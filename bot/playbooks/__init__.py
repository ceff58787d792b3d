"""What an agency edits in YAML: read, checked, turned into domain objects."""
