"""The best log-likelihoods of Gamma-Gamma on data sets that are hard for it: means that hardly differ, or over twelve
orders, clusters, counts up to 100,000; many have their best at an edge.

mpmath, 100 digits. Interior: Newton's method with exact derivatives in (ln p, ln q, ln of p v / q) from several starts,
to a gradient below 1e-30. Edges, as limits: q to infinity is one gamma distribution for all, p to infinity an inverse
gamma distribution of amounts. A set is 'interior' if such an optimum beats both limits. Means are drawn by Python's
random.Random and stored as they are. Reads nothing, writes spendFits.json.
"""
import json
import pathlib
from random import Random

from mpmath import digamma, exp, log, loggamma, lu_solve, matrix, mp, mpf, nstr, polygamma

mp.dps = 100
NOISE = mpf('1e-60')
PATH = pathlib.Path(__file__).with_name('spendFits.json')
EDGES = {
    'q': 'one spend distribution for all customers (q and v to infinity)',
    'p': 'every customer always spends the same (p to infinity, v to 0)',
}


def expansion(point, data):
    """Log-likelihood, gradient and Hessian in (ln p, ln q, ln of p v / q)."""
    p, q, mu = [exp(u) for u in point]
    v = q * mu / p
    value, g, h = mpf(0), [mpf(0)] * 3, [[mpf(0)] * 3 for _ in range(3)]
    special = {}
    for x, m in data:
        s, y = p * x, x * m
        if x not in special:
            special[x] = (
                loggamma(s + q) - loggamma(s) - loggamma(q),
                digamma(s + q) - digamma(s), digamma(s + q) - digamma(q),
                polygamma(1, s + q) - polygamma(1, s), polygamma(1, s + q) - polygamma(1, q), polygamma(1, s + q),
            )
        beta, ds, dq, ss, qq, sq = special[x]
        share, rest = v / (v + y), y / (v + y)
        value += beta + s * log(rest) + q * log(share) - log(m)
        slopes = [s * (ds + log(rest)), q * (dq + log(share)), q * rest - s * share]
        curves = [
            [slopes[0] + s * s * ss, s * q * sq, -s * share],
            [s * q * sq, slopes[1] + q * q * qq, q * rest],
            [-s * share, q * rest, -(s + q) * share * rest],
        ]
        # ln v = ln q + η − ln p.
        turn = [[1, 0, 0], [0, 1, 0], [-1, 1, 1]]
        for i in range(3):
            g[i] += sum(turn[a][i] * slopes[a] for a in range(3))
            for j in range(3):
                h[i][j] += sum(turn[a][i] * curves[a][b] * turn[b][j] for a in range(3) for b in range(3))
    return value, g, h


def climb(point, data):
    """The maximum that Newton's method finds from here; None where it runs off."""
    here = expansion(point, data)
    for _ in range(300):
        value, g, h = here
        damping = mpf(0)
        while True:
            try:
                a = matrix([[-h[i][j] + (damping * abs(h[i][i]) if i == j else 0) for j in range(3)] for i in range(3)])
                step = lu_solve(a, matrix(g))
                step = [max(mpf(-3), min(mpf(3), step[i])) for i in range(3)]
                there = [u + d for u, d in zip(point, step)]
                ahead = expansion(there, data)
                if ahead[0] >= value - NOISE and sum(d * s for d, s in zip(step, g)) >= -NOISE:
                    break
            except ZeroDivisionError:
                pass
            damping = max(damping * 4, mpf('1e-3'))
            if damping > 1e9:
                return None
        point, here = there, ahead
        if abs(point[0] - point[1]) > 60:
            return None
        if max(abs(s) for s in here[1]) < mpf('1e-30'):
            return point, here
    return None


def along(slope_and_curve, u):
    for _ in range(500):
        g, h = slope_and_curve(u)
        step = -g / h if h < 0 else (1 if g > 0 else -1)
        u += max(-3, min(3, step))
        if abs(step) < mpf('1e-40'):
            return u
    raise ArithmeticError


def limit(edge, data, spread):
    """The supremum at an edge: of gamma distributions of Σ spends, or of inverse gamma distributions of amounts."""
    if edge == 'q':
        mu = sum(x * m for x, m in data) / sum(x for x, _ in data)
        shapes = [(x, log(m / mu) - m / mu) for x, m in data]
    else:
        mu = len(data) / sum(1 / m for _, m in data)
        shapes = [(1, log(mu / m) - mu / m) for _, m in data]

    def slope_and_curve(u):
        p = exp(u)
        g = sum(p * x * (log(p * x) + 1 - digamma(p * x) + l) for x, l in shapes)
        return g, g + sum((p * x) ** 2 * (1 / (p * x) - polygamma(1, p * x)) for x, _ in shapes)

    p = exp(along(slope_and_curve, log(2 / spread)))
    value = sum(p * x * log(p * x) - loggamma(p * x) + p * x * l for x, l in shapes) - sum(log(m) for _, m in data)
    return value, p, mu


def best_of(repeats, means):
    data = [(mpf(x), mpf(m)) for x, m in zip(repeats, means)]
    logs = [log(m) for _, m in data]
    middle = sum(logs) / len(logs)
    spread = sum((l - middle) ** 2 for l in logs) / len(logs)
    typical = len(data) / sum(1 / x for x, _ in data)
    limits = {edge: limit(edge, data, spread) for edge in EDGES}
    tops = []
    for share in ('0.02', '0.3', '0.7', '0.98'):
        share = mpf(share)
        found = climb([log(1 / ((1 - share) * spread * typical)), log(1 / (share * spread)), middle], data)
        if found is not None:
            tops.append(found)
    top = max(tops, key=lambda t: t[1][0]) if tops else None
    edge = max(limits, key=lambda e: limits[e][0])
    gap = {e: nstr(limits[e][0], 25) for e in limits}
    if top is None or top[1][0] <= limits[edge][0]:
        value, shape, mu = limits[edge]
        known = {'p': nstr(shape, 20)} if edge == 'q' else {'q': nstr(shape, 20)}
        return {'logLikelihood': nstr(value, 25), 'verdict': 'boundary', 'reducesTo': EDGES[edge], 'limits': gap, **known}
    point, (value, _, h) = top
    p, q, mu = [exp(u) for u in point]
    inverse = (-matrix(h)) ** -1
    turn = matrix([[1, 0, 0], [0, 1, 0], [-1, 1, 1]])
    covariance = turn * inverse * turn.T
    params = [p, q, q * mu / p]
    return {
        'logLikelihood': nstr(value, 25), 'verdict': 'interior', 'limits': gap,
        'params': [nstr(u, 20) for u in params],
        'standardErrors': [nstr(u * covariance[i, i] ** mpf('0.5'), 15) for i, u in enumerate(params)],
    }


def drawn(seed, customers, within, between, counts=(1, 2, 3, 5, 8, 13, 20), middle=10.0):
    random = Random(seed)
    repeats = [counts[i % len(counts)] for i in range(customers)]
    means = [middle * (1 + between * random.gauss(0, 1) + within * random.gauss(0, 1) / x**0.5) for x in repeats]
    return repeats, means


def sets():
    for spread in (1e-3, 1e-5, 1e-6, 1e-7, 1e-9, 1e-12):
        yield f'{spread:g}, within and between', drawn(1, 28, spread, spread / 2)
        yield f'{spread:g}, within alone', drawn(2, 28, spread, 0)
        yield f'{spread:g}, between alone', drawn(3, 28, 0, spread)
        yield f'{spread:g}, one count', drawn(4, 12, spread, 0, (3,))
    yield '1e-5, one count, other tail', (lambda x, m: (x, [20 - u for u in m]))(*drawn(4, 12, 1e-5, 0, (3,)))
    yield '1e-6, two customers', ([4, 4], [10.0, 10.00001])
    yield '1e-6, two customers of two counts', ([1, 7], [10.0, 10.00001])
    yield 'all but two alike', ([1, 2, 3, 4] * 6, [9.99] * 22 + [9.98, 15.0])
    random = Random(5)
    yield 'twelve orders', ([1 + i % 5 for i in range(30)], [10.0 ** random.uniform(-6, 6) for _ in range(30)])
    yield 'two clusters', (
        [1 + i % 6 for i in range(30)],
        [(10.0 if i % 3 else 1e4) * (1 + 0.05 * random.gauss(0, 1)) for i in range(30)],
    )
    yield 'two clusters, close', (
        [1 + i % 6 for i in range(30)],
        [(10.0 if i % 3 else 10.001) * (1 + 1e-6 * random.gauss(0, 1)) for i in range(30)],
    )
    counts = (1, 10, 100, 1000, 10_000, 100_000)
    yield 'counts to 100,000', drawn(6, 30, 0.5, 0.2, counts, 50.0)
    yield 'counts to 100,000, within alone', drawn(7, 30, 0.1, 0, counts, 50.0)
    yield 'counts to 100,000, 1e-5', drawn(8, 30, 1e-5, 1e-7, counts, 50.0)


if __name__ == '__main__':
    cases = []
    for name, (repeats, means) in sets():
        case = {'name': name, 'repeats': list(repeats), 'meanRepeatValue': list(means), **best_of(repeats, means)}
        cases.append(case)
        print(name, {k: v for k, v in case.items() if k not in ('repeats', 'meanRepeatValue', 'name')}, flush=True)
    made = 'mpmath, 100 digits; makeSpendFits.py in this folder'
    PATH.write_text(json.dumps({'source': made, 'cases': cases}, indent=1, ensure_ascii=False) + '\n')
