"""Answers of a class that are more alike than chance would have them, shown side by side.

Nothing of a student's is run here: answers are read as text and as syntax trees.
"""
