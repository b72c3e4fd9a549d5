"""Evaluation: cases (questions with what a right answer must show), metrics (the grader's, pure), runner, floor, report."""
