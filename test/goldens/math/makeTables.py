"""Makes the tables of special functions in this folder: mpmath with 60 digits, arguments exact doubles.

    python makeTables.py    # needs mpmath; writes specialFunctions.json beside this file
"""

import json
import os
import random

import mpmath
from mpmath import betainc, digamma, loggamma, mp, mpf, psi

mp.dps = 60
random.seed(1)


def exact(x):
    return mpf(float(x))


def text(value):
    return mpmath.nstr(value, 25, strip_zeros=True)


def table(function, arguments):
    rows = []
    for args in arguments:
        args = [float(a) for a in args]
        rows.append({"args": args, "truth": text(function(*[exact(a) for a in args]))})
    return rows


near = [1 + s * 2.0**-k for k in (2, 8, 20, 40, 52) for s in (-1, 1)] + [2 + s * 2.0**-k for k in (2, 8, 20, 40, 51) for s in (-1, 1)]
spread = [10 ** random.uniform(-12, 15) for _ in range(60)] + [random.uniform(0, 20) for _ in range(60)]
fixed = [1e-300, 1e-10, 0.5, 1, 1.4616321449683623, 1.5, 2, 2.5, 3, 9.999999999999998, 10, 10.5, 100, 171.5, 1e5, 1e10, 1e100]
singles = [(x,) for x in near + spread + fixed]
pairs = [(z, d) for z in (1e-8, 0.3, 1, 3.7, 9.5, 12, 300.5, 1e5, 1e8, 1e12) for d in (0.25, 1, 5, 37.5, 5000)]
betas = [(a, b) for a in (1e-8, 0.3, 2, 9.5, 40, 1e4, 1e8) for b in (1e-8, 0.3, 2, 9.5, 40, 1e4, 1e8)]
shares = [
    (x, a, b)
    for a, b in [(0.5, 0.5), (0.01, 3), (1, 1), (2, 3), (6.25, 3.74), (62.5, 16.2), (12, 0.3), (9.5, 200), (400, 300), (5e3, 2e4)]
    for x in [1e-6, 0.01, 0.2, 0.5, 0.8, 0.99, 1 - 2.0**-20]
]
moderate = [(x, a, b) for x, a, b in shares if betainc(a, b, 0, exact(x), regularized=True) > mpf(10) ** -300]

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "specialFunctions.json"), "w") as out:
    json.dump(
        {
            "source": "mpmath %s, 60 digits, makeTables.py in this folder" % mpmath.__version__,
            "logGamma": table(loggamma, singles),
            "digamma": table(digamma, singles),
            "trigamma": table(lambda x: psi(1, x), singles),
            "logGammaRatio": table(lambda z, d: loggamma(z + d) - loggamma(z), pairs),
            "digammaDifference": table(lambda z, d: digamma(z + d) - digamma(z), pairs),
            "trigammaDifference": table(lambda z, d: psi(1, z) - psi(1, z + d), pairs),
            "logBeta": table(lambda a, b: loggamma(a) + loggamma(b) - loggamma(a + b), betas),
            "incompleteBeta": table(lambda x, a, b: betainc(a, b, 0, x, regularized=True), moderate),
        },
        out,
        indent=1,
    )
