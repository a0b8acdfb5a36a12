"""Puts the prices of AWS's own price list into sam/cost/prices.yaml.

Each line of that file names the offer and the usage type under which AWS lists its price. The list of an offer is one
document for each region (AWS Price List Bulk API); offers that are the same everywhere have one document for all.
"""

import argparse
import datetime
import json
import pathlib
import re
import sys
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRICE_LIST = "https://pricing.us-east-1.amazonaws.com"
LINE = re.compile(
    r"^(?P<head>  (?P<name>\w+): \{ price: )(?P<price>[0-9.]+)(?P<per_key>, per: )(?P<per>[0-9]+)"
    r"(?P<middle>, unit: .*, offer: (?P<offer>\w+), usageType: (?P<usage>[\w:-]+), checked: )(?:true|false)"
    r"(?P<source_key>, source: ')(?P<source>[^']*)(?P<tail>' \})$"
)
# A price that differs more from the one before is in another unit, or is another thing's.
PLAUSIBLE = 3


class NotFound(Exception):
    """A price that the list does not have, or does not have once."""


def fetch(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=60) as response:
        return json.load(response)


class Offers:
    """The documents of the price list, each fetched once."""

    def __init__(self, base: str, region: str) -> None:
        self.base, self.region = base, region
        self.known: dict[str, tuple[str, dict]] = {}

    def document(self, offer: str) -> tuple[str, dict]:
        if offer not in self.known:
            print(f"reading the prices of {offer}", file=sys.stderr)
            place = f"{self.base}/offers/v1.0/aws/{offer}/current"
            try:
                document = place + f"/{self.region}/index.json"
                self.known[offer] = document, fetch(document)
            except urllib.error.HTTPError as error:
                if error.code not in (403, 404):
                    raise
                document = place + "/index.json"
                self.known[offer] = document, fetch(document)
        return self.known[offer]


def amounts(document: dict, usage: str) -> set[float]:
    """What one unit of this usage type costs on demand, in the first range that is not free."""
    exact, prefixed = [], []
    # Outside of us-east-1 usage types start with the region's short name, such as EUC1.
    pattern = re.compile(rf"[A-Z]{{2,4}}[0-9]?-{re.escape(usage)}")
    for sku, product in document["products"].items():
        name = product["attributes"].get("usagetype", "")
        if name == usage:
            exact.append(sku)
        elif pattern.fullmatch(name):
            prefixed.append(sku)
    found = set()
    for sku in exact or prefixed:
        for term in document["terms"]["OnDemand"].get(sku, {}).values():
            ranges = sorted(term["priceDimensions"].values(), key=lambda one: float(one["beginRange"]))
            prices = [float(one["pricePerUnit"]["USD"]) for one in ranges]
            found.update([price for price in prices if price > 0][:1])
    return found


def renewed(part: re.Match, offers: Offers) -> str:
    """The line with AWS's price."""
    place, document = offers.document(part["offer"])
    found = amounts(document, part["usage"])
    if len(found) != 1:
        raise NotFound(f"{part['name']}: {len(found)} prices under the usage type {part['usage']} of {part['offer']}")
    price, before = found.pop() * int(part["per"]), float(part["price"])
    if not before / PLAUSIBLE <= price <= before * PLAUSIBLE:
        raise NotFound(f"{part['name']}: {price:g} in place of {before:g} is another unit's or another thing's")
    return "".join(
        [
            part["head"],
            f"{price:.6f}".rstrip("0").rstrip("."),
            part["per_key"],
            part["per"],
            part["middle"],
            "true",
            part["source_key"],
            place,
            part["tail"],
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="sam/prices", description="Takes AWS's own price list of a region.")
    parser.add_argument("--region", required=True, help="such as eu-central-1")
    parser.add_argument("--file", type=pathlib.Path, default=ROOT / "sam/cost/prices.yaml")
    parser.add_argument("--from", dest="base", default=PRICE_LIST, metavar="URL", help="where the price list is")
    arguments = parser.parse_args()
    offers = Offers(arguments.base.rstrip("/"), arguments.region)
    lines, problems = [], []
    try:
        for line in arguments.file.read_text().splitlines():
            if line.startswith("date: "):
                line = f"date: '{datetime.date.today()}'"
            elif line.startswith("region: "):
                line = f"region: {arguments.region}"
            elif part := LINE.match(line):
                try:
                    line = renewed(part, offers)
                except NotFound as error:
                    problems.append(str(error))
            lines.append(line)
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"prices: the price list cannot be read, and nothing was changed: {error!r}")
    if problems:
        sys.exit("prices: nothing was changed, because of\n  " + "\n  ".join(problems))
    arguments.file.write_text("\n".join(lines) + "\n")
    print(f"{arguments.file.name}: written; `cargo run -p civicforge-sam -- cost` makes docs/cost.md of it")


if __name__ == "__main__":
    main()
