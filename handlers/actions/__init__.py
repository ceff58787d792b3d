"""Buttons and menus: one file a topic. A press carries ids; who presses is checked by the use case."""
