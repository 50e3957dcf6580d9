"""Read YAML into pydantic models, every error mapped to a file and a line.

The one reader of YAML in the project. It refuses what YAML lets pass in silence: keys given
twice, other encodings than UTF-8, copies of values, and anything that is not plain data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from helpcenter import caps
from helpcenter.problems import Problem, found
from helpcenter.project import Project

Model = TypeVar("Model", bound=BaseModel)

# What a model may need to know of the project to judge a value, such as its languages.
Context = Mapping[str, Any]

_ADVICE = {
    "missing": "add this field; docs/_data/README.md lists what each file needs",
    "extra_forbidden": "remove this field or correct its name",
    "string_type": "put the value in quotes",
    "decimal_type": "put the number in quotes, so that no digit of it is lost",
}

# libyaml where PyYAML was built with it, as in its wheels: the same marks, many times faster.
_Composer = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(
    path: Path, model: type[Model], *, project: Project, context: Context | None = None
) -> tuple[Model | None, list[Problem]]:
    """Read the YAML file at `path` as `model`; return it, or None with all its problems."""
    name = project.relative(path)
    text, problems = read_text(path, project=project)
    if text is None:
        return None, problems
    return parse(text, model, name=name, first_line=1, context=context)


def read_text(path: Path, *, project: Project) -> tuple[str | None, list[Problem]]:
    """Read a UTF-8 text file; return it without its byte order mark, or None with problems.

    Symbolic links, and files that hold more than a parser should meet (see `caps`), are not read.
    """
    name = project.relative(path)
    if path.is_symlink():
        message = "this is a symbolic link, not a file"
        hint = "put the file itself here: the target would be published"
        return None, [Problem(name, 1, "symlink", message, hint)]
    try:
        if problems := caps.too_large(path.stat().st_size, name=name):
            return None, problems
        text = path.read_text(encoding="utf-8-sig")
        return (None, problems) if (problems := caps.exceeded(text, name=name)) else (text, [])
    except FileNotFoundError:
        hint = "create it, or restore it from the repository's history"
        return None, [Problem(name, 1, "file-missing", "the file does not exist", hint)]
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = "the file is not UTF-8 text"
        return None, [Problem(name, line, "encoding", message, "save it again as UTF-8")]


def parse(
    text: str,
    model: type[Model],
    *,
    name: str,
    first_line: int,
    context: Context | None = None,
) -> tuple[Model | None, list[Problem]]:
    """Validate YAML `text` as `model`; `first_line` is the line of `name` it begins on."""
    try:
        node = yaml.compose(text, Loader=_Composer)
        if copy := _copied(node):
            line = first_line + copy.start_mark.line
            message = "a value is copied from here with & and *"
            hint = "write it out: copies of copies make a small file endless"
            return None, [Problem(name, line, "yaml-copy", message, hint)]
        data = _Loader.construct(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        message = f"the YAML cannot be read: {error.problem or error.context}"
        hint = 'check indentation and colons; quote a value that contains ": " or "#"'
        if isinstance(error, yaml.constructor.ConstructorError):
            hint = "write plain data without a tag (!…): tags can run code"
        return None, [Problem(name, line, "yaml-syntax", message, hint)]
    except yaml.YAMLError as error:
        message = f"the YAML cannot be read: {error}"
        return None, [Problem(name, first_line, "yaml-syntax", message, "remove the character")]
    problems = [
        Problem(
            name,
            first_line + line,
            "yaml-duplicate-key",
            f"the key {key!r} is given twice",
            "keep one of the two: the second would silently win",
        )
        for line, key in _duplicate_keys(node)
    ]
    try:
        value = TypeAdapter(model).validate_python(data, context=dict(context or {}))
    except ValidationError as error:
        for item in error.errors(include_url=False):
            line = first_line + _line_of(node, item["loc"])
            place = ".".join(str(part) for part in item["loc"]) or "the file"
            message = f"{place}: {_sentence(item)}"
            hint = _ADVICE.get(item["type"], "correct the value; the line above names the field")
            problems.append(Problem(name, line, "data-invalid", message, hint))
        return None, problems
    return (None, problems) if problems else (value, [])


@dataclass(frozen=True)
class Scalar:
    """One value of a file: the keys above it, and where it begins as written.

    `line` and `column` count from 0; `written` is its text in the file, without quotes.
    """

    keys: tuple[str, ...]
    line: int
    column: int
    value: str
    written: str


def scalars(text: str) -> Iterator[Scalar]:
    """Yield every value of YAML `text` in order; nothing where the text cannot be read."""
    try:
        node = yaml.compose(text, Loader=_Composer)
    except yaml.YAMLError:
        return
    if node is not None:
        yield from _scalars(node, (), text)


def _scalars(node: yaml.Node, keys: tuple[str, ...], text: str) -> Iterator[Scalar]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, (*keys, str(key.value)), text)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, keys, text)
    elif isinstance(node, yaml.ScalarNode):
        start, quotes = node.start_mark, 1 if node.style in ("'", '"') else 0
        written = text[start.index + quotes : node.end_mark.index - quotes]
        yield Scalar(keys, start.line, start.column + quotes, node.value, written)


class _Loader(yaml.SafeLoader):
    """Construct plain data from an already composed document."""

    @classmethod
    def construct(cls, node: yaml.Node | None) -> object:
        if node is None:
            return {}
        return cls("").construct_document(node)


def _copied(root: yaml.Node | None) -> yaml.Node | None:
    """Return a node that stands in the document more than once, which only an alias does."""
    seen: set[int] = set()
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return node
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return None


def _duplicate_keys(node: yaml.Node | None) -> list[tuple[int, str]]:
    duplicates = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                duplicates.append((key.start_mark.line, key.value))
            seen.add(key.value)
            duplicates += _duplicate_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            duplicates += _duplicate_keys(item)
    return duplicates


def _line_of(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Return the zero-based line of the deepest part of `location` that the document has.

    Parts that name no child, such as the tag of a union, are passed over.
    """
    line = 0
    for part in location:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, node = key.start_mark.line, value
                    break
        elif isinstance(node, yaml.SequenceNode) and part in range(len(node.value)):
            node = node.value[int(part)]
            line = node.start_mark.line
    return line


def _sentence(item: Mapping[str, Any]) -> str:
    """Say what is wrong, with what was found and expected where that is one value."""
    message = item["msg"].removeprefix("Value error, ")
    if item["type"] in ("missing", "value_error") or isinstance(item["input"], dict | list):
        return str(message)
    context = item.get("ctx") or {}
    named = [str(context[key]) for key in ("expected", "pattern") if key in context]
    expected = named[0] if named else item["type"].removesuffix("_type").replace("_", " ")
    return f"{message} {found(item['input'], expected)}"
