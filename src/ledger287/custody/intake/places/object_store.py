"""An S3-compatible store, read by pyarrow on this machine.

What enters: ``s3://`` URIs. What leaves: what the store lists, and copies of its objects. The endpoint, the region and
the keys come from the usual variables (AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_PROFILE) or from the machine's own role.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ledger287.core.problem import Refused

T = TypeVar("T")
SCHEMES = ("s3", "s3a")
BLOCK = 1 << 22
SECONDS = 20
"""How long a store may take to answer before it counts as out of reach."""
HINTS = {
    "NO_SUCH_BUCKET": "there is no such bucket. Check its name, and AWS_ENDPOINT_URL where the store is not Amazon's.",
    "ACCESS_DENIED": "the store does not let these keys read it. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
    "(or AWS_PROFILE) to keys that may list and read it.",
    "NETWORK_CONNECTION": "the store does not answer. Set AWS_ENDPOINT_URL to where it is, as https://store.example.gov.",
}
KEYS = ("INVALID_ACCESS_KEY_ID", "INVALID_CLIENT_TOKEN_ID", "SIGNATURE_DOES_NOT_MATCH", "MISSING_AUTHENTICATION_TOKEN",
        "INVALID_SIGNATURE", "UNRECOGNIZED_CLIENT", "HTTP status 403", "HTTP status 401")  # fmt: skip


class ObjectStore:
    """The objects of ``s3://`` URIs."""

    def __init__(self) -> None:
        self._systems: dict[str, Any] = {}

    def _system(self, bucket: str) -> Any:
        if bucket not in self._systems:
            self._systems[bucket] = _opened(bucket)
        return self._systems[bucket]

    def kind(self, uri: str) -> str:
        from pyarrow.fs import FileType

        bucket, key = _parts(uri)
        found = _answer(uri, lambda: self._system(bucket).get_file_info(f"{bucket}/{key}".rstrip("/")))
        if found.type == FileType.File:
            return "file"
        if found.type == FileType.Directory:
            return "folder"
        # A bucket that is not there looks like an object that is not; listing it says which.
        self._listed(uri, bucket, recursive=False)
        return ""

    def under(self, uri: str) -> list[str]:
        from pyarrow.fs import FileType

        bucket, key = _parts(uri)
        scheme = uri.split("://", 1)[0]
        found = self._listed(uri, f"{bucket}/{key}".rstrip("/"), recursive=True)
        return [f"{scheme}://{one.path}" for one in found if one.type == FileType.File]

    def _listed(self, uri: str, path: str, *, recursive: bool) -> list[Any]:
        from pyarrow.fs import FileSelector

        wanted = FileSelector(path, recursive=recursive)
        return list(_answer(uri, lambda: self._system(path.split("/", 1)[0]).get_file_info(wanted)))

    def copy(self, uri: str, to: Path) -> None:
        bucket, key = _parts(uri)
        source = _answer(uri, lambda: self._system(bucket).open_input_stream(f"{bucket}/{key}", compression=None))
        with source, to.open("wb") as file:
            while block := _answer(uri, lambda: source.read(BLOCK)):
                file.write(block)

    def seen(self, uri: str) -> str:  # noqa: ARG002  (DuckDB reads the copy)
        return ""


def store_of(uri: str) -> ObjectStore:
    """The store of a URI. Raises Refused where this machine reads no such URIs itself."""
    scheme = uri.split("://", 1)[0].lower()
    if scheme not in SCHEMES:
        raise Refused(
            f"{uri}: {scheme}:// URIs are read by the engine Spark only, s3:// URIs by both. Or mount that "
            "storage, or copy the files, and name their folder (docs/custody.md, on a cluster)."
        )
    return ObjectStore()


def _parts(uri: str) -> tuple[str, str]:
    bucket, _, key = uri.split("://", 1)[1].partition("/")
    if not bucket:
        raise Refused(f"{uri}: expected a bucket after s3://, as s3://bucket/holds/*.parquet.")
    return bucket, key


def _opened(bucket: str) -> Any:
    """The store, as the environment says where it is; without an endpoint or a region, the bucket's own region."""
    from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem, resolve_s3_region

    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if endpoint is None and region is None:
        region = resolve_s3_region(bucket)
    return S3FileSystem(
        endpoint_override=endpoint,
        region=region,
        connect_timeout=SECONDS,
        request_timeout=3 * SECONDS,
        retry_strategy=AwsStandardS3RetryStrategy(max_attempts=3),
    )


def _answer(uri: str, ask: Callable[[], T]) -> T:
    """What the store answers; what it refuses, in one line that says what to set."""
    try:
        return ask()
    except FileNotFoundError:
        raise Refused(f"{uri}: there is no such object or folder. Check its bucket and its name.") from None
    except OSError as error:
        said = str(error)
        why = next((hint for sign, hint in HINTS.items() if sign in said), None)
        if why is None and any(sign in said for sign in KEYS):
            why = HINTS["ACCESS_DENIED"]
        first = " ".join(said.split())[:300]
        raise Refused(f"{uri}: {why or f'the store answered with an error: {first}'}") from None
