"""What is deployed is what was tested."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# import name → distribution name, where they differ
DISTRIBUTIONS = {
    "PIL": "pillow",
    "annotated_types": "annotated-types",
    "pydantic_core": "pydantic-core",
}
RUNTIME = {"chalice"}  # Chalice puts its own runtime in the package


def pins(path):
    """Each requirement with its hashes, without platform marks."""
    text = re.sub(r" ; [^\\\n]*", "", path.read_text("utf-8"))
    return {
        match[1]: match[0].split()
        for match in re.finditer(r"^([a-z][\w.-]*)==(?:.*\\\n)*.*", text, re.M)
    }


def test_the_pins_are_those_of_the_project():
    locked, deployed = (
        pins(ROOT / "requirements" / "run.txt"),
        pins(ROOT / "functions" / "requirements.txt"),
    )

    assert deployed != {}
    assert {name: locked[name] for name in deployed} == deployed


def test_every_library_that_the_functions_import_is_deployed():
    imported = {
        name.split(".")[0]
        for path in (ROOT / "functions" / "chalicelib").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    outside = imported - set(sys.stdlib_module_names) - {"chalicelib"} - RUNTIME

    deployed = pins(ROOT / "functions" / "requirements.txt")
    assert (
        sorted(
            DISTRIBUTIONS.get(name, name)
            for name in outside
            if DISTRIBUTIONS.get(name, name) not in deployed
        )
        == []
    )
