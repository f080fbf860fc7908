"""Recall, precision and harm of the redactor on marked texts.

uv run python bench/ai/redaction.py DATA=folder      (needs pii-synthetic.json)
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from deskwell.core.redaction import Kind, find_personal_data, redact

TYPES = {
    "EMAIL_ADDRESS": Kind.EMAIL,
    "PHONE_NUMBER": Kind.PHONE,
    "CREDIT_CARD": Kind.CARD,
    "IBAN_CODE": Kind.IBAN,
}


def main() -> None:
    data = Path(next(a.removeprefix("DATA=") for a in sys.argv[1:] if a.startswith("DATA=")))
    texts = json.loads((data / "pii-synthetic.json").read_text())
    found, marked, right, wrong = Counter(), Counter(), 0, 0
    harmless = changed = 0
    began = time.perf_counter()
    for row in texts:
        text = row["full_text"]
        spans = [
            (TYPES[s["entity_type"]], s["start_position"], s["end_position"])
            for s in row["spans"]
            if s["entity_type"] in TYPES
        ]
        findings = find_personal_data(text)
        for kind, start, end in spans:
            marked[kind] += 1
            hit = any(f.kind == kind and f.start < end and start < f.end for f in findings)
            found[kind] += hit
            if not hit and "-v" in sys.argv:
                print("MISS", kind, repr(text[max(0, start - 40) : end + 20]))
        for finding in findings:
            if any(finding.start < end and start < finding.end for _, start, end in spans):
                right += 1
            else:
                wrong += 1
                if "-v" in sys.argv:
                    print("WRONG", finding.kind, repr(text[max(0, finding.start - 40) : finding.end + 20]))
        if not spans:
            harmless += 1
            result = redact(text)
            changed += result.text != text
            if result.findings and "-v" in sys.argv:
                print("CHANGED", result)
    spent = time.perf_counter() - began
    for kind, total in marked.items():
        print(f"recall {kind:8} {found[kind] / total:.3f} of {total}")
    print(f"recall all      {sum(found.values()) / sum(marked.values()):.3f} (goal 0.98)")
    print(f"precision       {right / (right + wrong):.3f} (goal 0.99)")
    print(f"harmless texts changed {changed} of {harmless} = {changed / harmless:.3%} (goal 1 %)")
    print(f"{spent / len(texts) * 1000:.2f} ms a text")


main()
