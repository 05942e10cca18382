"""What the customers of fit_seasonal_pareto.json will do, at its optimum, for seasonalFutures.json: probabilities of counts
and discounted purchases of the 55 days to come, integrals over the time of leaving and of buying, 48 Gauss-Legendre
nodes a period of one speed. The probabilities of all counts up to 60 must add up to 1, and their mean be the expectation.

    python makeSeasonalFutures.py > seasonalFutures.json    # a minute
"""
import json

from mpmath import mp, mpf, exp, log, loggamma
from mpmath.calculus.quadrature import GaussLegendre

from makeSeasonalPareto import FUTURE, LAST, PERIOD, clock, parts

mp.dps = 40
DELTA = log(mpf("1.1")) / (mpf("365.25"))  # a day
MOST = 60
NODES = [(x, w) for x, w in GaussLegendre(mp).calc_nodes(5, mp.prec + 20)]


def periods(speeds):
    start, g = LAST, mpf(0)
    while start < FUTURE:
        p = (start + 1) // PERIOD
        end = min(FUTURE, PERIOD * (p + 1) - 1)
        # Halves of periods, for the powers of g near 0.
        for k in range(8):
            u0, u1 = [mpf(start - LAST) + mpf(end - start) * j / 8 for j in (k, k + 1)]
            yield u0, u1, g, speeds[p]
            g += speeds[p] * (u1 - u0)
        start = end


def future(days, theta, season):
    before, there, left, _, b = parts(days, theta, season)
    alive = there / (there + left)
    n = exp(theta[0]) + len(days) - 1
    a = exp(theta[1]) + clock(mp.dps, theta[4], season)[1][LAST + 1] - clock(mp.dps, theta[4], season)[1][days[0] + 1]
    s = exp(theta[2])
    speeds, _ = clock(mp.dps, theta[4], season)
    front = [exp(loggamma(n + k) - loggamma(n) - loggamma(k + 1)) for k in range(MOST + 1)]

    def counts(g):
        z, none = g / (a + g), (a / (a + g)) ** n
        return [f * none * z**k for k, f in enumerate(front)]

    chances, discounted, g = [mpf(0)] * (MOST + 1), mpf(0), mpf(0)
    for u0, u1, g0, speed in periods(speeds):
        for x, w in NODES:
            u = u0 + (u1 - u0) * (1 + x) / 2
            g = g0 + speed * (u - u0)
            weight, stays = w * (u1 - u0) / 2, (b / (b + u)) ** s
            leaves = weight * s / (b + u) * stays
            chances = [c + leaves * p for c, p in zip(chances, counts(g))]
            discounted += weight * exp(-DELTA * u) * stays * speed * n / a
        last, g = u1, g0 + speed * (u1 - u0)
    stays = (b / (b + last)) ** s
    chances = [c + stays * p for c, p in zip(chances, counts(g))]
    assert abs(sum(chances) - 1) < mpf(10) ** -12, sum(chances)  # counts above 60
    out = [alive * c for c in chances]
    out[0] += 1 - alive
    return out, alive * discounted, sum(k * c for k, c in enumerate(out))


fit = json.load(open("fit_seasonal_pareto.json"))
theta = [log(mpf(p)) for p in fit["params"]] + [mpf(fit["coefficient"])]
season = tuple(fit["season"])
rows = list(range(0, 120, 8))
result = []
for row in rows:
    chances, discounted, mean = future(fit["histories"][row], theta, season)
    assert abs(mean / mpf(fit["expectedPurchases"][row]) - 1) < mpf(10) ** -11, (mean, fit["expectedPurchases"][row])
    result.append({"row": row, "chances": [mp.nstr(c, 18) for c in chances[:12]],
                   "beyond": mp.nstr(sum(chances[12:]), 18), "discounted": mp.nstr(discounted, 18)})
print(json.dumps({"source": "makeSeasonalFutures.py in this folder: mpmath, 40 digits, at the optimum of fit_seasonal_pareto.json",
                  "annualRate": 0.1, "customers": result}))
