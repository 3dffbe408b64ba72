"""`make deploy-plan`: what a deployment would create, and what it costs when nobody comes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PRICES = Path(__file__).with_name("prices.json")
_ROLES = {
    "AWS::Budgets::Budget": "budget qui prévient",
    "AWS::CloudFront::CachePolicy": "règle de cache, sans témoin ni question",
    "AWS::CloudFront::Distribution": "distribution : site et API, sans journal",
    "AWS::CloudFront::Function": "adresses des pages",
    "AWS::CloudFront::OriginAccessControl": "accès de CloudFront au site",
    "AWS::CloudFront::OriginRequestPolicy": "ce qui va jusqu’à l’API",
    "AWS::CloudFront::ResponseHeadersPolicy": "en-têtes de sécurité",
    "AWS::CloudWatch::Alarm": "alarme",
    "AWS::DynamoDB::Table": "table des dossiers scellés, à la demande, restaurable",
    "AWS::IAM::ManagedPolicy": "droits des agents",
    "AWS::IAM::Role": "droits d’une fonction",
    "AWS::Lambda::Permission": "droit d’appeler l’API",
    "AWS::Logs::LogGroup": "journal sans adresse, effacé",
    "AWS::S3::Bucket": "dossier privé : site, fichiers scellés",
    "AWS::S3::BucketPolicy": "droits sur un dossier",
    "AWS::SNS::Topic": "courriels d’alarme",
    "AWS::Serverless::Api": "API, sans journal",
    "AWS::Serverless::Function": "fonction",
}


def plan(template: dict[str, Any], prices: dict[str, Any]) -> Iterator[str]:
    """The lines to print."""
    kinds = Counter(resource["Type"] for resource in template["Resources"].values())
    yield f"{kinds.total()} ressources seraient créées :"
    for kind in sorted(kinds):
        yield f"  {kinds[kind]:>2} × {kind:<40} {_ROLES.get(kind, '')}".rstrip()
    yield ""
    yield from _idle(kinds, prices)
    yield from _options(prices["monthly"])
    yield "À l’usage : docs/deployment.md (« make simulate »)."
    yield f"Prix lus le {prices['read_on']} pour {prices['region']} :"
    yield from (f"  {source['in']}" for source in prices["sources"])
    yield f"Paris coûte plus cher, et les prix changent : mettez les vôtres ({PRICES.name})."


def idle_cost(kinds: Counter[str], prices: dict[str, Any]) -> float:
    """US dollars a month when nobody comes, of what is paid by the month."""
    monthly = prices["monthly"]
    return float(sum(count * monthly.get(kind, 0.0) for kind, count in kinds.items()))


def _idle(kinds: Counter[str], prices: dict[str, Any]) -> Iterator[str]:
    alarms = kinds["AWS::CloudWatch::Alarm"]
    each = prices["monthly"]["AWS::CloudWatch::Alarm"]
    yield f"Au repos : {idle_cost(kinds, prices):.2f} $ par mois ({alarms} alarmes à {each:.2f} $)."
    use = prices["use"]
    kept, saved = use["dynamodb_gb_month"], use["dynamodb_backup_gb_month"]
    cost = 10_000 * 4 / 1e6 * (kept + saved)
    yield (
        f"À quoi s’ajoutent les octets gardés : table {kept:.2f} $ et ses sauvegardes {saved:.2f} $"
        f" par Go et par mois ; 10 000 dossiers de 4 Ko font {cost:.2f} $."
    )
    # Sixteen shards asked each hour, half a unit each: what housekeeping reads of an empty table.
    reads = 24 * 30 * 16 * 0.5
    cost = reads / 1e6 * use["dynamodb_million_reads"]
    yield f"L’entretien de chaque heure lit {reads:.0f} unités par mois : {cost:.3f} $."
    yield "La table, les fonctions, l’API et CloudFront se paient à l’usage : rien au repos."


def _options(monthly: dict[str, float]) -> Iterator[str]:
    web_acl = monthly["web_acl"] + monthly["web_acl_rule"]
    yield (
        f"En option : pare-feu {web_acl:.2f} $, clé KMS à vous {monthly['kms_key']:.2f} $ par mois."
    )


def main() -> None:
    """Print the plan of build/package; 2 when there is none."""
    path = Path("build/package/arm64/template.json")
    if not path.is_file():
        missing = f"« {path} » manque : lancez d’abord « make package »"
        print(f"reperes-package : {missing}", file=sys.stderr)
        sys.exit(2)
    for line in plan(json.loads(path.read_bytes()), json.loads(PRICES.read_bytes())):
        print(line)


if __name__ == "__main__":
    main()
