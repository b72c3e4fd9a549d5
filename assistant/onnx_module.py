"""The input module of a SentenceTransformer that runs an ONNX file: tokens in, token vectors out.

The library's own ONNX extra can't be installed beside version 6 (docs/decisions/0003). Importing this module imports
torch; only `assistant.encoding` does, when an encoder is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from sentence_transformers.base.modules import InputModule
from tokenizers import Tokenizer

MODEL_FILE = "model_int8.onnx"
LONGEST = 512


class OnnxTransformer(InputModule):
    """Tokenizes texts and gives the last hidden state of an exported BERT model."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        """Load the ONNX file and the tokenizer of `folder`; `threads` is the number of intra-op threads."""
        super().__init__()
        self.folder = folder
        self.max_seq_length = LONGEST
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.enable_padding(pad_id=1, pad_token="<pad>")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Widen the int8 weights once at the start, not at each run.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self.session = onnxruntime.InferenceSession(str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"])
        self.inputs = {item.name for item in self.session.get_inputs()}

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, Any]:
        """Return token ids and mask (texts, tokens) of texts, the prompt before each."""
        encoded = self.tokenizer.encode_batch([(prompt or "") + str(text) for text in inputs])
        return {
            "input_ids": torch.tensor([item.ids for item in encoded], dtype=torch.int64),
            "attention_mask": torch.tensor([item.attention_mask for item in encoded], dtype=torch.int64),
        }

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Add `token_embeddings` (texts, tokens, dimension) to `features`."""
        feed = {name: features[name].numpy() for name in ("input_ids", "attention_mask")}
        if "token_type_ids" in self.inputs:
            feed["token_type_ids"] = np.zeros_like(feed["input_ids"])
        features["token_embeddings"] = torch.from_numpy(self.session.run(None, feed)[0])
        return features

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """Refuse: the file is made by models/make_encoder.py."""
        raise NotImplementedError("models/make_encoder.py makes this module's files")
