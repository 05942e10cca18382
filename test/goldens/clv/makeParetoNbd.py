"""Makes paretoNbd.json: Pareto/NBD at ordinary and extreme parameters, by mpmath.

    python makeParetoNbd.py    # needs mpmath; writes paretoNbd.json beside this file

Everything is an integral over the time at which the customer leaves, taken as the definition has it, by the trapezoidal
rule over the logarithm of time on both sides of each end (30 digits; half the step must say the same to 20 digits). No
hypergeometric function is used, and no difference is taken.
"""

import json
import os
import random

import mpmath
from mpmath import exp, expm1, gamma, inf, log, log1p, loggamma, mp, mpf

mp.dps = 30


def integral(f, t, step):
    """Of f from 0 to t, which may be infinite: u = t (1 - exp(-e^q / t)), or u = e^q."""
    total, largest, q = mpf(0), mpf(0), mpf(0)
    for direction in (1, -1):
        q = mpf(0) if direction == 1 else -step
        while True:
            w = exp(q)
            term = w * f(w) if t == inf else w * exp(-w / t) * f(-t * expm1(-w / t))
            total += term
            largest = max(largest, term)
            if term < largest * mpf(10) ** -30 and (direction == 1 or q < -60 or term < total * mpf(10) ** -34):
                if abs(q) > 20:
                    break
            q += direction * step
    return total * step


def certain(f, t, scale, sharpness=1):
    """The integral in units of `scale`, where it lives, with a check of its step. A bell over ln u has its sharpness."""
    g = lambda u: f(u * scale) * scale
    coarse = integral(g, t / scale, 1 / (8 * mpf(sharpness)))
    fine = integral(g, t / scale, 1 / (16 * mpf(sharpness)))
    assert abs(coarse / fine - 1) < mpf(10) ** -20, (coarse, fine)
    return fine


def left(r, alpha, s, beta, x, tx, T):
    """s ∫ (α+y)^-(r+x) (β+y)^-(s+1) dy over (tx, T), as a share of (α+T)^-(r+x) (β+T)^-s: the odds of having left."""
    if T == tx:
        return mpf(0)
    n = r + x
    # Over what is still to come, from T backwards or from tx onwards: e^λ lives near tx.
    weight = lambda v: exp(n * log((alpha + T) / (alpha + tx + v)) + s * log((beta + T) / (beta + tx + v))) / (beta + tx + v)
    scale = 1 / (n / (alpha + tx) + (s + 1) / (beta + tx) + 1 / (T - tx))
    return s * certain(weight, T - tx, scale)


def log_likelihood(r, alpha, s, beta, x, T, odds):
    base = loggamma(r + x) - loggamma(r) + r * log(alpha) - (r + x) * log(alpha + T) + s * (log(beta) - log(beta + T))
    return base + log1p(odds)


def expected(r, alpha, s, beta, t):
    if s == 1:
        return r * beta / alpha * log1p(t / beta)
    return r * beta / (alpha * (s - 1)) * -expm1((1 - s) * log1p(t / beta))


def chance(r, alpha, s, beta, t, n):
    log_count = loggamma(r + n) - loggamma(r) - loggamma(mpf(n) + 1)

    def mass(u):
        return exp(log_count + r * log(alpha / (alpha + u)) + (n * log(u / (alpha + u)) if n else 0))

    density = lambda u: s / (beta + u) * exp(s * log(beta / (beta + u)))
    scale = 1 / (r / alpha + (s + 1) / beta + 1 / t)
    gone = certain(lambda u: density(u) * mass(u), t, scale, 2 * mpmath.sqrt(1 + min(n, r)))
    return gone + exp(s * log(beta / (beta + t))) * mass(t)


def discounted(r, alpha, s, beta, delta, t):
    f = lambda u: exp(-delta * u - s * log1p(u / beta))
    return r / alpha * certain(f, t, 1 / (delta + s / beta))


ORDINARY = [(0.5534, 10.5802, 0.6061, 11.6562), (0.49, 73.2, 0.725, 155.4), (0.7, 20.0, 1.0, 30.0), (2.5, 4.0, 3.1, 40.0)]
SECONDS = [(0.49, 6.19e6, 0.81, 1.8e7), (0.49, 6.19e6, 1.0, 1.8e7)]
APART = [(0.9, 1e-4, 0.5, 1e3), (0.9, 1e3, 0.5, 1e-4), (0.3, 1.0, 1.0, 1e7), (3.0, 1e7, 1.0, 1.0), (0.05, 2e-3, 0.02, 2e4)]
EDGES = [(0.5, 10.0, 1 + 1e-10, 12.0), (0.5, 10.0, 1 - 1e-12, 10.0), (0.5, 10.0, 1e-9, 12.0), (0.7, 9.0, 1e6, 3e7), (1e5, 1e6, 0.6, 12.0), (10.465, 0.00798565181, 3.0516, 2.82)]
HISTORIES = [(0, 0, 0), (0, 0, 39), (1, 38.5, 38.5), (2, 30.43, 38.86), (3, 1e-3, 900), (26, 30.86, 31), (5000, 2999.9999, 3000), (100000, 3000, 3000.5), (100000, 2.5, 2.6)]

rows = []


def add(fn, params, args, value):
    rows.append({"fn": fn, "params": params, "args": args, "truth": mpmath.nstr(value, 20)})


for params in ORDINARY + SECONDS + APART + EDGES:
    p = [mpf(v) for v in params]
    unit = 604800.0 if params in SECONDS else 1.0
    for x, tx, T in HISTORIES:
        tx, T = tx * unit, T * unit
        args = {"x": x, "tx": tx, "T": T}
        odds = left(*p, x, mpf(tx), mpf(T))
        if T > 0:
            add("logLikelihood", params, args, log_likelihood(*p, x, mpf(T), odds))
        if odds > 0:
            add("logDropoutOdds", params, args, log(odds))
    for t in (1e-3, 39, 1e4):
        add("expected", params, {"t": t * unit}, expected(*p, mpf(t * unit)))
    for delta in (1e-7, 0.0027, 2.0):
        add("discounted", params, {"delta": delta / unit}, discounted(*p, mpf(delta / unit), inf))
        add("discounted", params, {"delta": delta / unit, "t": 52 * unit}, discounted(*p, mpf(delta / unit), mpf(52 * unit)))
    for n, t in ((0, 39), (1, 1e-3), (3, 39), (60, 52), (400, 3000)):
        value = chance(*p, mpf(t * unit), n)
        if value > mpf(10) ** -290:
            add("pmf", params, {"n": n, "t": t * unit}, value)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "paretoNbd.json"), "w") as out:
    json.dump({"source": "mpmath %s at 30 digits, makeParetoNbd.py in this folder" % mpmath.__version__, "rows": rows}, out)
    out.write("\n")
print(len(rows))
