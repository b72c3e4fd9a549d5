"""The proof sheet of one answer, as values and as a PDF or Word file that can be printed, filed and checked."""

from assistant.sheets.docx import docx_bytes
from assistant.sheets.pdf import pdf_bytes
from assistant.sheets.values import ProofSheet, proof_sheet

__all__ = ["ProofSheet", "docx_bytes", "pdf_bytes", "proof_sheet"]
