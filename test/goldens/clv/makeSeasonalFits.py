"""Optima of BG/NBD and MBG/NBD with covariates of the calendar, for fit_seasonal.json: see makeCovariateFits.py, whose
likelihoods are taken in operational time, times the intensity of each day with a purchase.

    python makeSeasonalFits.py > fit_seasonal.json
"""
import functools
import json

import numpy
from mpmath import mp, mpf, exp, log

from makeCovariateFits import bg, fit, mbg

DAYS = 420  # of the calendar, from day 0
LAST = 364  # last day observed


def simulate(customers, seed, early):
    random = numpy.random.default_rng(seed)
    season = [round(float(numpy.sin(2 * numpy.pi * d / 182)), 2) for d in range(DAYS)]
    promo = [int(d % 45 in (3, 4, 5, 6, 7)) for d in range(DAYS)]
    histories = []
    for _ in range(customers):
        first = int(random.integers(0, 150))
        rate = random.gamma(1.1) / 25
        dropout = random.beta(0.7, 2.4)
        days, gone = [first], early and random.random() < dropout
        for d in range(first + 1, LAST + 1):
            if gone:
                break
            if random.random() < -numpy.expm1(-rate * numpy.exp(0.5 * season[d] + 0.8 * promo[d])):
                days.append(d)
                gone = random.random() < dropout
        histories.append(days)
    return season, promo, histories


def seasonal(plain, season, promo):
    @functools.lru_cache(maxsize=100)
    def intensities(digits, one, other):
        weights = [exp(one * s + other * p) for s, p in zip(season, promo)]
        cumulative = [mpf(0)]
        for w in weights:
            cumulative.append(cumulative[-1] + w)
        return weights, cumulative

    def likelihood(days, theta):
        weights, cumulative = intensities(mp.dps, theta[4], theta[5])
        age = lambda d: cumulative[d + 1] - cumulative[days[0] + 1]
        return plain(len(days) - 1, age(days[-1]), age(LAST), theta[:4]) + sum(log(weights[d]) for d in days[1:])
    return likelihood


if __name__ == "__main__":
    result = {"source": "makeSeasonalFits.py in this folder: mpmath, 50 digits, gradient below 1e-22"}
    for name, plain, seed in [("bgNbd", bg, 5), ("mbgNbd", mbg, 6)]:
        season, promo, histories = simulate(120, seed, name == "mbgNbd")
        found = fit(seasonal(plain, season, promo), [((days,), []) for days in histories], [0, 3, -0.3, 0.8, 0, 0], [])
        result[name] = {
            "season": season, "promo": promo, "lastDay": LAST, "histories": histories,
            "params": found["params"][:4],
            "coefficients": [mp.nstr(log(mpf(p)), 18) for p in found["params"][4:]],
            "logLikelihood": found["logLikelihood"],
        }
    print(json.dumps(result))
