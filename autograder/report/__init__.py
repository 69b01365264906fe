"""What came of a class, read back and reported."""
