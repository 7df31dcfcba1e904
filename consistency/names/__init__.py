"""Tell which names a copy lost, added or replaced: candidates, evidence for each, and the verdict."""
