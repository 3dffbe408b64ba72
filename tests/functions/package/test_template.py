"""What would be created on AWS: checked by cfn-lint, quiet, and with the fewest rights."""

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from package_world import FUNCTIONS

from chalicelib.arnaque.model import FORM as ARNAQUE
from chalicelib.http.multipart import MAX_UPLOAD_BYTES
from chalicelib.pre_plainte.model import FORM as PRE_PLAINTE
from chalicelib.signalement.model import FORM as SIGNALEMENT
from chalicelib.stores import dynamodb_items, s3_files
from reperes_package.template import as_json, make_waf_template


@pytest.fixture(scope="module")
def template(packages):
    return packages.template("arm64")


@pytest.fixture(scope="module")
def resources(template):
    return template["Resources"]


def of_type(resources, kind):
    return {name: each for name, each in resources.items() if each["Type"] == kind}


def statements(resources):
    """Every statement that allows something, with the name of its resource."""
    for name, resource in resources.items():
        properties = resource["Properties"]
        documents = [policy["PolicyDocument"] for policy in properties.get("Policies", ())]
        documents += [properties["PolicyDocument"]] if "PolicyDocument" in properties else []
        for document in documents:
            for each in document["Statement"]:
                yield name, each["Fn::If"][1] if "Fn::If" in each else each


def as_list(value):
    return value if isinstance(value, list) else [value]


def test_cfn_lint_finds_nothing_and_nothing_is_ignored(packages, tmp_path):
    waf = tmp_path / "waf.json"
    waf.write_text(as_json(make_waf_template(FUNCTIONS)), "utf-8")
    files = [packages.archive("arm64").with_name("template.json"), waf]
    lint = [str(Path(sys.executable).with_name("cfn-lint")), "-r", "eu-west-3", "us-east-1"]

    done = subprocess.run(
        [*lint, "--", *map(str, files)], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "cfn-lint" not in (FUNCTIONS / "resources.yaml").read_text("utf-8")


def test_the_table_is_the_one_of_the_tests(resources):
    table = resources["Table"]["Properties"]

    assert table["KeySchema"] == dynamodb_items.KEY_SCHEMA
    assert table["AttributeDefinitions"] == dynamodb_items.ATTRIBUTES
    assert table["GlobalSecondaryIndexes"] == dynamodb_items.INDEXES
    assert table["TimeToLiveSpecification"] == {
        "AttributeName": dynamodb_items.TIME_TO_LIVE,
        "Enabled": True,
    }


def test_records_survive_a_mistake(resources):
    table = resources["Table"]

    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["DeletionProtectionEnabled"]
    assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]


def test_files_are_private_encrypted_and_leave_no_version_behind(resources):
    bucket = resources["FilesBucket"]
    properties = bucket["Properties"]
    (rule,) = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]

    assert "VersioningConfiguration" not in properties
    assert "ReplicationConfiguration" not in properties
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert rule["ServerSideEncryptionByDefault"]["Fn::If"][2] == {"SSEAlgorithm": "AES256"}
    assert bucket["DeletionPolicy"] == bucket["UpdateReplacePolicy"] == "Retain"
    (denied,) = resources["FilesBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (denied["Effect"], denied["Condition"]) == (
        "Deny",
        {"Bool": {"aws:SecureTransport": "false"}},
    )


def test_the_bucket_forgets_later_than_any_record(resources):
    """Erasing is for housekeeping: the bucket must never be quicker than what is promised."""
    (rule,) = resources["FilesBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]

    assert timedelta(days=rule["ExpirationInDays"]) == s3_files.FORGOTTEN_AFTER
    longest = max(form.retention for form in (PRE_PLAINTE, SIGNALEMENT, ARNAQUE))
    assert longest + s3_files.MARGIN < s3_files.FORGOTTEN_AFTER
    assert dynamodb_items.PURGED_WITHIN < s3_files.MARGIN


def test_a_file_goes_through_the_gateway_as_it_is_and_fits_into_lambda(resources):
    definition = resources["RestAPI"]["Properties"]["DefinitionBody"]
    assert "multipart/form-data" in definition["x-amazon-apigateway-binary-media-types"]
    # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, in base64
    assert MAX_UPLOAD_BYTES * 4 / 3 + 64 * 1024 < 6 * 1024 * 1024


def test_nothing_keeps_an_address(resources):
    text = json.dumps(resources)

    for word in ("AccessLogSetting", "DestinationBucketName", "RealtimeLogConfig", '"Logging"'):
        assert word not in text
    assert all(
        each["Properties"]["Tracing"] == "PassThrough"
        for each in of_type(resources, "AWS::Serverless::Function").values()
    )
    for setting in resources["RestAPI"]["Properties"]["MethodSettings"]:
        assert (setting["LoggingLevel"], setting["DataTraceEnabled"]) == ("OFF", False)
    waf = make_waf_template(FUNCTIONS)["Resources"]["WebAcl"]["Properties"]
    seen = [waf["VisibilityConfig"], *(rule["VisibilityConfig"] for rule in waf["Rules"])]
    assert [each["SampledRequestsEnabled"] for each in seen] == [False, False]


def test_neither_query_nor_cookie_travels(resources):
    caching = resources["SiteCache"]["Properties"]["CachePolicyConfig"]
    site = caching["ParametersInCacheKeyAndForwardedToOrigin"]
    api = resources["ApiRequests"]["Properties"]["OriginRequestPolicyConfig"]

    for policy in (site, api):
        assert policy["CookiesConfig"] == {"CookieBehavior": "none"}
        assert policy["QueryStringsConfig"] == {"QueryStringBehavior": "none"}


def test_every_path_has_the_headers_of_the_one_file(resources, real_assets):
    said = json.loads((real_assets / "headers.json").read_text("utf-8"))
    config = resources["Distribution"]["Properties"]["DistributionConfig"]
    behaviours = {each["PathPattern"]: each for each in config["CacheBehaviors"]}

    assert set(behaviours) == {f"{prefix}*" for prefix in said["paths"]}
    expected = {"": said["default"]} | {
        prefix: {**said["default"], **own} for prefix, own in said["paths"].items()
    }
    for prefix, headers in expected.items():
        behaviour = behaviours[f"{prefix}*"] if prefix else config["DefaultCacheBehavior"]
        policy = resources[behaviour["ResponseHeadersPolicyId"]["Ref"]]["Properties"]
        assert sent_by(policy["ResponseHeadersPolicyConfig"]) == headers


def sent_by(policy):
    """The headers that CloudFront makes of a policy, as its documentation says."""
    security = policy["SecurityHeadersConfig"]
    hsts = security["StrictTransportSecurity"]
    age = f"max-age={hsts['AccessControlMaxAgeSec']}"
    sent = {item["Header"]: item["Value"] for item in policy["CustomHeadersConfig"]["Items"]}
    return sent | {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "Strict-Transport-Security": age
        + "; includeSubDomains" * hsts["IncludeSubdomains"]
        + "; preload" * hsts["Preload"],
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
    }


def test_no_right_is_wider_than_what_the_code_calls(resources):
    for name, statement in statements(resources):
        if statement["Effect"] == "Deny":
            continue
        assert "*" not in as_list(statement["Resource"]), name
        assert not [action for action in as_list(statement["Action"]) if "*" in action], name


def test_only_housekeeping_changes_the_keys(resources):
    allowed = {
        name
        for name, statement in statements(resources)
        if "ssm:PutParameter" in as_list(statement["Action"])
    }

    assert allowed == {"HousekeepingRole"}
    assert "DefaultRole" not in resources


def test_each_function_says_where_its_stores_are(resources):
    for function in of_type(resources, "AWS::Serverless::Function").values():
        variables = function["Properties"]["Environment"]["Variables"]
        assert variables["REPERES_TABLE"] == {"Ref": "Table"}
        assert variables["REPERES_BUCKET"] == {"Ref": "FilesBucket"}
        assert set(variables) == {
            *("REPERES_TABLE", "REPERES_BUCKET", "REPERES_KEYS", "PYDANTIC_DISABLE_PLUGINS"),
            *("REPERES_SMTP_PARAMETER", "REPERES_SMTP_FROM", "REPERES_DIGEST_TO"),
        }
        assert "://" not in json.dumps(variables)  # the password of a mail server is in SSM


def test_the_options_that_cost_are_off(template):
    parameters = template["Parameters"]

    options = ("WebAclArn", "KmsKeyArn", "SmtpFrom", "DigestTo")
    assert {parameters[name]["Default"] for name in options} == {""}


def test_what_the_gateway_answers_itself_is_french(resources):
    answers = resources["RestAPI"]["Properties"]["GatewayResponses"]

    assert set(answers) == {"THROTTLED", "REQUEST_TOO_LARGE", "DEFAULT_4XX", "DEFAULT_5XX"}
    for kind, answer in answers.items():
        page = answer["ResponseTemplates"]["text/html"]
        assert 'lang="fr"' in page
        # After a 5xx of the gateway the function may have finished its work.
        assert ("Rien n’a été enregistré" in page) == (kind != "DEFAULT_5XX")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/", "/index.html"),
        ("/guides/vols/", "/guides/vols/index.html"),
        ("/guides/vols", "301 /guides/vols/"),
        ("//ailleurs.example", "//ailleurs.example"),
        ("//ailleurs", "301 /ailleurs/"),
        ("/assets/forget.js", "/assets/forget.js"),
        ("/alertes/feed.atom", "/alertes/feed.atom"),
    ],
)
def test_a_folder_is_its_index(resources, asked, given):
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is absent: the function of CloudFront is not run")
    code = resources["SiteAddresses"]["Properties"]["FunctionCode"]
    call = f"const made = handler({{request: {{uri: {json.dumps(asked)}}}}});"
    show = "made.uri || `${made.statusCode} ${made.headers.location.value}`"

    done = subprocess.run(
        [node, "-e", f"{code}\n{call}\nconsole.log({show})"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == given
