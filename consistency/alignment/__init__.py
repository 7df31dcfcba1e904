"""Align two sides of vectors; `consistency.align` is the way in.

One direction: sides, bands → evidence, weights → lattice → levels → moves, confidence, relation → align.
"""
