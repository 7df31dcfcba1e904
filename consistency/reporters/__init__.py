"""Turn one Report into one format each; a module here is a word of `--format`."""
