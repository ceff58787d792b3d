"""YAML read safely: bounded size and depth, lines remembered, repeated keys reported not lost."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.domain.errors import UserError

SIZE_LIMIT = 32 * 1024 * 1024
DEPTH_LIMIT = 12

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One mapping of a file. `lines` tells on which line each value stands: `links.gdrive`."""

    fields: dict[str, Value]
    line: int
    lines: dict[str, int]

    def line_of(self, *trail: str | int) -> int:
        """The line of that value, or of the nearest one around it that has a line."""
        for length in range(len(trail), 0, -1):
            found = self.lines.get(".".join(map(str, trail[:length])))
            if found is not None:
                return found
        return self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    documents: tuple[Document, ...]
    warnings: tuple[str, ...]


class _Loader(yaml.SafeLoader):
    """Refuses aliases (a small file must not become a large one) and never guesses a type."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise UserError(f"Line {self.line + 1}: no aliases, please.")
        return super().compose_node(parent, index)


def read_yaml(path: Path) -> Read:
    """Every mapping in a file: one document, a list of them, or many documents.

    Scalars stay as they were typed. Raises UserError with file and line.
    """
    if path.stat().st_size > SIZE_LIMIT:
        raise UserError(f"{path.name} is larger than {SIZE_LIMIT // 2**20} MiB. Split it.")
    text = path.read_text(encoding="utf-8-sig")
    warnings: list[str] = []
    documents = []
    try:
        for root in yaml.compose_all(text, Loader=_Loader):
            for node in _mappings(root, path):
                documents.append(_document(node, path, warnings))  # noqa: PERF401 - reads better
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UserError(f"{path.name}:{line}: this is not YAML: {error.problem}.") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise UserError(f"{path.name}: this is not YAML: {error}.") from None
    return Read(documents=tuple(documents), warnings=tuple(warnings))


def _mappings(root: yaml.Node | None, path: Path) -> list[yaml.MappingNode]:
    if root is None or _is_null(root):
        return []
    nodes = root.value if isinstance(root, yaml.SequenceNode) else [root]
    for node in nodes:
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + 1
            raise UserError(f"{path.name}:{line}: expected `field: value` lines here.")
    return list(nodes)


def _document(node: yaml.MappingNode, path: Path, warnings: list[str]) -> Document:
    fields: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = _name(key_node, path), key_node.start_mark.line + 1
        if key in fields:
            warnings.append(f"{path.name}:{line}: `{key}` stands here again; the last one wins.")
        lines[key] = line
        fields[key] = _Reader(path, lines).value(value_node, (key,))
    return Document(fields=fields, line=node.start_mark.line + 1, lines=lines)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns nodes into values, and remembers in `lines` where each one stands."""

    path: Path
    lines: dict[str, int]

    def value(self, node: yaml.Node, trail: tuple[str, ...]) -> Value:
        line = node.start_mark.line + 1
        if len(trail) > DEPTH_LIMIT:
            raise UserError(f"{self.path.name}:{line}: nested deeper than {DEPTH_LIMIT} levels.")
        if isinstance(node, yaml.MappingNode):
            pairs = [(_name(key, self.path), key, value) for key, value in node.value]
            return {name: self._inner(key, value, (*trail, name)) for name, key, value in pairs}
        if isinstance(node, yaml.SequenceNode):
            return [
                self._inner(item, item, (*trail, str(number)))
                for number, item in enumerate(node.value)
            ]
        if _is_null(node):
            return None
        return _text(str(node.value), self.path, line)

    def _inner(self, at: yaml.Node, node: yaml.Node, trail: tuple[str, ...]) -> Value:
        self.lines[".".join(trail)] = at.start_mark.line + 1
        return self.value(node, trail)


def _name(node: yaml.Node, path: Path) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise UserError(f"{path.name}:{node.start_mark.line + 1}: a field's name is a word.")
    return _text(str(node.value), path, node.start_mark.line + 1)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _text(value: str, path: Path, line: int) -> str:
    """PyYAML reads JSON's escaped emoji as two lone surrogates, which no database takes."""
    try:
        joined = value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise UserError(f"{path.name}:{line}: half of a character is missing here.") from None
    if "\0" in joined:
        raise UserError(f"{path.name}:{line}: a NUL character cannot be kept.")
    return joined
