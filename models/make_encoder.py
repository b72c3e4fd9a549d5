"""Make the shipped encoder: fp16 weights in, an ONNX file in int8 out, checked against the weights it came from.

    pip install onnx          # beside the project's environment (torch, transformers, onnxruntime, numpy)
    python models/make_encoder.py [WEIGHTS] [--texts FOLDER] [--out models/encoder]

`WEIGHTS` is a folder with `model.safetensors`, `config.json` and a tokenizer, by default `../shared/models/encoder` beside
the project. `FOLDER` holds `facts.jsonl` and `asked.jsonl`, the Indonesian texts of the check. Needs no network, about
2 GB of memory and a minute. Exits with 1 when the weights are absent or the result is too far from them; then nothing
in the output folder is replaced.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoTokenizer, BertModel, PreTrainedTokenizerBase

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
MODEL_FILE = "model_int8.onnx"
COPIED = ("tokenizer.json", "tokenizer_config.json", "config.json")
LEAST_MEAN_COSINE = 0.99
EACH_KIND = 100
BATCH = 32
OPSET = 17


class LastHiddenState(torch.nn.Module):
    """BertModel reduced to what is exported: token ids and mask in, last hidden state out."""

    def __init__(self, model: BertModel) -> None:
        """Wrap `model`."""
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the last hidden state, (texts, tokens, dimension); all tokens are of type 0."""
        hidden: torch.Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return hidden


def main() -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("weights", nargs="?", type=Path, default=SHARED / "models" / "encoder")
    parser.add_argument("--texts", type=Path, default=SHARED / "domain")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "encoder")
    arguments = parser.parse_args()
    for needed in (arguments.weights / "model.safetensors", arguments.texts / "facts.jsonl"):
        if not needed.is_file():
            print(f"{needed} is absent: name the folder that holds it (see --help).", file=sys.stderr)
            return 1

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(arguments.weights)
    model = BertModel.from_pretrained(
        arguments.weights, add_pooling_layer=False, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / MODEL_FILE
        export(model, tokenizer, made)
        cosines = compare(model, tokenizer, made, sample_texts(arguments.texts))
        print(
            f"{len(cosines)} texts, cosine int8 to fp32: min {cosines.min():.4f}, "
            f"p1 {np.percentile(cosines, 1):.4f}, mean {cosines.mean():.4f}"
        )
        if cosines.mean() < LEAST_MEAN_COSINE:
            print(f"The mean is below {LEAST_MEAN_COSINE}: {arguments.out} stays as it was.", file=sys.stderr)
            return 1
        arguments.out.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, arguments.out / MODEL_FILE)
    for name in COPIED:
        shutil.copyfile(arguments.weights / name, arguments.out / name)
    written = (arguments.out / MODEL_FILE).read_bytes()
    print(f"{arguments.out / MODEL_FILE}: {len(written):,} bytes, sha256 {hashlib.sha256(written).hexdigest()}")
    return 0


def export(model: BertModel, tokenizer: PreTrainedTokenizerBase, path: Path) -> None:
    """Write `model` to `path` as ONNX, weights in int8 with one scale a channel."""
    example = tokenizer(["query: contoh", "query: contoh yang lebih panjang"], padding=True, return_tensors="pt")
    plain = path.with_name("fp32.onnx")
    axes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter is chosen on purpose; its notices on tracing are checked below
        torch.onnx.export(
            LastHiddenState(model).eval(),  # else the exporter leaves the wrapped model in training mode: dropout
            (example["input_ids"], example["attention_mask"]),
            plain,
            input_names=["input_ids", "attention_mask"],
            output_names=["last_hidden_state"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "last_hidden_state": axes},
            opset_version=OPSET,
            dynamo=False,
        )
    # Activations of this model have outliers: quantised too, they cost a mean cosine of .975 (signed weights) to .990
    # (all but the query, key, value and output layers in fp32). So the dense layers keep int8 weights, one scale a
    # channel, and compute in fp32; what is left to quantize_dynamic is the table of words.
    wide = [node.name for node in onnx.load(plain).graph.node if node.op_type == "MatMul"]
    half = path.with_name("half.onnx")
    quantize_dynamic(plain, half, per_channel=True, weight_type=QuantType.QUInt8, nodes_to_exclude=wide)
    shrink(half, path, wide)


def shrink(source: Path, path: Path, names: list[str]) -> None:
    """Store the weights of the MatMul nodes `names` as int8 with one scale a column, widened when they are used."""
    model = onnx.load(source)
    graph = model.graph
    weights = {item.name: item for item in graph.initializer}
    for node in [node for node in graph.node if node.name in names and node.input[1] in weights]:
        name = node.input[1]
        values = numpy_helper.to_array(weights[name])
        scales = np.abs(values).max(axis=0).clip(1e-8) / 127
        small = np.round(values / scales).clip(-127, 127).astype(np.int8)
        graph.initializer.remove(weights[name])
        graph.initializer.append(numpy_helper.from_array(small, name + "_int8"))
        graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), name + "_scale"))
        graph.initializer.append(numpy_helper.from_array(np.zeros(len(scales), np.int8), name + "_zero"))
        inputs = [name + "_int8", name + "_scale", name + "_zero"]
        graph.node.insert(0, helper.make_node("DequantizeLinear", inputs, [name], name=name + "_widen", axis=1))
    onnx.save(model, path)


def sample_texts(folder: Path) -> list[str]:
    """Return facts as passages and asked questions as queries, evenly spread over the files, prompts included."""
    facts = [json.loads(line)["fact"] for line in (folder / "facts.jsonl").open(encoding="utf-8")]
    lines = (folder / "asked.jsonl").open(encoding="utf-8")
    asked = [question for line in lines for question in json.loads(line)["questions"]]
    windows = [" ".join(facts[start : start + 5]) for start in range(0, len(facts), 5)]
    kinds = (("passage: ", facts), ("passage: ", windows), ("query: ", asked))
    return [prompt + text for prompt, texts in kinds for text in texts[:: max(1, len(texts) // EACH_KIND)]]


def compare(model: BertModel, tokenizer: PreTrainedTokenizerBase, path: Path, texts: list[str]) -> np.ndarray:
    """Return the cosine between the mean-pooled vectors of `model` and of the ONNX file, one a text."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    cosines = []
    for start in range(0, len(texts), BATCH):
        batch = tokenizer(texts[start : start + BATCH], padding=True, truncation=True, max_length=512, return_tensors="pt")
        given = {name: batch[name] for name in ("input_ids", "attention_mask")}
        with torch.inference_mode():
            expected = model(**given).last_hidden_state
        found = torch.from_numpy(session.run(None, {name: ids.numpy() for name, ids in given.items()})[0])
        mask = given["attention_mask"][..., None]
        cosines.append(torch.cosine_similarity((expected * mask).sum(1), (found * mask).sum(1)).numpy())
    return np.concatenate(cosines)


if __name__ == "__main__":
    sys.exit(main())
