"""The proof sheet of one answer, as values and as a PDF or Word file that can be printed, filed and checked."""
