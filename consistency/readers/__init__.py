"""Read files into Documents: one module a format, each exporting `READER`."""
