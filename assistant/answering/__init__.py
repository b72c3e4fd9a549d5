"""From what was found to what is said: evidence, outcome, draft, checks."""
