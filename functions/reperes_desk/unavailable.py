"""Why the store does not answer, for the person who set it up: one French sentence."""

from __future__ import annotations

from chalicelib.errors import StoreUnavailableError

_DEFAULT = "la base des dossiers ne répond pas"
_NOT_ALLOWED = "AWS refuse à ce compte la table ou le dossier : demandez la règle « DeskPolicyArn »"
_EXPIRED = "les clés d’accès AWS sont fausses ou périmées"
# Of botocore: the name of an exception, or the code of an answer.
_REASONS = {
    "NoRegionError": "la région AWS manque : « AWS_DEFAULT_REGION=eu-west-3 » pour Paris",
    "InvalidRegionError": "la région AWS est mal écrite (exemple : eu-west-3)",
    "NoCredentialsError": "les clés d’accès AWS manquent : voyez « aws configure »",
    "PartialCredentialsError": "les clés d’accès AWS sont incomplètes : voyez « aws configure »",
    "ProfileNotFound": "le profil AWS_PROFILE n’existe pas : voyez « aws configure list »",
    "ConfigParseError": "le fichier de réglages d’AWS est abîmé : voyez « aws configure »",
    "EndpointConnectionError": "AWS ne peut pas être joint : voyez la région et le réseau",
    "ConnectTimeoutError": "AWS ne peut pas être joint : voyez la région et le réseau",
    "ParamValidationError": "la table (--table) ou le dossier (--bucket) est mal écrit",
    "ResourceNotFoundException": "cette table n’existe pas dans cette région (--table)",
    "NoSuchBucket": "ce dossier de fichiers n’existe pas (--bucket)",
    "AccessDenied": _NOT_ALLOWED,
    "AccessDeniedException": _NOT_ALLOWED,
    "ExpiredToken": _EXPIRED,
    "ExpiredTokenException": _EXPIRED,
    "InvalidAccessKeyId": _EXPIRED,
    "InvalidSignatureException": _EXPIRED,
    "SignatureDoesNotMatch": _EXPIRED,
    "UnrecognizedClientException": _EXPIRED,
    "ValidationException": "cette table n’est pas celle de Repères (--table)",
}


def why_unavailable(error: StoreUnavailableError) -> str:
    """The deepest reason that is known, without what AWS says of the account."""
    said, cause = _DEFAULT, error.__cause__
    while cause is not None:
        response = getattr(cause, "response", None)
        name = response["Error"]["Code"] if response else type(cause).__name__
        said = _REASONS.get(name, said)
        cause = cause.__cause__
    return said
