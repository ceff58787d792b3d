"""Files that others wrote become requests here: read safely, every bad row named with its line."""
