"""botocore's descriptions of AWS, cut to the calls that the functions make.

Reading four hundred services, or the hundred operations of one, is most of the cost of the
first call of a process.
"""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

# Service → operations. DescribeEndpoints is asked for by botocore itself when it looks
# whether DynamoDB wants endpoint discovery.
OPERATIONS = {
    "dynamodb": {
        "BatchGetItem",
        "BatchWriteItem",
        "DescribeEndpoints",
        "GetItem",
        "Query",
        "TransactWriteItems",
        "UpdateItem",
    },
    "s3": {"CopyObject", "DeleteObject", "GetObject", "HeadObject", "ListObjectsV2", "PutObject"},
    "ssm": {"GetParameter", "PutParameter"},
}
_SERVICE, _RULES, _ENDPOINTS = "service-2.json.gz", "endpoint-rule-set-1.json.gz", "endpoints.json"


def cut_models(data: Path) -> None:
    """Rewrite `botocore/data` in place; what nothing reads is removed."""
    for service, operations in OPERATIONS.items():
        *older, folder = sorted((data / service).iterdir())  # named by date
        for each in older:
            shutil.rmtree(each)
        model = json.loads(gzip.decompress((folder / _SERVICE).read_bytes()))
        rules = json.loads(gzip.decompress((folder / _RULES).read_bytes()))
        for file in folder.iterdir():
            file.unlink()
        _write(folder / "service-2.json", cut_service(model, operations))
        _write(folder / "endpoint-rule-set-1.json", rules)
    endpoints = json.loads((data / _ENDPOINTS).read_bytes())
    for partition in endpoints["partitions"]:
        known = partition["services"]
        partition["services"] = {name: known[name] for name in OPERATIONS if name in known}
    _write(data / _ENDPOINTS, endpoints)


def cut_service(model: dict[str, Any], operations: set[str]) -> dict[str, Any]:
    """`model` with these operations, and the shapes that they reach."""
    kept = {name: model["operations"][name] for name in sorted(operations)}
    reached: set[str] = set()
    waiting = [name for operation in kept.values() for name in _shapes_of(operation)]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _shapes_of(model["shapes"][name])
    shapes = {name: _plain(model["shapes"][name]) for name in sorted(reached)}
    return {**model, "operations": {n: _plain(o) for n, o in kept.items()}, "shapes": shapes}


def _shapes_of(part: Any) -> list[str]:
    """Every shape that a part of the model names."""
    if isinstance(part, list):
        return [name for each in part for name in _shapes_of(each)]
    if not isinstance(part, dict):
        return []
    here = [part["shape"]] if isinstance(part.get("shape"), str) else []
    return here + [name for each in part.values() for name in _shapes_of(each)]


def _plain(part: Any) -> Any:
    """Without the texts of the documentation."""
    if isinstance(part, dict):
        texts = {"documentation"} if isinstance(part.get("documentation"), str) else set()
        return {name: _plain(each) for name, each in part.items() if name not in texts}
    return [_plain(each) for each in part] if isinstance(part, list) else part


def _write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")
