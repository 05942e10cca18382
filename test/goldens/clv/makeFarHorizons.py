"""Makes farHorizons.json: E[X(t)] and survival of a new BG/NBD customer after times near the end of doubles, by mpmath.

    python makeFarHorizons.py    # needs mpmath; writes farHorizons.json beside this file

The hypergeometric functions of Fader, Hardie & Lee (2005), equation 9, and of the survival E[(1 + p t / alpha)^-r] over
p ~ Beta(a, b), with 700 digits, of which the differences take at most 320; the limit a = 1 by the mean of shifts of
1e-50 to both sides. Under MBG/NBD a new customer stays with probability b / (a + b), and is then one of BG/NBD with b + 1.
"""

import json
import os

import mpmath
from mpmath import hyp2f1, mp, mpf

mp.dps = 700


def expected(r, alpha, a, b, t):
    if a == 1:
        shift = mpf(10) ** -50
        return (expected(r, alpha, a + shift, b, t) + expected(r, alpha, a - shift, b, t)) / 2
    rest = alpha / (alpha + t)
    return (a + b - 1) / (a - 1) * (1 - rest**r * hyp2f1(r, b, a + b - 1, 1 - rest))


def row(*args):
    r, alpha, a, b, t = map(mpf, args)
    truths = {
        "expected": expected(r, alpha, a, b, t),
        "survival": hyp2f1(r, a, a + b, -t / alpha),
        "expectedMbg": b / (a + b) * expected(r, alpha, a, b + 1, t),
    }
    return {"args": args, **{name: mpmath.nstr(truth, 20) for name, truth in truths.items()}}


PARAMS = [
    (0.25, 4.4, 0.5, 2.4),
    (0.25, 4.4, 0.9999, 2.4),
    (0.25, 4.4, 1.0, 2.4),
    (0.25, 4.4, 1.5, 2.4),
    (0.25, 1e-9, 0.5, 2.4),
    (3.0, 0.01, 0.5, 0.3),
    (0.25, 4.4, 0.05, 0.2),
    (5.25, 43.0, 0.001, 7.4),
    (0.3, 4.0, 1e-12, 1.0),
]

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "farHorizons.json"), "w") as out:
    rows = [row(*params, t) for params in PARAMS for t in (1e200, 1e290, 1e300, 1.7e308)]
    json.dump({"source": "mpmath %s, makeFarHorizons.py in this folder" % mpmath.__version__, "rows": rows}, out, indent=1)
    out.write("\n")
