"""What students handed in, found and read; links and files beyond a size are passed over."""
