"""What a deployment would create and cost, before anything is created."""

import json
from collections import Counter

import pytest

from reperes_package import plan

PRICES = json.loads(plan.PRICES.read_text("utf-8"))
LIMIT = 15  # a month, idle, without the options; a dollar is counted as a euro


def test_every_resource_is_counted_and_explained(packages):
    template = packages.template("arm64")

    said = "\n".join(plan.plan(template, PRICES))

    assert said.startswith(f"{len(template['Resources'])} ressources seraient créées")
    for resource in template["Resources"].values():
        assert resource["Type"] in plan._ROLES
        assert resource["Type"] in said


def test_idle_it_costs_next_to_nothing(packages):
    kinds = Counter(each["Type"] for each in packages.template("arm64")["Resources"].values())

    cost = plan.idle_cost(kinds, PRICES)

    assert cost == pytest.approx(kinds["AWS::CloudWatch::Alarm"] * 0.10)
    assert cost <= LIMIT


def test_every_price_has_a_source_and_a_date():
    said = "\n".join(plan.plan({"Resources": {}}, PRICES))

    sourced = [name for source in PRICES["sources"] for name in source["of"]]
    assert sorted(sourced) == sorted([*PRICES["monthly"], *PRICES["use"]])
    assert PRICES["read_on"] in said
    for source in PRICES["sources"]:
        assert source["in"] in said


def test_without_a_package_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as stopped:
        plan.main()

    assert stopped.value.code == 2
    assert "lancez d’abord « make package »" in capsys.readouterr().err
