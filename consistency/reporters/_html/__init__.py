"""Lay a report out as a page: which passages stand side by side, what is marked in them, what is folded."""
