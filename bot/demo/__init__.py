"""The product on a desk: starts the local workspace and the app, and gives the agency a past."""
