"""Sheets that are printed, filed and checked: as values, as paper, and as a PDF or Word file."""

from assistant.sheets.docx import docx_bytes
from assistant.sheets.paper import Paper, proof_paper
from assistant.sheets.pdf import pdf_bytes
from assistant.sheets.values import ProofSheet, proof_sheet

__all__ = ["Paper", "ProofSheet", "docx_bytes", "pdf_bytes", "proof_paper", "proof_sheet"]
