"""The steps from one schema to the next, up and down."""
