"""The optimum of Pareto/NBD with a covariate of the calendar, for fit_seasonal_pareto.json: see makeCovariateFits.py.
Customers buy exp(gamma z) times as fast in a period, and leave at rates of the plain clock. The likelihood of those who
left at some y after the last purchase is an integral over y: 48 Gauss-Legendre nodes a period of 28 days or part of
one, good for 40 digits. Without an effect it must be that of the closed form.

    python makeSeasonalPareto.py > fit_seasonal_pareto.json    # some minutes
"""
import functools
import json

import numpy
from mpmath import mp, mpf, exp, log, loggamma
from mpmath.calculus.quadrature import GaussLegendre

from makeCovariateFits import fit, pareto

PERIOD = 28
PERIODS = 15
LAST = 364  # last day observed
FUTURE = 419  # last day of the forecast


def simulate(customers, seed):
    random = numpy.random.default_rng(seed)
    season = [round(float(numpy.sin(2 * numpy.pi * p / 6.5)), 2) for p in range(PERIODS)]
    histories = []
    for _ in range(customers):
        first = int(random.integers(0, 150))
        rate = random.gamma(1.1) / 25
        life = random.exponential() / (random.gamma(0.8) / 120)
        days = [first]
        for d in range(first + 1, LAST + 1):
            if d - first > life:
                break
            if random.random() < -numpy.expm1(-rate * numpy.exp(0.6 * season[d // PERIOD])):
                days.append(d)
        histories.append(days)
    return season, histories


@functools.lru_cache(maxsize=8)
def nodes(digits):
    return [(x, w) for x, w in GaussLegendre(mp).calc_nodes(5, mp.prec + 20)]


@functools.lru_cache(maxsize=64)
def clock(digits, gamma, season):
    speeds = [exp(gamma * z) for z in season]
    ends = [mpf(0)]
    for d in range(PERIOD * PERIODS):
        ends.append(ends[-1] + speeds[d // PERIOD])
    return speeds, ends


def parts(days, theta, season):
    """ln of what comes before the silence; the silence of who is there, and of who has left; the ages at the end."""
    r, alpha, s, beta = [exp(t) for t in theta[:4]]
    speeds, ends = clock(mp.dps, theta[4], season)
    first, last, n = days[0], days[-1], r + len(days) - 1
    age = lambda d: ends[d + 1] - ends[first + 1]
    before = (loggamma(n) - loggamma(r) + r * log(alpha) + s * log(beta)
              + sum(theta[4] * mpf(season[d // PERIOD]) for d in days[1:]))
    left, start = mpf(0), last
    while start < LAST:
        # Day d + 1 is the time from d to d + 1; the period of the day after `start`.
        period = (start + 1) // PERIOD
        end = min(LAST, PERIOD * (period + 1) - 1)
        half = mpf(end - start) / 2
        a, b = alpha + age(start), beta + (start - first)
        for x, w in nodes(mp.dps):
            u = half * (1 + x)
            left += half * w * exp(-n * log(a + speeds[period] * u) - (s + 1) * log(b + u))
        start = end
    there = exp(-n * log(alpha + age(LAST)) - s * log(beta + (LAST - first)))
    return before, there, s * left, n / (alpha + age(LAST)), beta + (LAST - first)


def likelihood(season):
    def of(days, theta):
        before, there, left, _, _ = parts(days, theta, season)
        return before + log(there + left)
    return of


def forecast(days, theta, season):
    """P(alive), and the purchases to expect up to the end of FUTURE."""
    _, there, left, rate, b = parts(days, theta, season)
    s = exp(theta[2])
    speeds, _ = clock(mp.dps, theta[4], season)
    survival = lambda u: ((b + u) / b) ** (1 - s) * b / (1 - s)
    alive = there / (there + left)
    daily = [speeds[d // PERIOD] * (survival(d - LAST) - survival(d - 1 - LAST)) for d in range(LAST + 1, FUTURE + 1)]
    return alive, alive * rate * sum(daily)


if __name__ == "__main__":
    season, histories = simulate(120, 7)
    season = tuple(season)
    start = [mpf(t) for t in (0, 3.2, -0.2, 4.8)]
    for days in histories[:5]:
        plain = pareto(len(days) - 1, days[-1] - days[0], LAST - days[0], start)
        assert abs(likelihood(season)(days, [*start, mpf(0)]) - plain) < mpf(10) ** -40
    rows = [((days,), []) for days in histories]
    found = fit(likelihood(season), rows, [*start, mpf(0)], [])
    theta = [log(mpf(p)) for p in found["params"]]
    futures = [forecast(days, theta, season) for days in histories]
    print(json.dumps({
        "source": "makeSeasonalPareto.py in this folder: mpmath, 50 digits, gradient below 1e-22",
        "season": season, "periodDays": PERIOD, "lastDay": LAST, "lastDayOfForecast": FUTURE, "histories": histories,
        "params": found["params"][:4], "coefficient": mp.nstr(theta[4], 18),
        "logLikelihood": found["logLikelihood"],
        "standardErrors": found["standardErrors"][:4] + [mp.nstr(mpf(found["standardErrors"][4]) / exp(theta[4]), 10)],
        "probabilityAlive": [mp.nstr(alive, 18) for alive, _ in futures],
        "expectedPurchases": [mp.nstr(count, 18) for _, count in futures],
    }))
