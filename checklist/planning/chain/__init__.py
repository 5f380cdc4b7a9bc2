"""The chain worked back from the goal."""
