"""Buttons and menus: one file a topic. A press carries ids; the use case checks who presses."""
