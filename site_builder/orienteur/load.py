"""Reads content/orienteur/; whatever is wrong is told, with its line, and left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from site_builder.contacts import Source
from site_builder.orienteur.model import START, Flow, Orienteur, Outcome, Question, Service
from site_builder.problems import Problem
from site_builder.validation import to_problems
from site_builder.yaml_lines import line_of, load_yaml

SHOWN = Path("content/orienteur")
MAX_BYTES = 100_000  # a flow of fifteen questions weighs 6 kB
_EMPTY_START = Question.model_construct(question="", choices=())
Model = TypeVar("Model", bound=BaseModel)


def load_flows(content_dir: Path) -> tuple[Orienteur, list[Problem]]:
    """The flows, outcomes, services and sources under `content_dir`/orienteur."""
    reader = _Reader(content_dir / "orienteur")
    flows = reader.folder_of(Flow, "")
    start = reader.file(Question, Path(f"{START}.yaml"))
    orienteur = Orienteur(
        folder=reader.folder,
        start=start or _EMPTY_START,
        flows=flows,
        outcomes=reader.folder_of(Outcome, "reponses"),
        services=reader.table(Service, Path("references/services.yaml")),
        sources=reader.table(Source, Path("references/sources.yaml")),
    )
    return orienteur, reader.problems


class _Reader:
    """Reads files into models and keeps what went wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def folder_of(self, model: type[Model], name: str) -> dict[str, Model]:
        """One model per file of a folder, by file name, in alphabetical order."""
        found = {}
        for path in sorted((self.folder / name).glob("*.yaml")):
            if path.stem != START and (value := self.file(model, path.relative_to(self.folder))):
                found[path.stem] = value
        return found

    def file(self, model: type[Model], path: Path) -> Model | None:
        """A whole file as one model."""
        data = self._data(path)
        return None if data is None else self._valid(TypeAdapter(model), data, path)

    def table(self, model: type[Model], path: Path) -> dict[str, Model]:
        """A file of `key:` groups, each as one model."""
        data = self._data(path)
        adapter = TypeAdapter(model)
        rows = {key: self._valid(adapter, value, path, key) for key, value in (data or {}).items()}
        return {key: row for key, row in rows.items() if row is not None}

    def _data(self, path: Path) -> dict[str, Any] | None:
        full = self.folder / path
        if full.is_file() and full.stat().st_size > MAX_BYTES:
            message = f"le fichier pèse {full.stat().st_size // 1000} ko (limite 100)"
            self.problems.append(Problem(SHOWN / path, 0, message, "coupez-le en deux parcours"))
            return None
        data, problems = load_yaml(full, SHOWN / path)
        self.problems += problems
        if problems:
            return None
        if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
            hint = "écrivez des lignes « clé: valeur », comme dans les autres fichiers du dossier"
            self.problems.append(
                Problem(SHOWN / path, 1, "le fichier ne contient pas de clés", hint)
            )
            return None
        return data

    def _valid(
        self, adapter: TypeAdapter[Model], data: Any, path: Path, *above: str
    ) -> Model | None:
        try:
            return adapter.validate_python(data)
        except ValidationError as error:
            self.problems += to_problems(
                error, SHOWN / path, lambda *keys: line_of(self.folder / path, *above, *keys)
            )
            return None
