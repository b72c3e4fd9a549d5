"""Cek Kriteria: one candidate or a table of candidates without names, judged criterion by criterion; no decision is made here."""
