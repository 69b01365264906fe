"""Outlines of a new task or a new unit: templates whose tests fail until they are filled in."""
