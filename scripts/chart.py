"""Render the Helm chart in several ways and hold every manifest against Kubernetes' schemas.

    uv run --isolated --locked --only-group charts python -m scripts.chart

Helm's own engine comes from PyPI as a library for Linux on x86-64; elsewhere this says so and checks nothing.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any

CHART = Path(__file__).resolve().parent.parent / "deploy" / "helm" / "deskwell"
KUBERNETES = ("1.30", "1.37")
NEEDED = {
    "baseUrl": "https://desk.example",
    "secretKey": "0123456789abcdef" * 4,
    "database": {"url": "postgresql://deskwell:secret@db/deskwell"},
    "storage": {"url": "s3://deskwell?endpoint=https://s3.example"},
}
WAYS: dict[str, dict[str, Any]] = {
    "the least": NEEDED,
    "a secret of one's own": {"baseUrl": "https://desk.example", "existingSecret": "desk"},
    "everything": NEEDED
    | {
        "database": NEEDED["database"] | {"directUrl": "postgresql://deskwell:secret@db:5433/deskwell"},  # type: ignore[operator]
        "env": {"DESKWELL_LOG_FORMAT": "json"},
        "imagePullSecrets": [{"name": "registry"}],
        "web": {"autoscaling": {"enabled": True}, "podAnnotations": {"team": "support"}},
        "worker": {"nodeSelector": {"disk": "ssd"}, "tolerations": [{"key": "mail", "operator": "Exists"}]},
        "ingress": {"enabled": True, "className": "nginx", "host": "desk.example", "tlsSecret": "desk-tls"},
        "serviceAccount": {"annotations": {"role": "desk"}},
    },
}
REFUSED: dict[str, dict[str, Any]] = {
    "no database": {"baseUrl": "https://desk.example", "secretKey": "k" * 32},
    "a weak key": NEEDED | {"secretKey": "short"},
    "an address that is none": NEEDED | {"baseUrl": "desk.example"},
}


def main() -> int:
    """Return 0 when the chart renders as it should, else 1."""
    if not importlib.util.find_spec("helm_python"):
        print("NOT CHECKED: there is no Helm library for this system (Linux on x86-64 only).")
        return 0
    import helm_python as helm
    import kubernetes_validate
    import yaml

    wrong = [f"lint: {finding}" for finding in helm.lint(str(CHART), NEEDED)["errors"]]
    with helm.Chart.load(str(CHART)) as chart:
        for way, values in WAYS.items():
            rendered = chart.render(values, name="desk", namespace="support")
            manifests = [
                m
                for name, text in rendered.items()
                if name.endswith(".yaml")
                for m in yaml.safe_load_all(text)
                if m
            ]
            print(f"{way}: {', '.join(sorted({m['kind'] for m in manifests}))}")
            for manifest in manifests:
                for version in KUBERNETES:
                    try:
                        kubernetes_validate.validate(manifest, version, strict=True)
                    except kubernetes_validate.ValidationError as error:
                        wrong.append(f"{way}: {manifest['kind']} ({version}): {error.message}")
        for way, values in REFUSED.items():
            try:
                chart.validate_schema(values)
                chart.render(values, name="desk", namespace="support")
            except helm.HelmError as error:
                print(f"{way}: refused ({str(error).splitlines()[0][:100]})")
            else:
                wrong.append(f"{way}: was not refused")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
