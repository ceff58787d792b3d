"""Measures the product against a do-nothing Bolt app in one run. Proves speed, never correctness."""
