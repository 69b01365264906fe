"""The gradebook and the files that nbgrader's autograde leaves, written a batch at a time."""
