"""The goal shared out over channels, segments and campaigns."""
