"""The invented recipients, their addresses from documentation ranges, and the two address databases of the demo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Host:
    name: str
    address: str
    alpha: str
    beta: str

    @property
    def agreement(self) -> str:
        return "agreed" if self.alpha == self.beta else "disputed"

    @property
    def in_eea(self) -> str:
        return "inside" if {self.alpha, self.beta} <= EEA else "outside"

    @property
    def adequacy(self) -> str:
        standings = {ADEQUACY[self.alpha], ADEQUACY[self.beta]}
        return standings.pop() if len(standings) == 1 else "disputed"


EEA = {"DE", "IE", "LT"}
ADEQUACY = {"DE": "member", "IE": "member", "LT": "member", "JP": "adequate", "US": "none", "SG": "none", "CN": "none"}
"""Standing under GDPR Chapter V on 2021-09-21. US: between Privacy Shield and the Data Privacy Framework."""

COLLECT = Host("collect.example.test", "203.0.113.10", "SG", "SG")
COLLECT_V6 = Host("collect.example.test", "2001:db8:5::10", "SG", "SG")
CFG = Host("cfg.example.test", "203.0.113.30", "SG", "SG")
ADS_CFG = Host("ads-cfg.example.test", "203.0.113.31", "SG", "SG")
CLOUD = Host("cloud.example.test", "203.0.113.70", "CN", "CN")
ADS = Host("ads.example.test", "203.0.113.140", "SG", "CN")
STATS = Host("stats.example.test", "198.51.100.20", "US", "US")
WEATHER = Host("weather.example.test", "198.51.100.80", "JP", "JP")
SYNC = Host("sync.example.test", "192.0.2.20", "DE", "DE")
PUSH = Host("push.example.test", "192.0.2.150", "IE", "IE")
SEARCH = Host("search.example", "192.0.2.151", "IE", "IE")
TIME = Host("time.example.test", "192.0.2.200", "LT", "LT")
NEWS = Host("news.example", "192.0.2.21", "DE", "DE")
PICTURES = Host("pictures.example.test", "198.51.100.200", "US", "US")

ALPHA = """start,end,country,kind
192.0.2.0,192.0.2.127,DE,
192.0.2.128,192.0.2.191,IE,
192.0.2.192,192.0.2.255,LT,
198.51.100.0,198.51.100.63,US,
198.51.100.64,198.51.100.127,JP,
198.51.100.128,198.51.100.191,CH,
198.51.100.192,198.51.100.255,US,anycast
203.0.113.0,203.0.113.63,SG,
203.0.113.64,203.0.113.127,CN,
203.0.113.128,203.0.113.191,SG,
2001:db8:1::,2001:db8:1:ffff:ffff:ffff:ffff:ffff,DE,
2001:db8:5::,2001:db8:5:ffff:ffff:ffff:ffff:ffff,SG,
"""
BETA = """start,end,country
192.0.2.0,192.0.2.95,DE
192.0.2.128,192.0.2.159,IE
192.0.2.192,192.0.2.223,LT
198.51.100.0,198.51.100.31,US
198.51.100.64,198.51.100.95,JP
198.51.100.128,198.51.100.191,CH
198.51.100.192,198.51.100.223,US
203.0.113.0,203.0.113.63,SG
203.0.113.64,203.0.113.191,CN
2001:db8:5::,2001:db8:5:ffff:ffff:ffff:ffff:ffff,SG
"""
SIDECAR = """schema = "assay-address-database/1"
name = "{name}"
as_of = "{as_of}"
source = "invented for the demo"
columns = [{columns}]
"""


def files() -> dict[str, bytes]:
    columns = '"start", "end", "country"'
    alpha = SIDECAR.format(name="alpha", as_of="2021-09-01", columns=columns + ', "kind"')
    beta = SIDECAR.format(name="beta", as_of="2021-09-15", columns=columns)
    texts = {"alpha.csv": ALPHA, "alpha.toml": alpha, "beta.csv": BETA, "beta.toml": beta}
    return {f"databases/{name}": text.encode() for name, text in texts.items()}
