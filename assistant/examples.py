"""Questions that are offered to who doesn't know what to ask, by topic."""

from __future__ import annotations

EXAMPLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Kriteria", ("Siapa yang diprioritaskan menerima UEP?", "Penerima tahun ini boleh diusulkan lagi tahun depan?")),
    ("Bantuan", ("UEP itu uang tunai atau barang?", "Jenis usaha apa saja yang difasilitasi UEP 2025?")),
    ("Data", ("Desil warga tidak sesuai kenyataan, bagaimana memperbaikinya?", "Apa beda DTKS dan DTSEN?")),
    ("Perubahan", ("Apa beda UEP sekarang dengan KUBE dulu?",)),
)
