"""Makes bgFutures.json: survival and discounted purchases of a new BG/NBD customer, at ordinary and extreme parameters.

    python makeBgFutures.py    # needs mpmath; writes bgFutures.json beside this file

Survival is 2F1(r, a; a + b; -t/alpha), with 60 digits and more. Discounted purchases are the mean over p ~ Beta(a, b) of
the integral of exp(-delta s) (r/alpha) (1 + p s/alpha)^-(r + 1) over s, a difference of generalised exponential integrals,
with 90 digits; the mean by the trapezoidal rule over ln(p / (1 - p)), far beyond double precision in step and reach.
"""

import json
import os
import random

import mpmath
from mpmath import exp, expint, hyp2f1, log, mp, mpf, sqrt


def survival(r, alpha, a, b, t):
    mp.dps = 60
    r, alpha, a, b, t = map(mpf, (r, alpha, a, b, t))
    return hyp2f1(r, a, a + b, -t / alpha, maxprec=100000, maxterms=10**6)


def discounted(r, alpha, a, b, delta, t):
    mp.dps = 90
    r, alpha, a, b, delta = map(mpf, (r, alpha, a, b, delta))

    def purchases(p):
        c = delta * alpha / p
        whole = exp(c) * expint(r + 1, c)
        if t is None:
            return r / p * whole
        grown = 1 + p * t / alpha
        return r / p * (whole - exp(c) * grown**-r * expint(r + 1, c * grown))

    step = min(mpf(1) / 4, sqrt(1 / a + 1 / b) / 8)
    weights = total = mpf(0)
    for side in (-1, 1):
        k = 0 if side == 1 else -1
        while True:
            s = log(a / b) + k * step
            p, q = 1 / (1 + exp(-s)), 1 / (1 + exp(s))
            weight = p**a * q**b
            weights += weight
            total += weight * purchases(p)
            if weight < mpf(10) ** -19 * weights:
                break
            k += side
    return total / weights


random.seed(11)
points = [
    (0.243, 4.414, 0.793, 2.426, 39),
    (26.243, 43.27, 0.793, 28.426, 39),
    (0.5, 10, 1, 2.5, 365),
    (0.5, 10, 0.25, 0.75, 365),
    (5, 1e-3, 0.5, 0.25, 1000),
    (5000.5, 3000, 0.001, 5000.04, 365),
    (50, 100, 0.3, 0.2, 2000),
    (300.5, 3000, 0.5, 300, 365),
    (12, 400, 20, 30, 3000),
    (0.775, 37, 1e-7, 9900, 365),
    (0.25, 4, 1e-9, 2.4, 3000),
    (100, 10, 90, 0.5, 5),
    (1e4, 1e5, 0.8, 2.4, 30),
]
points += [
    tuple(10 ** random.uniform(*range_) for range_ in ((-2, 2), (0, 0), (-2, 1.3), (-2, 2), (-2, 2.5))) for _ in range(60)
]
rows = [{"fn": "survival", "args": list(map(float, c)), "truth": mpmath.nstr(survival(*c), 20)} for c in points]
for i, (r, alpha, a, b, t) in enumerate([point for point in points if 0.2 < point[2] < 50 and point[0] < 100][:24]):
    delta = 10 ** random.uniform(-3, 1) / alpha
    horizon = None if i % 2 else t
    args = [float(r), float(alpha), float(a), float(b), delta, horizon]
    rows.append({"fn": "discounted", "args": args, "truth": mpmath.nstr(discounted(*args), 20)})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bgFutures.json"), "w") as out:
    json.dump({"source": "mpmath %s, makeBgFutures.py in this folder" % mpmath.__version__, "rows": rows}, out, indent=1)
