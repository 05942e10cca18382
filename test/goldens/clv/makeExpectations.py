"""Makes expectedPurchases.json: E[X(t)] of a new BG/NBD customer at ordinary and extreme parameters, by mpmath.

    python makeExpectations.py    # needs mpmath; writes expectedPurchases.json beside this file

Two formulas: the hypergeometric function of Fader, Hardie & Lee (2005), equation 9, with 100 digits (limits by a shift
of 1e-40), and, where a + b is large, quadrature of E[(1 - (1 + t p / alpha)^-r) / p] over p ~ Beta(a, b).
"""

import json
import os
import random

import mpmath
from mpmath import exp, hyp2f1, mp, mpf, quad, sqrt


def by_hypergeometric(r, alpha, a, b, t):
    mp.dps = 100
    r, alpha, a, b, t = map(mpf, (r, alpha, a, b, t))
    if a == 1 or a + b == 1:
        a += mpf(10) ** -40
    z = t / (alpha + t)
    return (a + b - 1) / (a - 1) * (1 - (1 - z) ** r * hyp2f1(r, b, a + b - 1, z))


def by_quadrature(r, alpha, a, b, t):
    mp.dps = 40
    r, alpha, a, b, t = map(mpf, (r, alpha, a, b, t))
    mean = a / (a + b)
    deviation = sqrt(mean * (1 - mean) / (a + b))

    def weight(p):
        return exp((a - 1) * mpmath.log(p / mean) + (b - 1) * mpmath.log((1 - p) / (1 - mean)))

    def purchases(p):
        return (1 - (1 + t * p / alpha) ** -r) / p

    ends = [mean + k * deviation for k in range(-16, 17, 2)]
    return quad(lambda p: weight(p) * purchases(p), ends) / quad(weight, ends)


hypergeometric = (
    [(0.243, 4.414, 0.793, 2.426, t) for t in (1e-6, 1, 39, 104, 3000, 1e5)]
    + [(2, 10, 0.5, 1, t) for t in (1, 20, 80, 2000)]
    + [(5, 10, 0.3, 0.2, t) for t in (1, 20, 80, 2000)]
    + [(50, 100, 0.3, 0.2, t) for t in (1, 20, 80, 2000)]
    + [(0.775, 37, 1e-7, 9900, t) for t in (1, 365, 10000)]
    + [(0.25, 4, 1, 0.5, 30), (0.25, 4, 0.5, 0.5, 30), (0.25, 4, 1.0000001, 2, 30), (3, 4, 0.5, 0.2, 30)]
    + [(0.5, 1e-6, 0.8, 2.4, 3000), (0.5, 1e-6, 1e-9, 2.4, 3000), (300.5, 3000, 0.5, 300, 365)]
    + [(12, 400, 20, 30, 365), (12, 400, 20, 30, 3000), (1e4, 1e5, 0.8, 2.4, 30)]
)
random.seed(3)
spread = [
    tuple(10 ** random.uniform(*range_) for range_ in ((-3, 2), (0, 0), (-3, 1.3), (-3, 2), (-3, 1.2))) for _ in range(100)
]
quadrature = [(0.25, 4, 1000, 9000, 39), (0.25, 4, 2000, 98000, 1000), (0.25, 4, 1e6, 4e6, 39), (3, 40, 1e9, 4e9, 400)]

rows = [(c, by_hypergeometric(*c)) for c in hypergeometric + spread] + [(c, by_quadrature(*c)) for c in quadrature]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "expectedPurchases.json"), "w") as out:
    json.dump(
        {
            "source": "mpmath %s, makeExpectations.py in this folder" % mpmath.__version__,
            "rows": [
                {"args": [float(v) for v in args], "truth": mpmath.nstr(truth, 20)} for args, truth in rows
            ],
        },
        out,
        indent=1,
    )
