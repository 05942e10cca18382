"""The best log-likelihoods of data sets on which BG/NBD or MBG/NBD have several optima, or their best at an edge.

Nelder-Mead from 60 random starts in log-parameters (scipy 1.x), polished from its own ends; the value at the best
point is then taken at 60 digits (mpmath), from Fader, Hardie & Lee (2005), equation 6, and Batislam et al. (2007),
equation 8. Reads and writes manyOptima.json.
"""
import json
import pathlib

import numpy
from mpmath import exp, fprod, log, mp, mpf
from scipy.optimize import minimize

PATH = pathlib.Path(__file__).with_name('manyOptima.json')


def rough(theta, x, tx, age, early):
    if numpy.abs(theta).max() > 40:
        return 1e300
    r, alpha, a, b = numpy.exp(theta)
    n = x + early
    total = 0.0
    for xi, ti, T, ni in zip(x, tx, age, n):
        j = numpy.arange(xi)
        k = numpy.arange(ni)
        total += numpy.log((r + j) / alpha).sum() - (r + xi) * numpy.log1p(T / alpha) - numpy.log1p(a / (b + k)).sum()
        if ni > 0:
            total += numpy.logaddexp(0, numpy.log(a / (b + ni - 1)) + (r + xi) * numpy.log1p((T - ti) / (alpha + ti)))
    return -total if numpy.isfinite(total) else 1e300


def exact(theta, x, tx, age, early):
    mp.dps = 60
    r, alpha, a, b = [exp(mpf(float(v))) for v in theta]
    total = mpf(0)
    for xi, ti, T in zip(x, tx, age):
        xi, ti, T, n = int(xi), mpf(float(ti)), mpf(float(T)), int(xi) + early
        stays = fprod((b + j) / (a + b + j) for j in range(n)) * (alpha + T) ** -(r + xi)
        left = fprod((b + j) / (a + b + j) for j in range(n - 1)) * a / (a + b + n - 1) if n > 0 else 0
        total += log(fprod(r + j for j in range(xi))) + r * log(alpha) + log(stays + left * (alpha + ti) ** -(r + xi))
    return total


def best_of(data):
    columns = [numpy.array(data[name]) for name in ('repeats', 'ageAtLast', 'age')]
    early = 1 if data['model'] == 'mbgNbd' else 0
    random = numpy.random.default_rng(1)
    scale = numpy.log(columns[2].mean())
    best, point = numpy.inf, None
    for _ in range(60):
        theta = random.normal(0, 3, 4) + [0, scale, 0, 0]
        for _ in range(3):
            found = minimize(rough, theta, (*columns, early), 'Nelder-Mead', options={'maxfev': 3000, 'fatol': 1e-12, 'xatol': 1e-9})
            theta = found.x
        if found.fun < best:
            best, point = found.fun, found.x
    return float(exact(point, *columns, early))


if __name__ == '__main__':
    golden = json.loads(PATH.read_text())
    for data in golden['sets']:
        data['bestLogLikelihood'] = best_of(data)
        print(data['name'], data['bestLogLikelihood'])
    PATH.write_text(json.dumps(golden, indent=1) + '\n')
