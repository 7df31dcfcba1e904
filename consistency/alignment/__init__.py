"""Align two sides of vectors; `consistency.align` is the way in.

One direction: sides, spans, bands → measures → evidence → lattice, weights, scales → paths → levels →
confidence, moves, relation → consistency.align.
"""
