"""Where nbgrader's own commands go through this package: its autograde, its converters."""
