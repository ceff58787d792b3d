"""Pure rules. Standard library only; time is always an argument."""
