"""What the manifests and keys of the specimen apps say, read from their sources."""

import base64
import hashlib
import re
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.specimens.evidence.toml import Row

SPECIMENS = Path(__file__).resolve().parent.parent
ANDROID = "{http://schemas.android.com/apk/res/android}"
COMPONENTS = ("activity", "service", "receiver", "provider")
KEYS = {"dialer": "phone"}
ADDRESS = re.compile(r'"(https?)://([a-z0-9.-]+)')


def manifest(app: str) -> ET.Element:
    return ET.parse(SPECIMENS / "apps" / app / "AndroidManifest.xml").getroot()


def signer(key: str) -> str:
    """Return the sha256 of the certificate in DER."""
    pem = (SPECIMENS / "keys" / f"{key}.x509.pem").read_text("ascii")
    return hashlib.sha256(base64.b64decode("".join(pem.splitlines()[1:-1]))).hexdigest()


def exported(component: ET.Element) -> bool:
    """Return what the platform takes: the attribute, else whether an intent filter stands there (before Android 12)."""
    stated = component.get(f"{ANDROID}exported")
    return component.find("intent-filter") is not None if stated is None else stated == "true"


def components(root: ET.Element) -> list[ET.Element]:
    return [component for kind in COMPONENTS for component in root.iter(kind)]


def named(root: ET.Element, component: ET.Element) -> str:
    return root.get("package", "") + component.get(f"{ANDROID}name", "")


def addresses(app: str) -> list[str]:
    sources = sorted((SPECIMENS / "apps" / app / "src").rglob("*.java"))
    found = {match for path in sources for match in ADDRESS.findall(path.read_text("utf-8"))}
    return sorted(f"{scheme}://{host}" for scheme, host in found)


def label(app: str) -> str:
    strings = ET.parse(SPECIMENS / "apps" / app / "res" / "values" / "strings.xml").getroot()
    return next(item.text or "" for item in strings if item.get("name") == "app_name")


def cleartext(app: str) -> list[str]:
    config = SPECIMENS / "apps" / app / "res" / "xml" / "network.xml"
    if not config.exists():
        return []
    domains = ET.parse(config).getroot().findall("domain-config[@cleartextTrafficPermitted='true']/domain")
    return [domain.text or "" for domain in domains]


def string_array(app: str) -> list[str]:
    arrays = ET.parse(SPECIMENS / "apps" / app / "res" / "values" / "arrays.xml").getroot()
    return [item.text or "" for item in arrays.iter("item")]


def row(app: str) -> Row:
    root = manifest(app)
    application = root.find("application")
    sdk = root.find("uses-sdk")
    assert application is not None
    assert sdk is not None
    return {
        "package": root.get("package", ""),
        "version_code": int(root.get(f"{ANDROID}versionCode", "0")),
        "version_name": root.get(f"{ANDROID}versionName", ""),
        "label": label(app),
        "min_sdk": int(sdk.get(f"{ANDROID}minSdkVersion", "0")),
        "target_sdk": int(sdk.get(f"{ANDROID}targetSdkVersion", "0")),
        "shared_uid": root.get(f"{ANDROID}sharedUserId", ""),
        "debuggable": application.get(f"{ANDROID}debuggable") == "true",
        "permissions": sorted(item.get(f"{ANDROID}name", "") for item in root.iter("uses-permission")),
        "components": sorted(named(root, item) for item in components(root)),
        "exported": sorted(named(root, item) for item in components(root) if exported(item)),
        "cleartext_domains": cleartext(app),
        "addresses": addresses(app),
        "signer_sha256": signer(KEYS.get(app, "specimen")),
    }
