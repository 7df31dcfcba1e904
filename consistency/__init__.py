"""Tell which fact a translation lost and which it got wrong."""

__version__ = "0.1.0"
