"""Asisten UEP: cited answers about the UEP grant from a folder of documents."""
