"""Response headers for CloudFront, from the one header file of the build."""

from __future__ import annotations

import re
from typing import Any

Resources = dict[str, Any]


def add_headers(template: dict[str, Any], headers: dict[str, Any]) -> None:
    """Give each prefix of headers.json its policy and its behaviour, the longest first."""
    resources = template["Resources"]
    config = resources["Distribution"]["Properties"]["DistributionConfig"]
    default = config["DefaultCacheBehavior"]
    known = {behaviour["PathPattern"]: behaviour for behaviour in config["CacheBehaviors"]}
    default["ResponseHeadersPolicyId"] = _policy(resources, "Site", headers["default"])
    made: list[tuple[dict[str, str], dict[str, str]]] = []  # an account has few policies
    for prefix in sorted(headers["paths"], key=lambda prefix: (-len(prefix), prefix)):
        name = "".join(part.title() for part in re.findall(r"\w+", prefix))
        values = {**headers["default"], **headers["paths"][prefix]}
        behaviour = known.setdefault(f"{prefix}*", {**default, "PathPattern": f"{prefix}*"})
        policy = next((found for said, found in made if said == values), None)
        if policy is None:
            policy = _policy(resources, name, values)
            made.append((values, policy))
        behaviour["ResponseHeadersPolicyId"] = policy
    config["CacheBehaviors"] = list(known.values())


def _policy(resources: Resources, name: str, headers: dict[str, str]) -> dict[str, str]:
    """Add a policy; a reference to it."""
    security: dict[str, Any] = {}
    custom = []
    for header, value in headers.items():
        known = _KNOWN.get(header)
        if known is None:
            custom.append({"Header": header, "Value": value, "Override": True})
        else:
            key, make = known
            security[key] = {**make(value), "Override": True}
    resource = f"{name}Headers"
    resources[resource] = {
        "Type": "AWS::CloudFront::ResponseHeadersPolicy",
        "Properties": {
            "ResponseHeadersPolicyConfig": {
                "Name": {"Fn::Sub": f"${{AWS::StackName}}-{name.lower()}"},
                "SecurityHeadersConfig": security,
                "CustomHeadersConfig": {"Items": custom},
            }
        },
    }
    return {"Ref": resource}


def _hsts(value: str) -> dict[str, Any]:
    age = re.search(r"max-age=(\d+)", value)
    return {
        "AccessControlMaxAgeSec": int(age[1]) if age else 0,
        "IncludeSubdomains": "includeSubDomains" in value,
        "Preload": "preload" in value,
    }


# Headers that CloudFront wants in fields of their own: refused among the custom ones.
_KNOWN: dict[str, tuple[str, Any]] = {
    "Content-Security-Policy": (
        "ContentSecurityPolicy",
        lambda value: {"ContentSecurityPolicy": value},
    ),
    "Referrer-Policy": ("ReferrerPolicy", lambda value: {"ReferrerPolicy": value}),
    "Strict-Transport-Security": ("StrictTransportSecurity", _hsts),
    "X-Content-Type-Options": ("ContentTypeOptions", lambda value: {}),
    "X-Frame-Options": ("FrameOptions", lambda value: {"FrameOption": value}),
}
