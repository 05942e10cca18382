"""Optima of purchase and spend models with time-invariant covariates, for fit_covariates.json.

Customers are simulated with numpy (seed below), the likelihoods are the closed forms of the literature in mpmath, and the
optimum is found by Newton steps with few digits, then by chord steps with many until the gradient is below 1e-22. Each
customer is differentiated in its own logarithms of parameters; the chain rule does the rest.

    python makeCovariateFits.py > fit_covariates.json    # some minutes
"""
import json
import sys

import numpy
from mpmath import mp, mpf, matrix, lu_solve, log, exp, loggamma, hyp2f1, beta

mp.dps = 50
STEP = mpf(10) ** -14  # central differences miss its square


def bg(x, tx, T, theta, early=0):
    r, alpha, a, b = [exp(t) for t in theta]
    n = x + early
    purchases = loggamma(r + x) - loggamma(r) + r * log(alpha)
    stays = beta(a, b + n) / beta(a, b) / (alpha + T) ** (r + x)
    left = beta(a + 1, b + n - 1) / beta(a, b) / (alpha + tx) ** (r + x) if n > 0 else 0
    return purchases + log(stays + left)


def mbg(x, tx, T, theta):
    return bg(x, tx, T, theta, 1)


def pareto(x, tx, T, theta):
    r, alpha, s, bet = [exp(t) for t in theta]
    q = r + s + x

    def antiderivative(y):
        if alpha >= bet:
            return hyp2f1(q, s + 1, q + 1, (alpha - bet) / (alpha + y)) / (alpha + y) ** q
        return hyp2f1(q, r + x, q + 1, (bet - alpha) / (bet + y)) / (bet + y) ** q

    there = (alpha + T) ** -(r + x) * (bet + T) ** -s
    left = s / q * (antiderivative(tx) - antiderivative(T))
    return loggamma(r + x) - loggamma(r) + r * log(alpha) + s * log(bet) + log(there + left)


def spend(x, m, _, theta):
    p, q, v = [exp(t) for t in theta]
    return (loggamma(p * x + q) - loggamma(p * x) - loggamma(q) + q * log(v) + (p * x - 1) * log(m)
            + p * x * log(x) - (p * x + q) * log(x * m + v))


def derivatives(f, theta):
    """Gradient and Hessian of f by central differences."""
    k = len(theta)
    shifted = lambda *moves: f([t + sum(d for i, d in moves if i == j) for j, t in enumerate(theta)])
    here = f(theta)
    up = [shifted((i, STEP)) for i in range(k)]
    down = [shifted((i, -STEP)) for i in range(k)]
    gradient = [(up[i] - down[i]) / (2 * STEP) for i in range(k)]
    hessian = [[mpf(0)] * k for _ in range(k)]
    for i in range(k):
        hessian[i][i] = (up[i] - 2 * here + down[i]) / STEP**2
        for j in range(i):
            both = shifted((i, STEP), (j, STEP)) + shifted((i, -STEP), (j, -STEP))
            hessian[i][j] = hessian[j][i] = (both - up[i] - down[i] - up[j] - down[j] + 2 * here) / (2 * STEP**2)
    return here, gradient, hessian


def gradient_only(f, theta):
    k = len(theta)
    move = lambda i, d: f([t + (d if i == j else 0) for j, t in enumerate(theta)])
    return f(theta), [(move(i, STEP) - move(i, -STEP)) / (2 * STEP) for i in range(k)]


def fit(f, rows, start, links):
    """links: for each coefficient the (parameter, sign) that it moves, and its column of the covariates."""
    k = len(start)
    columns = [([(i, 1)], None) for i in range(k)] + links
    point = [mpf(t) for t in start] + [mpf(0)] * len(links)

    def factors(z):
        return [[(i, sign * (1 if column is None else z[column])) for i, sign in moves] for moves, column in columns]

    def total(point, with_hessian):
        value, g, h = mpf(0), [mpf(0)] * len(columns), [[mpf(0)] * len(columns) for _ in columns]
        for history, z in rows:
            J = factors(z)
            theta = [sum(fa * point[c] for c, moves in enumerate(J) for i, fa in moves if i == p) for p in range(k)]
            own = lambda t: f(*history, t)
            if with_hessian:
                v, own_g, own_h = derivatives(own, theta)
            else:
                v, own_g = gradient_only(own, theta)
            value += v
            for c, moves in enumerate(J):
                g[c] += sum(fa * own_g[i] for i, fa in moves)
                if with_hessian:
                    for d, others in enumerate(J):
                        h[c][d] += sum(fa * fb * own_h[i][j] for i, fa in moves for j, fb in others)
        return value, g, h

    # Newton in few digits first, damped, then chord steps in all digits.
    global STEP
    mp.dps, STEP = 25, mpf(10) ** -8
    value, g, h = total(point, True)
    for _ in range(60):
        curvature, axes = mp.eigsy(-matrix(h))
        slopes = axes.T * matrix(g)
        step = axes * matrix([slope / abs(c) for slope, c in zip(slopes, curvature)])
        scale = min(mpf(1), 2 / max(abs(x) for x in step))
        while True:
            there = [p + scale * d for p, d in zip(point, step)]
            found = total(there, True)
            if found[0] > value - mpf(10) ** -10:
                break
            scale /= 2
        point, (value, g, h) = there, found
        print(mp.nstr(value, 15), mp.nstr(max(abs(x) for x in g), 3), file=sys.stderr, flush=True)
        if max(abs(x) for x in g) < mpf(10) ** -6:
            break
    mp.dps, STEP = 50, mpf(10) ** -14
    chord = matrix(h)
    for _ in range(12):
        value, g, _ = total(point, False)
        print("  ", mp.nstr(max(abs(x) for x in g), 3), file=sys.stderr, flush=True)
        if max(abs(x) for x in g) < mpf(10) ** -22:
            break
        point = [p + d for p, d in zip(point, lu_solve(chord, -matrix(g)))]
    inverse = (-matrix(total(point, True)[2])) ** -1
    scale = [exp(point[i]) if i < k else mpf(1) for i in range(len(point))]
    return {
        "params": [mp.nstr(scale[i], 20) for i in range(k)],
        "coefficients": [mp.nstr(c, 20) for c in point[k:]],
        "logLikelihood": mp.nstr(value, 20),
        "standardErrors": [mp.nstr(scale[i] * mp.sqrt(inverse[i, i]), 10) for i in range(len(point))],
    }


def simulate(kind, customers, seed):
    random = numpy.random.default_rng(seed)
    rows = []
    while len(rows) < customers:
        z = [int(random.random() < 0.4), round(float(random.normal()), 1)]
        T = int(random.integers(150, 400))
        rate = random.gamma(0.9) / 20 * numpy.exp(0.5 * z[0] + 0.3 * z[1])
        if kind == "pareto":
            life = random.exponential() / (random.gamma(0.8) / 150 * numpy.exp(0.7 * z[0]))
        dropout = random.beta(0.8 * numpy.exp(0.8 * z[0]), 2.5)
        now, times = 0.0, []
        gone = kind == "mbg" and random.random() < dropout
        while not gone:
            now += random.exponential() / rate
            if now > (min(T, life) if kind == "pareto" else T):
                break
            times.append(int(numpy.ceil(now)))
            gone = kind != "pareto" and random.random() < dropout
        days = sorted(set(times))
        rows.append(((len(days), days[-1] if days else 0, T), z))
    return rows


def simulate_spend(customers, seed):
    random = numpy.random.default_rng(seed)
    rows = []
    for _ in range(customers):
        z = [int(random.random() < 0.4), round(float(random.normal()), 1)]
        x = int(random.integers(1, 8))
        nu = random.gamma(4.0) / (15 * numpy.exp(0.4 * z[0] - 0.2 * z[1]))
        rows.append(((x, round(float(random.gamma(6.0 * x) / nu / x), 2), 0), z))
    return rows


ALPHA, BETA, A, B, V = [(1, -1)], [(3, -1)], [(2, 1)], [(3, 1)], [(2, 1)]
CASES = {
    "bgNbd": (bg, simulate("bg", 300, 1), [-0.5, 2.5, -0.3, 0.8], [(ALPHA, 0), (ALPHA, 1), (A, 0), (B, 0)]),
    "bgNbdTogether": (bg, simulate("bg", 300, 1), [-0.5, 2.5, -0.3, 0.8], [(ALPHA, 0), (ALPHA, 1), (A + B, 0)]),
    "mbgNbd": (mbg, simulate("mbg", 300, 2), [-0.5, 2.5, -0.3, 0.8], [(ALPHA, 0), (ALPHA, 1), (A, 0), (B, 0)]),
    "gammaGamma": (spend, simulate_spend(200, 4), [1.8, 1.4, 2.7], [(V, 0), (V, 1)]),
    "paretoNbd": (pareto, simulate("pareto", 200, 3), [-0.2, 2.8, -0.2, 4.8], [(ALPHA, 0), (ALPHA, 1), (BETA, 0)]),
}

if __name__ == "__main__":
    result = {"source": "makeCovariateFits.py in this folder: mpmath, 50 digits, gradient below 1e-22"}
    for name, (f, rows, start, links) in CASES.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        print(name, file=sys.stderr, flush=True)
        data = {"first": [h[0] for h, _ in rows], "second": [h[1] for h, _ in rows], "third": [h[2] for h, _ in rows],
                "app": [z[0] for _, z in rows], "income": [z[1] for _, z in rows]}
        result[name] = {"data": data, **fit(f, rows, start, links)}
    print(json.dumps(result))
