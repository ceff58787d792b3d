"""The demo control: what people at the page, scripts and tests do to the workspace."""
