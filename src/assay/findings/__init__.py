"""The rulebook: TOML and SQL over the fact tables. A rule that holds gives findings."""
