"""How likely the goal is reached, and what would make it likelier."""
