"""Makes ratios.json: ln [B(a, b + d) / B(a, b)] and the upper regularised gamma function, by mpmath with 80 digits.

    python makeRatios.py > ratios.json
"""

import json
from itertools import product

from mpmath import gammainc, loggamma, mp, mpf

mp.dps = 80


def beta_ratio(a, b, d):
    a, b, d = mpf(a), mpf(b), mpf(d)
    return loggamma(b + d) - loggamma(b) - loggamma(a + b + d) + loggamma(a + b)


values = [1e-10, 1e-3, 0.5, 1, 3, 9.5, 300, 1e7, 1e14]
tables = dict(
    source="mpmath, 80 digits: makeRatios.py",
    logBetaRatio=[
        dict(args=[a, b, d], truth=mp.nstr(beta_ratio(a, b, d), 20))
        for a, b, d in product(values, values, [1, 2, 7.25, 365, 1e6])
    ],
    upperGamma=[
        dict(args=[a, x], truth=mp.nstr(gammainc(mpf(a), mpf(x), regularized=True), 20))
        for a, x in product([0.5, 1, 1.5, 2, 3.5, 10, 100], [1e-12, 1e-3, 0.1, 0.9, 1.6, 3, 8, 30, 99, 150, 600])
    ],
)
print(json.dumps(tables, indent=0))
