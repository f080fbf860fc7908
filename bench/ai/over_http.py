"""The AI as a stranger measures it: a real desk, articles posted, questions asked, all over HTTP.

    uv run python -m bench.ai.over_http DATA=folder [articles=1000] [questions=300]
    uv run python -m bench.ai.over_http DATA=folder desk=folder fill      (then, on a quiet machine:)
    uv run python -m bench.ai.over_http DATA=folder desk=folder time [questions=150]

Prints how long an answer takes with that many articles, and what 30 % missing articles do to right and wrong. The
second form keeps the filled desk in a folder, so that the timing itself takes seconds.
"""

import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2
import numpy as np
from sklearn.metrics import roc_auc_score

from bench.ai.data import Base, banking, covid
from bench.ai.train import strangers, summaries
from deskwell.domains.ai.logic.calibration import calibration_error


def option(name: str, default: int) -> int:
    return next((int(a.partition("=")[2]) for a in sys.argv[1:] if a.startswith(f"{name}=")), default)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Desk:
    """A desk of its own in a folder that is thrown away, or kept where one is named."""

    def __enter__(self) -> httpx2.Client:
        named = next((a.removeprefix("desk=") for a in sys.argv[1:] if a.startswith("desk=")), None)
        self.thrown_away = (
            None if named else tempfile.TemporaryDirectory(prefix="deskwell-bench-", dir="/tmp")
        )
        self.folder = Path(named or self.thrown_away.name)
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o755)
        port = free_port()
        env = {
            **os.environ,
            "ADMIN_BOOTSTRAP_KEY": "bench-bootstrap-key",
            "DESKWELL_RATE_LIMITS": '{"ai": "1000000/60"}',
        }
        command = [
            sys.executable,
            "-m",
            "deskwell",
            "serve",
            "--port",
            str(port),
            "--data-dir",
            f"{self.folder}/data",
        ]
        self.log = (self.folder / "log").open("w")
        self.process = subprocess.Popen(command, env=env, stdout=self.log, stderr=self.log)
        client = httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=120)
        for _ in range(240):
            try:
                if client.get("/health").status_code == 200:
                    break
            except httpx2.HTTPError:
                pass
            time.sleep(0.5)
        body = {"email": "bench@example.com", "password": "bench horse battery 7", "name": "Bench"}
        made = client.post("/auth/login", json=body)
        if made.status_code != 200:
            made = client.post(
                "/auth/admin/register", params={"bootstrap_key": "bench-bootstrap-key"}, json=body
            )
        client.headers["Authorization"] = f"Bearer {made.json()['access_token']}"
        return client

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=40)
        self.log.close()
        if self.thrown_away:
            self.thrown_away.cleanup()


def post_articles(client: httpx2.Client, base: Base, kept: list[int], context: str) -> dict[str, int]:
    began = time.perf_counter()
    ids = {}
    for i in kept:
        body = {"title": base.titles[i][:150], "body": base.bodies[i], "context": context}
        ids[client.post("/admin/articles", json=body).raise_for_status().json()["article"]["id"]] = i
    posted = time.perf_counter() - began
    while True:
        state = client.get("/admin/ai/settings", params={"context": context}).json()["effective"]
        if state["articles_embedded"] >= len(kept):
            break
        time.sleep(0.5)
    print(
        f"{base.name}: {len(kept)} articles posted in {posted:.1f} s, all with vectors after {time.perf_counter() - began:.1f} s"
    )
    return ids


def ask_all(client: httpx2.Client, questions: list[str], context: str) -> tuple[list[dict], np.ndarray]:
    answers, spent = [], []
    for question in questions:
        began = time.perf_counter()
        answer = client.post("/admin/ai/ask", json={"question": question, "context": context})
        spent.append(time.perf_counter() - began)
        answers.append(answer.raise_for_status().json())
    return answers, np.array(spent) * 1000


def judge(client: httpx2.Client, base: Base, family: str, count: int) -> None:
    rng = random.Random(9)
    kept = sorted(rng.sample(range(len(base.titles)), round(len(base.titles) * 0.7)))
    ids = post_articles(client, base, kept, base.name)
    chosen = rng.sample(range(len(base.questions)), min(count, len(base.questions)))
    answers, spent = ask_all(client, [base.questions[i] for i in chosen], base.name)
    right = np.array(
        [
            bool(a["article_ids"]) and ids.get(a["article_ids"][0]) == base.gold[i]
            for a, i in zip(answers, chosen, strict=True)
        ]
    )
    sure = np.array([a["confidence"] or 0.0 for a in answers])
    said = np.array([a["action"] == "answered" for a in answers])
    stranger, _ = ask_all(client, strangers(family, count=30), base.name)
    p_out = np.array([a["confidence"] or 0.0 for a in stranger])
    print(
        f"  AUROC {roc_auc_score(right, sure):.3f}  ECE {calibration_error(sure.tolist(), right.tolist()):.3f}  answered {said.mean():.3f}"
        f"  of them right {right[said].mean() if said.any() else 1:.3f}  false answers {(said & ~right).mean():.3f}"
        f"  strangers AUROC {roc_auc_score(np.r_[np.ones(len(sure)), np.zeros(len(p_out))], np.r_[sure, p_out]):.3f}"
        f"  p50 {np.percentile(spent, 50):.0f} ms p95 {np.percentile(spent, 95):.0f} ms"
    )


def spent_by(pid: int) -> dict[str, float]:
    """CPU seconds of a process and all it started, by what they are."""
    found: dict[str, float] = {}
    tick = os.sysconf("SC_CLK_TCK")
    parents, stats = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                head, _, rest = (entry / "stat").read_text().rpartition(")")
                command = (entry / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            fields = rest.split()
            parents[int(entry.name)] = int(fields[1])
            stats[int(entry.name)] = (head.partition("(")[2], command, sum(map(int, fields[11:13])) / tick)
    for child, (name, command, seconds) in stats.items():
        above = child
        while above not in {0, 1, pid}:
            above = parents.get(above, 0)
        if above == pid:
            kind = (
                "postgres"
                if "postgres" in name
                else next((k for k in ("web", "worker") if f"{k}" in command), "serve")
            )
            found[kind] = found.get(kind, 0.0) + seconds
    return found


def fill_large(client: httpx2.Client) -> Base:
    large = summaries(0, 2500)
    kept = list(range(min(option("articles", 1000), len(large.titles))))
    post_articles(client, large, kept, "large")
    return large


def time_large(client: httpx2.Client, pid: int) -> None:
    large, count = summaries(0, 2500), option("questions", 150)
    state = client.get("/admin/ai/settings", params={"context": "large"}).json()["effective"]
    asked = random.Random(1).sample(large.questions, count + 20)
    ask_all(client, asked[:20], "large")
    before = spent_by(pid)
    answers, spent = ask_all(client, asked[20:], "large")
    after = spent_by(pid)
    cpu = {k: (after[k] - before.get(k, 0)) * 1000 / count for k in after}
    inside = [a["milliseconds"] for a in answers]
    print(
        f"{state['articles_embedded']} articles, {count} questions: p50 {np.percentile(spent, 50):.0f} ms, p95 {np.percentile(spent, 95):.0f} ms"
        f" (goal 150); thinking p50 {np.percentile(inside, 50):.0f} ms, p95 {np.percentile(inside, 95):.0f} ms"
        f"; CPU an answer: {', '.join(f'{k} {v:.0f} ms' for k, v in sorted(cpu.items()))}"
    )


def main() -> None:
    count = option("questions", 300)
    with (desk := Desk()) as client:
        if "time" in sys.argv:
            time_large(client, desk.process.pid)
            return
        if "fill" not in sys.argv:
            judge(client, banking(10, named=False, seed=11), "banking", count)
            judge(client, covid(), "covid", count)
        fill_large(client)
        if "fill" not in sys.argv:
            time_large(client, desk.process.pid)


if __name__ == "__main__":
    main()
