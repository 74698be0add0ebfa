"""What the checks share: the files of the tree, C++ text without comments and strings, and a main that proves the check
able to fail before it is believed."""
import re
import sys
import tempfile
from pathlib import Path

CODE_FOLDERS = ("include", "src", "tests", "examples")


def code_files(root):
    """Every .hpp and .cpp of the tree, as paths relative to `root`, in order."""
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".hpp", ".cpp") and path.is_file():
                yield path.relative_to(root)


_COMMENT = r"//[^\n]*|/\*.*?\*/"
_LITERAL = r'R"([^()\\\s]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-zA-Z_])\'(?:\\.|[^\'\\\n])+\''
_COMMENT_OR_LITERAL = re.compile(f"{_COMMENT}|{_LITERAL}", re.S)


def without_comments(text):
    """The text with comments blanked; line numbers and columns stay."""
    return _blank(text, keep_literals=True)


def without_comments_and_literals(text):
    """The text with comments and the insides of literals blanked; line numbers and columns stay."""
    return _blank(text, keep_literals=False)


def _blank(text, keep_literals):
    def replace(match):
        found = match.group()
        if found.startswith("/"):
            return re.sub(r"[^\n]", " ", found)
        if keep_literals:
            return found
        return found[0] + re.sub(r"[^\n]", " ", found[1:-1]) + found[-1]

    return _COMMENT_OR_LITERAL.sub(replace, text)


def includes(text):
    """(line number, '<' or '"', path) of each include directive."""
    for number, line in enumerate(without_comments(text).split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match.group(1), match.group(2)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def write_sample(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def main(check, bad, good):
    """Runs `check(root)`, which gives offences as lines of text, on the samples and then on the tree.
    `bad` holds (files, what the one offence must contain), `good` holds files without offence."""
    for files, expected in bad:
        with tempfile.TemporaryDirectory() as scratch:
            write_sample(Path(scratch), files)
            offences = list(check(Path(scratch)))
        if len(offences) != 1 or expected not in offences[0]:
            sys.exit(f"self test: wanted one offence with {expected!r}, got {offences} for\n{files}")
    with tempfile.TemporaryDirectory() as scratch:
        write_sample(Path(scratch), good)
        offences = list(check(Path(scratch)))
    if offences:
        sys.exit(f"self test: nothing is wrong with the sample, got {offences}")

    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
    offences = list(check(root))
    for offence in offences:
        print(offence)
    sys.exit(1 if offences else 0)
