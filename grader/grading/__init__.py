"""From a request to a result: pytest in worker processes, checks to verdicts."""
