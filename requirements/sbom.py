"""What Repères is made of: CycloneDX for tools, a list of licences for people.

Only what runs: the libraries of run.txt with their licences and hashes, and the scripts
that the repository carries. Reads the environment; asks nothing of the network.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

HERE = Path(__file__).parent
VENDOR = HERE.parent / "site_builder" / "theme" / "vendor"
_ROW = re.compile(r"^\| (\S+) \| (\S+) \(npm\).*\| (\S+) \| (\S+) \| ([0-9a-f]{64}) \|$", re.M)

# Where the metadata is silent and the licence is a file of the wheel.
_READ = {"pyrage": "MIT"}

Component = dict[str, Any]


def canonical(name: str) -> str:
    """A name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, list[str]]:
    """Libraries of run.txt, with their hashes."""
    text = (HERE / "run.txt").read_text(encoding="utf-8")
    blocks = re.finditer(r"^([A-Za-z][\w.-]*)==(?:.*\\\n)*.*", text, re.M)
    return {canonical(b[1]): re.findall(r"sha256:([0-9a-f]{64})", b[0]) for b in blocks}


def installed() -> dict[str, Any]:
    """The environment as CycloneDX sees it, the same bytes each time."""
    command = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", sys.executable]
    # What we make of it is validated at the end, once.
    command += ["--no-validate", "--output-reproducible", "--of", "JSON", "-o", "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own arguments
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def vendored() -> Iterator[Component]:
    """The scripts that the repository carries, as their README tells them."""
    for file, name, version, licence, digest in _ROW.findall(
        (VENDOR / "README.md").read_text(encoding="utf-8")
    ):
        if hashlib.sha256((VENDOR / file).read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{file} is not the file that {VENDOR.name}/README.md tells")
        yield {
            "type": "library",
            "bom-ref": f"npm:{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:npm/{name}@{version}",
            "hashes": [{"alg": "SHA-256", "content": digest}],
            "licenses": [{"license": {"id": licence}}],
        }


def bill() -> dict[str, Any]:
    """The whole bill of materials."""
    made, wanted = installed(), locked()
    components = [each for each in made["components"] if canonical(each["name"]) in wanted]
    for each in components:
        if each["name"] in _READ and not each.get("licenses"):
            each["licenses"] = [{"license": {"id": _READ[each["name"]]}}]
        # Which of these files was installed depends on the machine: all are allowed.
        each["properties"] = [
            *each.get("properties", ()),
            *(
                {"name": "reperes:allowed-sha256", "value": digest}
                for digest in wanted[canonical(each["name"])]
            ),
        ]
    made["components"] = [*components, *vendored()]
    kept = {each["bom-ref"] for each in made["components"]}
    made["dependencies"] = [
        {**each, "dependsOn": [ref for ref in each.get("dependsOn", ()) if ref in kept]}
        for each in made["dependencies"]
        if each["ref"] in kept
    ]
    made["metadata"]["component"] = {"type": "application", "name": "reperes", "bom-ref": "reperes"}
    return made


def licences(component: Component) -> str:
    """The licences of a component, as its metadata tells them."""
    found = [
        each.get("expression") or each["license"].get("id") or each["license"]["name"]
        for each in component.get("licenses", ())
    ]
    names = [name.removeprefix("License :: ").removeprefix("OSI Approved :: ") for name in found]
    return ", ".join(dict.fromkeys(names))


def main() -> None:
    """Write build/sbom."""
    folder = HERE.parent / "build" / "sbom"
    folder.mkdir(parents=True, exist_ok=True)
    made = bill()
    text = json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False)
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise SystemExit(f"not a valid CycloneDX document: {wrong}")
    (folder / "reperes.cdx.json").write_text(f"{text}\n", encoding="utf-8")
    rows = [f"{c['name']} {c['version']}: {licences(c)}" for c in made["components"]]
    (folder / "licences.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{folder / 'reperes.cdx.json'}: {len(rows)} components")


if __name__ == "__main__":
    main()
