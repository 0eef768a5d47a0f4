"""How far the grader's verdicts can be trusted: mutants by the hundred, graded again and again."""
