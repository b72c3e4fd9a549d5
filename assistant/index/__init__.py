"""The index of a corpus: dense search (Chroma), lexical search (bm25s), and snapshots that are swapped whole."""
