"""YAML with line numbers, so that a mistake can be shown where it stands."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from site_builder.problems import Problem

Keys = tuple[str | int, ...]

_KEY_HINT = "mettez-la entre guillemets"
_ENCODING_HINT = "enregistrez le fichier en UTF-8 dans votre éditeur"


# libyaml reads ten times faster where it is compiled in; the rules are the same.
_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _RefusedError(yaml.MarkedYAMLError):
    """YAML that can be read, and that we refuse; `line` counts from 0."""

    def __init__(self, message: str, hint: str, mark: Any) -> None:
        super().__init__(problem=message, problem_mark=mark)
        self.message, self.hint, self.line = message, hint, mark.line


class _Loader(_FastLoader):  # type: ignore[misc]  # chosen at run time
    """Safe loader that refuses a key written twice, or that is no text, and impossible days."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.tag != "tag:yaml.org,2002:str":
                raise _RefusedError("une clé n’est pas un texte", _KEY_HINT, key_node.start_mark)
            if key_node.value in seen:  # the first would be lost in silence
                message = f"la clé « {key_node.value} » est écrite deux fois"
                raise _RefusedError(message, "supprimez l’une des deux", key_node.start_mark)
            seen.add(key_node.value)
        return dict(super().construct_mapping(node, deep=deep))

    def construct_day(self, node: yaml.ScalarNode) -> Any:
        """A date; YAML itself would stop on 2026-02-30 without saying where."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError as error:
            message, hint = f"le jour « {node.value} » n’existe pas", "écrivez AAAA-MM-JJ"
            raise _RefusedError(message, hint, node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)


def read_text(path: Path, shown: Path) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file, or why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return "", [Problem(shown, line, "le fichier n’est pas en UTF-8", _ENCODING_HINT)]
    except FileNotFoundError:
        return "", [Problem(shown, 0, "le fichier manque", "créez-le ou corrigez son nom")]
    except OSError:
        return "", [Problem(shown, 0, "le fichier ne peut pas être lu", "est-ce bien un fichier ?")]


def load_yaml(path: Path, shown: Path) -> tuple[Any, list[Problem]]:
    """The data of a YAML file; `shown` is the path named in problems."""
    text, problems = read_text(path, shown)
    if problems:
        return None, problems
    return parse_yaml(text, shown)


def parse_yaml(text: str, shown: Path, first_line: int = 1) -> tuple[Any, list[Problem]]:
    """The data of a YAML text that starts at `first_line` of the file `shown`."""
    try:
        _refuse_references(text)
        return yaml.load(text, _Loader), []  # noqa: S506 - a SafeLoader subclass
    except _RefusedError as error:
        return None, [Problem(shown, error.line + first_line, error.message, error.hint)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else 0
        return None, [Problem(shown, line, "YAML illisible", _yaml_hint(text, mark))]
    except yaml.YAMLError:
        return None, [Problem(shown, 0, "YAML illisible", "un caractère interdit s’y trouve")]
    except RecursionError:
        return None, [Problem(shown, 0, "YAML illisible", "trop de crochets l’un dans l’autre")]


def _refuse_references(text: str) -> None:
    """`&name` and `*name`: a few lines of them make a text without end."""
    if "&" in text and "*" in text:
        for event in yaml.parse(text, Loader=_FastLoader):
            if isinstance(event, yaml.AliasEvent):
                message = f"« *{event.anchor} » renvoie à un autre endroit"
                raise _RefusedError(message, "recopiez le texte", event.start_mark)


def _yaml_hint(text: str, mark: Any) -> str:
    lines = text.split("\n")
    here = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in here:
        return "remplacez la tabulation par des espaces"
    if here.count(": ") > 1:
        return "mettez le texte entre guillemets, il contient deux-points et une espace"
    return "vérifiez les deux-points, les guillemets et l’alignement de cette ligne"


def line_of(path: Path, *keys: str | int) -> int:
    """Line (from 1) of the value under `keys` in a YAML file; the nearest parent's if absent."""
    text, problems = read_text(path, path)
    return 0 if problems else line_in(text, *keys)


def line_in(text: str, *keys: str | int, first_line: int = 1) -> int:
    """Line of the value under `keys` in a YAML text that starts at `first_line`; 0 if unknown."""
    node = _tree(text)
    if node is None:
        return 0
    line = first_line
    for key in keys:
        found = _child(node, key)
        if found is None:
            break
        mark, node = found
        line = mark.line + first_line
    return line


@lru_cache(maxsize=4)  # the lines of fifty contacts are asked for one after the other
def _tree(text: str) -> yaml.Node | None:
    """The YAML as nodes, which know their lines; None when it is empty or cannot be read."""
    try:
        tree: yaml.Node | None = yaml.compose(text, Loader=_FastLoader)
    except yaml.YAMLError:
        return None
    return tree


def _child(node: yaml.Node | None, key: str | int) -> tuple[yaml.Mark, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            if key_node.value == str(key):
                return key_node.start_mark, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        child = node.value[key]
        return child.start_mark, child
    return None
