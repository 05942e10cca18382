"""The limit of Pareto/NBD in which some customers leave at once and the others never, for atOnceOrNever.json: its optimum
over (r, alpha, odds of leaving at once), and Pareto/NBD itself on the way there, beta = L exp(-c/s) for small s, by its
integral over the time of leaving, which nothing was simplified in. The slope by s is that of Richardson's differences.

    python makeAtOnceOrNever.py > atOnceOrNever.json    # a minute
"""
import json

from mpmath import mp, mpf, exp, findroot, log, loggamma, quad

mp.dps = 40

SETS = {
    # (x, t_x, T): those who came back were seen lately.
    "stayers": [(0, 0, 20), (0, 0, 31), (0, 0, 55), (0, 0, 62), (0, 0, 90), (1, 25, 30), (2, 39, 40), (4, 51, 52),
                (9, 60, 61), (3, 33, 35), (1, 70, 74), (17, 80, 80)],
    # The same, and one who fell silent: the limit is no maximum any more.
    "one silent": [(0, 0, 20), (0, 0, 31), (0, 0, 55), (0, 0, 62), (0, 0, 90), (1, 25, 30), (2, 39, 40), (4, 51, 52),
                   (9, 60, 61), (3, 33, 35), (1, 70, 74), (17, 80, 80), (8, 12, 60)],
}


def counted(r, x, alpha):
    return loggamma(r + x) - loggamma(r) - x * log(alpha)


def limit(rows, r, alpha, odds):
    total = mpf(0)
    for x, _, T in rows:
        nbd = counted(r, x, alpha) - (r + x) * log(1 + mpf(T) / alpha)
        total += (nbd if x else log(exp(nbd) + odds)) - log(1 + odds)
    return total


def pareto(rows, r, alpha, s, log_beta):
    beta = exp(log_beta)
    total = mpf(0)
    for x, last, T in rows:
        n = r + x

        def left(q):  # over q = ln(beta + y)
            return s * exp(s * (log_beta - q)) * exp(-n * log(1 + (exp(q) - beta) / alpha))

        a, b = log(beta + last), log(beta + T)
        ends = [a + (b - a) * mpf(k) / 64 for k in range(65)] if last else [
            a, *[log(mpf(10)) * k for k in range(-40, 0, 4)], *[b * mpf(k) / 32 for k in range(33)]]
        gone = quad(left, ends) if b > a else 0
        there = exp(s * (log_beta - b)) * exp(-n * log(1 + mpf(T) / alpha))
        total += counted(r, x, alpha) + log(gone + there)
    return total


def best(rows):
    def gradient(*theta):
        h = mpf(10) ** -14
        value = lambda t: limit(rows, *[exp(v) for v in t])
        shifted = lambda i, d: [v + (d if i == j else 0) for j, v in enumerate(theta)]
        return [(value(shifted(i, h)) - value(shifted(i, -h))) / (2 * h) for i in range(3)]
    return [exp(v) for v in findroot(gradient, (mpf(0), mpf(3), mpf(0)), tol=mpf(10) ** -40, verify=False)]


out = {"source": "makeAtOnceOrNever.py in this folder: mpmath, 40 digits; differences of 1e-14, good for 25 digits"}
for name, rows in SETS.items():
    r, alpha, odds = best(rows)
    top = limit(rows, r, alpha, odds)
    longest = max(T for _, _, T in rows)
    on_the_way = lambda s: (pareto(rows, r, alpha, s, log(mpf(longest)) - log(1 + odds) / s) - top) / s
    s = mpf(10) ** -6
    slope = 2 * on_the_way(s / 2) - on_the_way(s)
    out[name] = {
        "rows": rows, "params": [mp.nstr(v, 20) for v in (r, alpha, odds)], "logLikelihood": mp.nstr(top, 20),
        "slope": mp.nstr(slope, 12),
    }
print(json.dumps(out))
