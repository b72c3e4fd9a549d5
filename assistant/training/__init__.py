"""Training from the corpus: items and their checks, parallel forms, scoring, statistics, life cycle, cases. All of it pure."""
