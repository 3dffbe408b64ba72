"""What AWS receives: only what is needed, compiled, the same bytes twice."""

import importlib.util
import json
import marshal
import re
import shutil
import struct
import subprocess
import sys
import zipfile

import pytest
from package_world import FUNCTIONS, REGION, ROOT

from chalicelib.stores.aws_calls import Patience
from reperes_package.aws_models import OPERATIONS
from reperes_package.cli import main
from reperes_package.errors import PackageError
from reperes_package.target import read_targets

MAX_BYTES = 14_000_000
ARCHITECTURES = {"arm64": (183, "aarch64"), "x86_64": (62, "x86_64")}  # ELF e_machine
LIBRARIES = {
    *("PIL", "pillow.libs", "segno"),
    *("annotated_types", "bech32", "botocore", "chalice", "dateutil", "jmespath", "minijinja"),
    *("pydantic", "pydantic_core", "pyrage", "six.py", "typing_extensions.py"),
    *("typing_inspection", "tzdata", "urllib3"),
}


def names(archive):
    with zipfile.ZipFile(archive) as opened:
        return opened.namelist()


def sources(files):
    return {name for name in files if not name.endswith(".pyc")}


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_archive_is_small(packages, architecture):
    assert packages.archive(architecture).stat().st_size <= MAX_BYTES


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_nothing_but_the_application_and_its_libraries_is_deployed(packages, architecture):
    tops = {name.split("/")[0] for name in names(packages.archive(architecture))}

    assert tops == {*LIBRARIES, "__pycache__", "app.py", "chalicelib", "licenses"}


def test_our_own_files_are_those_of_the_project_and_of_the_build(packages, real_assets):
    ours = {name for name in sources(names(packages.archive("arm64"))) if "chalicelib/" in name}

    code = {
        path.relative_to(FUNCTIONS).as_posix()
        for path in (FUNCTIONS / "chalicelib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    built = {
        f"chalicelib/assets/{path.relative_to(real_assets).as_posix()}"
        for path in real_assets.rglob("*")
        if path.is_file()
    }
    assert ours == code | built
    assert {
        f"chalicelib/assets/{name}"
        for name in ("shell.html", "headers.json", "settings.json", "words/signalement.json")
    } <= built
    # Words are JSON by then: YAML would be parsed at each cold start.
    assert not [name for name in ours if name.endswith((".yaml", ".yml"))]


def test_of_aws_only_what_the_code_calls_is_described(packages):
    called = {
        name
        for path in (FUNCTIONS / "chalicelib" / "stores").glob("*.py")
        for name in re.findall(r'_calls\(\s*"(\w+)"', path.read_text("utf-8"))
    }
    with zipfile.ZipFile(packages.archive("arm64")) as archive:
        models = [name for name in archive.namelist() if name.endswith("service-2.json")]
        described = {name.split("/")[2]: json.loads(archive.read(name)) for name in models}

    assert {name: set(model["operations"]) for name, model in described.items()} == OPERATIONS
    camel = {"".join(part.title() for part in name.split("_")) for name in called}
    assert camel == set.union(*OPERATIONS.values()) - {"DescribeEndpoints"}


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_machine_code_is_for_that_processor(packages, architecture):
    machine, tag = ARCHITECTURES[architecture]
    with zipfile.ZipFile(packages.archive(architecture)) as archive:
        libraries = {name: archive.read(name) for name in archive.namelist() if ".so" in name}

    for name, body in libraries.items():
        assert struct.unpack_from("<H", body, 18) == (machine,), name
    assert any(f"-{tag}-linux-gnu" in name for name in libraries)
    # Pillow’s, whose names carry a hash: only those of JPEG and PNG, and what they need.
    names = {re.split(r"[-.]", name.rpartition("/")[2])[0] for name in libraries}
    assert names == {
        *("_imaging", "_lowlevel", "_pydantic_core", "pyrage"),
        *("libXau", "libjpeg", "liblzma", "libopenjp2", "libtiff", "libxcb", "libzstd"),
    }


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_machine_code_loads_with_the_c_library_of_lambda(packages, architecture):
    with zipfile.ZipFile(packages.archive(architecture)) as archive:
        libraries = {name: archive.read(name) for name in archive.namelist() if ".so" in name}

    carried = {name.rpartition("/")[2] for name in libraries}
    for name, body in libraries.items():
        newest = max(map(int, re.findall(rb"GLIBC_2\.(\d+)\0", body)))
        assert newest <= packages.targets[architecture].glibc_minor, name
        hashed = set(re.findall(rb"\0(lib\w+-[0-9a-f]{8}\.so[.\d]*)\0", body))
        assert {each.decode() for each in hashed} <= carried, name


def test_every_module_is_compiled_and_nothing_checks_it_at_run_time(packages):
    with zipfile.ZipFile(packages.archive("arm64")) as archive:
        modules = {name for name in archive.namelist() if name.endswith(".py")}
        compiled = {name: archive.read(name) for name in archive.namelist() if ".pyc" in name}

    assert {importlib.util.source_from_cache(name) for name in compiled} == modules
    for name, body in compiled.items():
        magic, flags = body[:4], struct.unpack_from("<I", body, 4)[0]
        assert (magic, flags) == (importlib.util.MAGIC_NUMBER, 0b01), name  # PEP 552
    edge = marshal.loads(compiled["chalicelib/http/__pycache__/edge.cpython-311.pyc"][16:])  # noqa: S302 - our own
    assert edge.co_filename == "/var/task/chalicelib/http/edge.py"


def test_the_same_input_gives_the_same_bytes(packages):
    first, second = packages.archive("arm64"), packages.again("arm64")

    assert first.read_bytes() == second.read_bytes()
    one, two = (each.with_name("template.json").read_text("utf-8") for each in (first, second))
    assert one == two


def test_licences_travel_with_the_libraries(packages):
    licensed = {
        name.split("/")[1] for name in names(packages.archive("arm64")) if "licenses" in name
    }

    assert {"botocore", "pydantic", "pydantic_core", "minijinja", "pyrage", "urllib3"} <= licensed


def run(*arguments, **environ):
    """The command as a person runs it."""
    command = [sys.executable, "-m", "reperes_package", *arguments]
    clean = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(FUNCTIONS), **environ}
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_a_missing_region_is_said_before_anything_is_made():
    assert run() == (
        2,
        "reperes-package : la région AWS manque : "
        "« AWS_DEFAULT_REGION=eu-west-3 make package » pour Paris\n",
    )


def test_a_mistyped_region_is_named():
    assert run(AWS_DEFAULT_REGION="paris") == (
        2,
        "reperes-package : « paris » n’est pas une région AWS (exemple : eu-west-3)\n",
    )


def test_an_unknown_stage_is_named_with_those_that_exist():
    code, said = run("--stage", "prodd", **REGION)

    assert code == 2
    assert said.startswith("reperes-package : le niveau « prodd » n’existe pas")
    assert said.endswith("(prod)\n")


@pytest.fixture
def functions(tmp_path):
    """A folder whose `.chalice/config.json` a test may spoil."""
    (tmp_path / ".chalice").mkdir()
    shutil.copy(FUNCTIONS / ".chalice" / "config.json", tmp_path / ".chalice")
    return tmp_path


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"lambda_timeout"', '"lamda_timeout"', "vouliez-vous dire « lambda_timeout » ?"),
        ('"app_name"', '"app_nmae"', "vouliez-vous dire « app_name » ?"),
        ('"prod": {', '"prod": [', "n’est pas du JSON valide"),
        ('"stages"', '"stage"', "n’a pas de « stages »"),
        ('"version"', '"whatever"', "le réglage « whatever » n’existe pas"),
    ],
)
def test_a_typo_in_the_settings_of_chalice_is_said(functions, right, wrong, said):
    config = functions / ".chalice" / "config.json"
    config.write_text(config.read_text("utf-8").replace(right, wrong), "utf-8")

    with pytest.raises(PackageError) as told:
        read_targets(REGION, "prod", functions)

    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_missing_settings_are_said(functions):
    (functions / ".chalice" / "config.json").unlink()

    with pytest.raises(PackageError, match="manque"):
        read_targets(REGION, "prod", functions)


def test_the_function_has_time_to_tell_what_failed():
    """`functions/app.py` starts no try after 14 s; the last one may take three."""
    config = json.loads((FUNCTIONS / ".chalice" / "config.json").read_text("utf-8"))
    last_try_s = float(re.search(r"_REQUEST_S = ([\d.]+)", (FUNCTIONS / "app.py").read_text())[1])
    patience = Patience()

    longest_s = last_try_s + patience.connect_s + patience.answer_s
    assert config["stages"]["prod"]["lambda_timeout"] > longest_s


@pytest.fixture
def spoiled(real_assets, tmp_path):
    return shutil.copytree(real_assets, tmp_path / "assets")


def refused(assets, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    with pytest.raises(SystemExit) as stopped:
        main(["--assets", str(assets), "--output", str(tmp_path / "out")])
    assert stopped.value.code == 2
    assert not (tmp_path / "out").exists()
    return capsys.readouterr().err


def change_settings(assets, **changes):
    path = assets / "settings.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"mode": "ouvert"}, "n’a pas la forme attendue"),
        ({"mode": "intake", "recipients": []}, "demande au moins un destinataire"),
        ({"recipients": ["age1faux"]}, "« age1faux » n’est pas une clé publique age"),
    ],
)
def test_bad_settings_are_refused_in_one_sentence(
    spoiled, tmp_path, capsys, monkeypatch, changes, said
):
    change_settings(spoiled, **changes)

    error = refused(spoiled, tmp_path, capsys, monkeypatch)

    assert said in error
    assert error.count("\n") == 1


def test_a_site_that_was_not_built_is_said(tmp_path, capsys, monkeypatch):
    error = refused(tmp_path / "nowhere", tmp_path, capsys, monkeypatch)

    assert "lancez d’abord « make build »" in error


def test_broken_json_is_named_not_traced(spoiled, tmp_path, capsys, monkeypatch):
    (spoiled / "words" / "commun.json").write_text("{", "utf-8")

    assert "ne peuvent pas servir" in refused(spoiled, tmp_path, capsys, monkeypatch)
