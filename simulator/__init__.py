"""A Slack to run at your desk: Slack's protocols on loopback, for any app with a manifest.

Refuses to know an app: nothing here imports from the packages it serves.
"""
