"""What an agency edits in YAML: policy, playbooks, texts; read, checked, turned into domain objects."""
