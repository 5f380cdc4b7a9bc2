"""When things have to happen."""
