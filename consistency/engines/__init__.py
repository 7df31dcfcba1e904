"""Run one piece of work over many articles: in this process, in processes beside it, or on a cluster."""
