"""The assignment as the grader knows it: the rubric, the protocol, the variants."""
