"""Turn texts into vectors: one module an engine, each with `load()`; the contract is in `protocol`."""
