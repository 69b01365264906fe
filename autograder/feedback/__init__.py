"""Feedback pages that need no network."""
