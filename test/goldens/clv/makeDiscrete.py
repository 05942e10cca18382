"""Makes discrete.json: BG/BB, shifted beta-geometric and beta-discrete-Weibull values at ordinary and hard points.

Run with mpmath: python makeDiscrete.py > discrete.json. 60 digits; 17 are printed. BG/BB from the sums of Fader, Hardie &
Shang (2010) as they are printed, term by term; discounted sums without end from their terms, or from 2F1 where too many would be needed; fits of beta-discrete-Weibull by
Newton's method on the log-likelihood, with derivatives by differences at 60 digits.
"""

import json
from mpmath import mp, mpf, loggamma, exp, log, hyp2f1, matrix, lu_solve, inverse, sqrt

mp.dps = 60


def lb(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def text(v):
    return mp.nstr(v, 17)


def forever(a, b, rate):
    """Sum of B(a, b + k) / B(a, b) / (1 + rate)^k over k = 1, 2, ..., term by term."""
    term, total, k = mpf(1), mpf(0), 0
    while term > total * mpf(10) ** -30 * rate:
        term *= (b + k) / (a + b + k) / (1 + rate)
        total += term
        k += 1
    return total


def bgbb(params, x, tx, n):
    al, be, ga, de = map(mpf, params)
    prior = lb(al, be) + lb(ga, de)
    # Terms by ratios, the first and the last from gammas.
    alive = exp(lb(al + x, be + n - x) + lb(ga, de + n) - prior)
    term = exp(lb(al + x, be + tx - x) + lb(ga + 1, de + tx) - prior)
    dead = mpf(0)
    buys = leaves = mpf(0)
    for m in range(tx, n):
        dead += term
        buys += term * (al + x) / (al + be + m)
        leaves += term * (ga + 1) / (ga + 1 + de + m)
        term *= (be + m - x) / (al + be + m) * (de + m) / (ga + 1 + de + m)
    total = alive + dead
    buys = (buys + alive * (al + x) / (al + be + n)) / total
    leaves = (leaves + alive * ga / (ga + de + n)) / total
    chance = (al + x) / (al + be + n)
    weight = alive / total
    later = mpf(1)
    expected = mpf(0)
    for j in range(12):
        later *= (de + n + j) / (ga + de + n + j)
        expected += later
    out = dict(
        logLikelihood=log(total),
        logOdds=log(dead) - log(alive) if tx < n else None,
        alive=weight,
        aliveIn12=weight * later,
        expectedIn12=weight * chance * expected,
        discounted=weight * chance * forever(ga, de + n, mpf("0.01")),
        purchase=buys,
        dropout=leaves,
    )
    return {k: None if v is None else text(v) for k, v in out.items()}


def bgbb_pmf(params, t, n):
    al, be, ga, de = map(mpf, params)
    prior = lb(al, be) + lb(ga, de)
    comb = lambda i: loggamma(i + 1) - loggamma(n + 1) - loggamma(i - n + 1)
    total = exp(comb(t) + lb(al + n, be + t - n) + lb(ga, de + t) - prior)
    for i in range(n, t):
        total += exp(comb(i) + lb(al + n, be + i - n) + lb(ga + 1, de + i) - prior)
    return text(total)


def contract(params, t, made, rate):
    al, be, c = map(mpf, params)
    s = lambda k: exp(lb(al, be + mpf(k) ** c) - lb(al, be)) if k > 0 else mpf(1)
    lifetimes = {}
    if rate is not None:
        d = mpf(rate)
        if c == 1:
            new, residual = 1 + forever(al, be, d), (1 + d) * forever(al, be + made, d)
        else:
            limit = int(50 / log(1 + d))
            shares = [s(k) for k in range(made + limit)]
            new = sum(shares[k] / (1 + d) ** k for k in range(limit))
            residual = sum(shares[made + k] / (1 + d) ** (k - 1) for k in range(1, limit)) / shares[made]
        lifetimes = dict(lifetime=text(new), residual=text(residual))
    return dict(
        logSurvival=text(log(s(t))),
        logChurn=text(log(s(t - 1) - s(t))),
        retention=text(s(t) / s(t - 1)),
        **lifetimes,
    )


def fit_bdw(survivors, start):
    counts = [mpf(a - b) for a, b in zip(survivors, survivors[1:])]

    def ll(th):
        al, be, c = map(exp, th)
        s = [exp(lb(al, be + mpf(k) ** c) - lb(al, be)) if k else mpf(1) for k in range(len(survivors))]
        return sum(n * log(s[k] - s[k + 1]) for k, n in enumerate(counts)) + survivors[-1] * log(s[-1])

    h = mpf(10) ** -15

    def shifted(th, *moves):
        th = list(th)
        for i, step in moves:
            th[i] += step
        return ll(th)

    th = [log(mpf(v)) for v in start]
    for _ in range(12):
        g = matrix([(shifted(th, (i, h)) - shifted(th, (i, -h))) / (2 * h) for i in range(3)])
        H = matrix(3, 3)
        for i in range(3):
            for j in range(3):
                H[i, j] = (
                    shifted(th, (i, h), (j, h)) - shifted(th, (i, h), (j, -h))
                    - shifted(th, (i, -h), (j, h)) + shifted(th, (i, -h), (j, -h))
                ) / (4 * h * h)
        step = lu_solve(H, -g)
        th = [a + b for a, b in zip(th, step)]
    cov = inverse(-H)
    value = [exp(v) for v in th]
    names = ["alpha", "beta", "c"]
    return dict(
        survivors=survivors,
        params={k: text(v) for k, v in zip(names, value)},
        logLikelihood=text(ll(th)),
        se={k: text(v * sqrt(cov[i, i])) for i, (k, v) in enumerate(zip(names, value))},
    )


ordinary = [1.204, 0.75, 0.657, 2.783]
points = []
for params in [
    ordinary, [1.2, 0.75, 1.0, 2.8], [0.5, 0.5, 0.3, 0.7], [1e-3] * 4, [200.0, 0.01, 1e-4, 50.0], [1e-7, 1e4, 1e-6, 1e3],
    [1e6, 3e6, 2e5, 4e6], [1e9, 2e9, 1e-9, 1.0], [3.0, 1e7, 20.0, 1e8], [50.0, 2.0, 1e3, 1e-3],
]:
    for history in [(0, 0, 1), (1, 1, 1), (0, 0, 6), (2, 4, 6), (6, 6, 6), (1, 1, 365), (300, 360, 365), (500, 900, 1000),
                    (99999, 100000, 100000), (5, 98000, 100000), (50000, 99000, 100000)]:
        points.append(dict(params=params, history=history, **bgbb(params, *history)))

pmfs = []
for params in [ordinary, [1.2, 0.75, 1.0, 2.8], [1e-3] * 4, [1e6, 3e6, 2e5, 4e6], [200.0, 0.01, 1e-4, 50.0]]:
    for t, n in [(1, 0), (1, 1), (6, 3), (52, 0), (52, 52), (300, 120)]:
        pmfs.append(dict(params=params, t=t, n=n, truth=bgbb_pmf(params, t, n)))

contracts = []
for al, be in [(0.668, 3.806), (0.704, 1.182), (1.0, 1.0), (1e-3, 1e-3), (1e-6, 2.0), (300.0, 900.0), (1e8, 3e9), (1e-3, 1e7), (40.0, 1e-3)]:
    for c in [1.0, 0.3, 1.58, 4.0]:
        for t, made in [(1, 0), (2, 1), (8, 4), (365, 100)]:
            rate = None if t != 8 else "0.01" if c == 1 else "0.2"
            values = contract([al, be, c], t, made, rate)
            contracts.append(dict(params=[al, be, c], t=t, made=made, rate=rate and float(rate), **values))

# Hardly any discount, by the hypergeometric function.
endless = []
for a, b in [(0.668, 3.806), (0.704, 1.182), (1.0, 1.0), (1e-3, 1e-3), (2.5, 30.0)]:
    for rate in ["1e-3", "1e-6", "1e-9"]:
        v = 1 / (1 + mpf(rate))
        endless.append(dict(a=a, b=b, rate=float(rate), truth=text(hyp2f1(1, b, mpf(a) + mpf(b), v))))


fits = [
    fit_bdw([1000, 631, 468, 382, 326, 289, 262, 241], [0.4556, 0.7793, 1.2835]),
    fit_bdw([1000, 869, 743, 653, 593, 551, 517, 491], [0.21425, 1.42657, 1.72356]),
]
print(json.dumps(dict(source="mpmath, 60 digits: makeDiscrete.py", bgbb=points, bgbbPmf=pmfs, contracts=contracts, endless=endless, bdwFits=fits), indent=0))
