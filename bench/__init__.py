"""Measures the product beside a do-nothing Bolt app, in one run. Proves speed, not correctness."""
