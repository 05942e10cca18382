"""Makes bgCnbdKFutures.json: E[X(t)] and survival under BG/CNBD-k of a customer who is still there, by mpmath.

    python makeBgCnbdKFutures.py    # needs mpmath; writes bgCnbdKFutures.json beside this file

Arguments: k, D = r + k x, alpha + T, u = silence / (alpha + T), a, b (of the posterior), t. With 50 digits: sums over the
negative binomial masses of the phases to come, each from log-gamma functions, until less than 1e-30 is left.
"""

import json
import os

import mpmath
from mpmath import exp, log, loggamma, mp, mpf

mp.dps = 50


def futures(k, D, alpha, u, a, b, t):
    D, alpha, u, a, b, t = map(mpf, (D, alpha, u, a, b, t))
    z = t / (alpha + t)
    weights = [exp(loggamma(D + j) - loggamma(D) - loggamma(j + 1)) * u**j for j in range(k)]
    total = mpmath.fsum(weights)

    def mass(j, m):
        return exp(loggamma(D + j + m) - loggamma(D + j) - loggamma(m + 1) + m * log(z) + (D + j) * log(1 - z))

    expected = survival = mpf(0)
    stay, before = mpf(1), mpf(0)
    n = 0
    seen = mpf(0)
    while True:
        chance = mpmath.fsum(
            weights[j] / total * mass(j, m - j) for m in range(k * n, k * n + k) for j in range(k) if m >= j and u**j > 0
        )
        seen += chance
        expected += chance * before
        survival += chance * stay
        before += stay
        stay *= (b + n) / (a + b + n)
        n += 1
        if 1 - seen < mpf(10) ** -30 and n > 2:
            return expected, survival


points = [
    (2, 0.5, 5, 0, 0.8, 2.4, 39),
    (3, 6.5, 60, 0.2, 0.8, 4.4, 26),
    (12, 2.0, 30, 0.6, 1, 0.5, 20),
    (12, 120.5, 400, 0.05, 0.5, 10.5, 400),
    (4, 0.01, 1, 0.9, 0.2, 0.8, 3),
    (5, 2000.5, 365, 0.002, 0.3, 400, 60),
    (2, 1.5, 1e-3, 0.5, 5, 5, 0.01),
    (3, 10, 1e7, 0.1, 1e-7, 1000, 3e6),
    (6, 300, 50, 0.001, 50, 2, 0.05),
    (2, 20001, 3650, 0.0001, 0.8, 10002, 365),
]
rows = []
for point in points:
    expected, survival = futures(*point)
    rows.append(
        {"args": list(map(float, point)), "expected": mpmath.nstr(expected, 20), "survival": mpmath.nstr(survival, 20)}
    )
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bgCnbdKFutures.json"), "w") as out:
    json.dump({"source": "mpmath %s, makeBgCnbdKFutures.py in this folder" % mpmath.__version__, "rows": rows}, out, indent=1)
