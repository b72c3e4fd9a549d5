"""Commands: `python -m assistant ask | search | health | users | items | evaluate | corpus | backup | restore | …`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.service import Assistant


def main(arguments: list[str] | None = None) -> int:
    """Run one command; an expected error is one line and exit status 1."""
    options = _parser().parse_args(arguments)

    from assistant.errors import AssistantError
    from assistant.settings import load_settings

    try:
        from assistant.operations import bundle_command, command
        from assistant.operations.startup import complete

        if options.command in bundle_command.NAMES:
            return bundle_command.run_bundles(load_settings(), options)

        if options.command != "restore":  # it sets an earlier one aside that can't be completed
            complete(load_settings())
        if options.command in command.NAMES:
            from assistant.wiring import run_ingest

            return command.run_operations(load_settings(), options, ingest=run_ingest)

        if options.command == "corpus":  # needs neither an index nor an encoder
            return _corpus(load_settings().corpus_dir, options)

        if options.command == "users":  # needs only the records
            from assistant.accounts import run_users

            return run_users(load_settings(), options)

        if options.command == "tokens":  # so does this
            from assistant.keys import run_tokens

            return run_tokens(load_settings(), options)

        if options.command == "items":  # needs only the corpus
            from assistant.bank import run_items

            return run_items(load_settings(), options)

        from assistant.wiring import make_assistant

        return int(options.run(make_assistant(load_settings()), options))
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Asisten UEP di terminal.")
    commands = parser.add_subparsers(required=True, dest="command", metavar="PERINTAH")
    ask = commands.add_parser("ask", help="jawab satu pertanyaan, atau satu berkas dengan --batch")
    ask.add_argument("question", nargs="?", help="pertanyaan")
    ask.add_argument("--json", action="store_true", help="cetak sebagai JSON")
    ask.add_argument("--batch", type=Path, metavar="BERKAS", help="berkas JSONL berisi id, question, history")
    ask.add_argument("--out", type=Path, metavar="BERKAS", help="berkas hasil untuk --batch")
    ask.add_argument("--mode", choices=("kutipan", "model"), help="bawaan: model bila MODEL_URL diatur, selain itu kutipan")
    ask.set_defaults(run=_ask)
    search = commands.add_parser("search", help="tampilkan bagian yang ditemukan")
    search.add_argument("question", help="pertanyaan")
    search.add_argument("--explain", action="store_true", help="dengan rincian nilai dan yang ditolak")
    search.add_argument("--json", action="store_true", help="cetak sebagai JSON")
    search.set_defaults(run=_search)
    corpus = commands.add_parser("corpus", help="periksa korpus; keluar dengan 1 bila ada kesalahan")
    corpus.add_argument("--report", action="store_true", help="dengan tabel cakupan")
    corpus.add_argument("--json", action="store_true", help="cetak sebagai JSON, dengan semua temuan")
    corpus.add_argument("--sample", type=int, default=0, metavar="N", help="tampilkan N pernyataan acak di samping faktanya")
    corpus.add_argument("--seed", type=int, default=0, metavar="S", help="benih acak untuk --sample")
    from assistant.accounts import add_users
    from assistant.bank import add_items
    from assistant.evaluation.command import add_evaluate
    from assistant.keys import add_tokens
    from assistant.operations.bundle_command import add_bundles
    from assistant.operations.command import add_operations

    mcp = commands.add_parser("mcp", help="alat MCP (tanya, cari) lewat masukan dan keluaran baku, untuk program di mesin ini")
    mcp.set_defaults(run=_mcp)
    add_users(commands)
    add_tokens(commands)
    add_items(commands)
    add_evaluate(commands)
    add_operations(commands)
    add_bundles(commands)
    return parser


def _ask(assistant: Assistant, options: argparse.Namespace) -> int:
    from assistant.batch import answer_file, is_quote_only
    from assistant.errors import QuestionError
    from assistant.lines import answer_line

    quote_only = is_quote_only(assistant, options.mode)
    if options.batch is not None:
        if options.out is None:
            raise QuestionError("Tambahkan --out BERKAS untuk hasil --batch.")
        print(f"{answer_file(assistant, options.batch, options.out, quote_only=quote_only)} jawaban ditulis ke {options.out}.")
        return 0
    answer = assistant.ask(options.question or "", quote_only=quote_only)
    if options.json:
        print(json.dumps(answer_line(answer, assistant.label), ensure_ascii=False))
        return 0
    print(answer.text)
    for citation in answer.citations:
        place = " › ".join([citation.passage.document.title, *citation.passage.headings])
        print(f"\n[{citation.number}] {place}")
        for source in (s for name in citation.labels if (label := assistant.label(name)) for s in label.sources):
            print(f"    {source.title}, {source.publisher}, {source.date}{' ' + source.url if source.url else ''}")
    return 0


def _search(assistant: Assistant, options: argparse.Namespace) -> int:
    from assistant.explaining import explained_lines, explained_values
    from assistant.lines import hit_line

    retrieval = assistant.search(options.question)
    if options.json:
        kept = {"question": retrieval.question, "kept": [hit_line(hit) for hit in retrieval.kept]}
        print(json.dumps(explained_values(retrieval) if options.explain else kept, ensure_ascii=False))
        return 0
    if options.explain:
        print("\n".join(explained_lines(retrieval)))
        return 0
    for hit in retrieval.kept:
        print(f"{hit.score:.3f}  {hit.passage.id}\n       {hit.passage.sentences[hit.matches[0].sentence].text}")
    return 0


def _mcp(assistant: Assistant, options: argparse.Namespace) -> int:
    from assistant.api.mcp_server import serve_here

    serve_here(assistant)
    return 0


def _corpus(folder: Path, options: argparse.Namespace) -> int:
    from assistant.knowledge.checks import check
    from assistant.knowledge.findings import Severity
    from assistant.reporting import draw, finding_lines, gather, report_lines, report_values, sample_lines

    material = gather(folder)
    findings = check(material)
    sample = draw(material, options.sample, options.seed)
    if options.json:
        print(json.dumps(report_values(material, findings, sample), ensure_ascii=False))
    else:
        table = [*report_lines(material, findings), ""] if options.report else []
        print("\n".join([*table, *finding_lines(findings), *sample_lines(material, sample)]))
    return 1 if any(finding.severity is Severity.FAULT for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
