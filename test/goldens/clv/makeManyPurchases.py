"""Makes manyPurchases.json: the log-likelihood of (M)BG/CNBD-k for customers with up to 100,000 purchases, by mpmath.

    python makeManyPurchases.py    # needs mpmath; writes manyPurchases.json beside this file

Per customer with the density of (x, t_x, T) beside BG/NBD's ("gaps"); without it summed over the customers, with gradient
and Hessian in (ln r, ln alpha, ln a, ln b), by mpmath's diff. With 60 digits: Platzer & Reutterer (2016), appendix, as the
sum of having left at t_x and of having passed j = 0 .. k - 1 phases of the gap since.
"""

import json
import os

import mpmath
from mpmath import diff, exp, factorial, log, log1p, loggamma, mp, mpf, rf

mp.dps = 60

HISTORIES = [(100000, 364, 365), (0, 0, 365), (1, 3, 365), (50, 200, 365), (2, 300, 365), (90000, 365, 365)]


def log_beta(p, q):
    return loggamma(p) + loggamma(q) - loggamma(p + q)


def log_likelihood(x, last, age, k, early, r, alpha, a, b):
    n, shape = x + early, r + k * x
    stays = sum(rf(shape, j) / factorial(j) * ((age - last) / (alpha + age)) ** j for j in range(k))
    ends = stays * exp(log_beta(a, b + n) - log_beta(a, b) - shape * log1p(age / alpha))
    if n > 0:
        ends += exp(log_beta(a + 1, b + n - 1) - log_beta(a, b) - shape * log1p(last / alpha))
    return loggamma(shape) - loggamma(r) - k * x * log(alpha) + log(ends)


def log_gaps(x, last, k):
    return (k - 1) * x * log(last) + loggamma(x) - loggamma(k * x) if x > 0 and k > 1 else mpf(0)


def text(value):
    return mpmath.nstr(value, 25)


cases = []
for k, early, params in [
    (1, 0, (0.125, 0.0015, 0.08, 0.35)),
    (2, 0, (0.125, 0.00075, 0.08, 0.35)),
    (8, 0, (0.125, 0.0002, 0.08, 0.35)),
    (12, 1, (0.15, 0.00013, 0.1, 0.8)),
    (4, 0, (3000.0, 0.01, 2.0, 7000.0)),
    (12, 0, (1e7, 2.0, 0.5, 0.01)),
    (3, 0, (1e12, 1e9, 1.0, 2.0)),
]:
    histories = [tuple(map(mpf, history)) for history in HISTORIES]

    def total(*theta):
        return sum(log_likelihood(*history, k, early, *map(exp, theta)) for history in histories)

    theta = tuple(log(mpf(value)) for value in params)
    unit = lambda *places: tuple(places.count(i) for i in range(4))
    gaps = [log_gaps(x, last, k) for x, last, _ in histories]
    each = [log_likelihood(*history, k, early, *map(mpf, params)) + gap for history, gap in zip(histories, gaps)]
    cases.append(
        {
            "k": k,
            "modified": bool(early),
            "params": params,
            "each": [text(value) for value in each],
            "total": text(total(*theta)),
            "gradient": [text(diff(total, theta, unit(i))) for i in range(4)],
            "hessian": [[text(diff(total, theta, unit(i, j))) for j in range(4)] for i in range(4)],
        }
    )
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "manyPurchases.json"), "w") as out:
    source = "mpmath %s, makeManyPurchases.py in this folder" % mpmath.__version__
    json.dump({"source": source, "histories": HISTORIES, "cases": cases}, out, indent=1)
