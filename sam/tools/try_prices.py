"""Tries sam/prices against a price list of this machine, which has the form of AWS's."""

import http.server
import json
import pathlib
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "sam/tools"))

import prices  # noqa: E402

LINES = [line for line in (ROOT / "sam/cost/prices.yaml").read_text().splitlines() if prices.LINE.match(line)]
PARTS = [prices.LINE.match(line) for line in LINES]


def product(usage: str, *ranges: tuple[int, float]) -> tuple[dict, dict]:
    """A product, and the price of each of its ranges from its beginning."""
    dimensions = {
        str(number): {
            "beginRange": str(begin),
            "endRange": "Inf",
            "unit": "x",
            "pricePerUnit": {"USD": f"{price:.10f}"},
        }
        for number, (begin, price) in enumerate(ranges)
    }
    return {"attributes": {"usagetype": usage}}, {"term": {"priceDimensions": dimensions}}


def price_list(offer: str, prefix: str) -> dict:
    """Everything a tenth dearer than in our file, after a free range, and beside what only looks the same."""
    all_of_it = {}
    for part in PARTS:
        if part["offer"] == offer:
            one = float(part["price"]) / int(part["per"]) * 1.1
            all_of_it[part["name"]] = product(prefix + part["usage"], (0, 0.0), (1000, one), (9000, one / 2))
            all_of_it[part["name"] + "-other"] = product(prefix + "IA-" + part["usage"], (0, one * 2))
    return {
        "products": {sku: one[0] for sku, one in all_of_it.items()},
        "terms": {"OnDemand": {sku: one[1] for sku, one in all_of_it.items()}},
    }


class Handler(http.server.BaseHTTPRequestHandler):
    broken = None

    def do_GET(self) -> None:
        _, _, _, _, offer, _, *rest = self.path.split("/")
        # CloudFront's prices are in one document for all regions.
        if (offer == "AmazonCloudFront") == (rest != ["index.json"]):
            self.send_error(404)
            return
        document = price_list(offer, "" if offer == "AmazonCloudFront" else "EUC1-")
        if self.broken == "missing":
            document["products"].pop("secrets", None)
        elif self.broken == "unit" and "dashboards" in document["products"]:
            dimensions = document["terms"]["OnDemand"]["dashboards"]["term"]["priceDimensions"]
            dimensions["1"]["pricePerUnit"]["USD"] = "0.004"
        body = b"<html>" if self.broken == "form" else json.dumps(document).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads them."""


def main() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "prices.yaml"
        before = (ROOT / "sam/cost/prices.yaml").read_text()

        def run(base: str = url) -> tuple[int, str]:
            file.write_text(before)
            command = [ROOT / "sam/prices", "--region", "eu-central-1", "--file", file, "--from", base]
            done = subprocess.run(command, capture_output=True, text=True)
            return done.returncode, done.stderr

        code, said = run()
        assert code == 0, said
        after = file.read_text()
        assert "region: eu-central-1\n" in after and "checked: false" not in after
        renewed = [prices.LINE.match(line) for line in after.splitlines() if prices.LINE.match(line)]
        assert len(renewed) == len(PARTS) > 25
        for old, new in zip(PARTS, renewed, strict=True):
            assert abs(float(new["price"]) / float(old["price"]) - 1.1) < 0.02, new[0]
            assert new["source"].startswith(url), new[0]

        for broken, word in [("missing", "secrets: 0 prices"), ("unit", "dashboards: "), ("form", "cannot be read")]:
            Handler.broken = broken
            code, said = run()
            assert code == 1 and word in said, said
            assert file.read_text() == before
        server.shutdown()
        server.server_close()
        code, said = run()
        assert code == 1 and "cannot be read" in said, said
        assert file.read_text() == before
    print("sam/prices: renews prices, and changes nothing where it cannot")


if __name__ == "__main__":
    main()
