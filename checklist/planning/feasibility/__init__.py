"""Whether it can be done, paid for and judged."""
