"""Read facts: one module a family of facts, each with its `EXTRACTOR` (consistency/extractors/_extractor.py)."""
