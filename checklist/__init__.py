"""The engine: answers in, plan out."""
