#!/usr/bin/env -S python3 -B
"""Writes the inputs that the evaluation data has for a fuzz target, one a file: corpora_seeds.py TARGET FOLDER.
FORAGE_CORPORA names the data's folder; without it, and for targets it has nothing for, nothing is written."""
import base64
import json
import os
import re
import sys
import tarfile
from pathlib import Path


def url(data):
    """The text, and after a line feed its base, as url_fuzz reads it."""
    for case in data["cases"]:
        base = case["base"] if case["base"] is not None else ""
        yield f"{case['input']}\n{base}".encode(errors="surrogatepass")


def robots(data):
    for file in data["files"].values():
        yield base64.b64decode(file["robots_b64"]) if "robots_b64" in file else file["robots"].encode()


def decode(data):
    """The encoding's number in the enum, which the labels' file has in order, and the bytes, as decode_fuzz reads them."""
    header = (Path(__file__).parents[2] / "src/text/encoding_labels.hpp").read_text()
    names = re.findall(r'"([^"]+)"', header.split("encoding_names{{", 1)[1].split("}}", 1)[0])
    for case in data["cases"]:
        yield bytes([names.index(case["encoding"])]) + bytes.fromhex(case["hex"])


def sniff(data):
    """The Content-Type, a line feed and the page, as sniff_fuzz reads them."""
    for case in data["cases"]:
        yield case["content_type"].encode() + b"\n" + base64.b64decode(case["body_b64"])


MODES = ("Data", "RCDATA", "RAWTEXT", "Script data", "PLAINTEXT", "CDATA section")


def tokenizer(data):
    """How text is read, no last start tag, the text; as tokenizer_fuzz reads it."""
    for case in data:
        for state in case.get("initialStates", ["Data state"]):
            mode = MODES.index(state.removesuffix(" state"))
            yield bytes([mode, 0]) + case["input"].encode(errors="surrogatepass")
            yield bytes([192 + mode, 0]) + case["input"].encode(errors="surrogatepass")


def tree(data):
    """Nothing in front, then the text; as tree_fuzz, text_fuzz and markdown_fuzz read it."""
    for case in data:
        yield b"\0" + case["data"].encode(errors="surrogatepass")
    yield from pages()


def pages(most=4096, every=4):
    """The beginnings of some pages."""
    for archive in sorted((corpora / "extraction").glob("*/pages.tar.xz")):
        with tarfile.open(archive) as packed:
            for number, member in enumerate(m for m in packed if m.isfile()):
                if number % every == 0:
                    yield b"\0" + packed.extractfile(member).read(most - 1)


TARGETS = {
    "url": ("url/urltestdata.json", url),
    "robots": ("robots/real.json", robots),
    "decode": ("encoding/decode.json", decode),
    "sniff": ("encoding/pages.json", sniff),
    "tokenizer": ("html5lib/tokenizer.json", tokenizer),
    "tree": ("html5lib/tree.json", tree),
    "text": ("html5lib/tree.json", tree),
    "markdown": ("html5lib/tree.json", tree),
}

target, folder = sys.argv[1], Path(sys.argv[2])
corpora = Path(os.environ.get("FORAGE_CORPORA") or "../shared/corpora")  # as in tests/CMakeLists.txt
name, inputs = TARGETS.get(target, (None, None))
if name and (corpora / name).is_file():
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(inputs(json.loads((corpora / name).read_text()))):
        (folder / str(number)).write_bytes(seed)
