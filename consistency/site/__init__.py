"""Know a whole site: its configuration, its files as articles, and what to make of the findings on them."""
