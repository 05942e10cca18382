"""Probabilities of counts under NBD where P(0) underflows or thousands of counts lie below, and figures of BG/NBD and NBD
at parameters near 0: mpmath, 60 digits, from the closed forms (Fader, Hardie & Lee 2005, equation 9). Writes
heavyCounts.json."""
import json
import pathlib

from mpmath import exp, hyp2f1, log, loggamma, mp, mpf, nstr

mp.dps = 60


def nbd(r, alpha, t, n):
    r, alpha, t = mpf(r), mpf(alpha), mpf(t)
    chance = loggamma(r + n) - loggamma(r) - loggamma(n + 1) + r * log(alpha / (alpha + t)) + n * log(t / (alpha + t))
    return exp(chance)


def expected(r, alpha, a, b, t):
    r, alpha, a, b, t = map(mpf, (r, alpha, a, b, t))
    z = t / (alpha + t)
    return (a + b - 1) / (a - 1) * (1 - (1 - z) ** r * hyp2f1(r, b, a + b - 1, z))


counts = []
for r, alpha, t, ns in [
    (100000.5, 110, 5, (3545, 4545, 4679)),
    (100000.5, 110, 50, (44454, 45454, 45880)),
    (100000.5, 110, 0.01, (0, 9, 15)),
    (3.5, 0.001, 1e4, (0, 1, 1000, 99999)),
    (20.5, 30, 5, (0, 3, 40)),
    (5000.5, 0.25, 3, (57000, 60000, 63000)),
]:
    counts += [dict(r=r, alpha=alpha, t=t, n=n, chance=nstr(nbd(r, alpha, t, n), 20)) for n in ns]
small = [
    dict(r=0.061, alpha=1, a=a, b=1.3 * a, t=3, expected=nstr(expected(0.061, 1, a, 1.3 * a, 3), 20))
    for a in (1.3e-8, 1.3e-14)
]
source = 'mpmath, 60 digits: makeHeavyCounts.py'
pathlib.Path(__file__).with_name('heavyCounts.json').write_text(
    json.dumps(dict(source=source, counts=counts, small=small), indent=1) + '\n'
)
