"""Hold one command each; a module here is a word of the command line."""
