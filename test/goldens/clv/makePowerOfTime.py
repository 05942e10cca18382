"""The limit of the beta-discrete-Weibull model in which contracts fall off with a power of time, for powerOfTime.json: its
optimum S(t) = min(1, (onset/t)^exponent), the best over every whole onset and every stretch between two of them; and the
model itself, as published, on the way there: its log-likelihood at c = 200, 400, 800, 1600 with alpha = exponent/c and the
best beta, whose differences to the limit's, times c, give the slope by 1/c (Richardson). t^c has a thousand digits there.

    python makePowerOfTime.py > powerOfTime.json    # two minutes
"""
import json

from mpmath import mp, mpf, diff, exp, findroot, log, loggamma

SETS = {
    "kink at 2": [41, 41, 41, 34, 31],
    "kink at 2, few": [10, 10, 10, 8, 7],
    "kink at 1": [50, 50, 45, 44, 43, 42, 41],
    "kink at 4": [25, 25, 25, 25, 25, 24, 24],
    "between": [12, 12, 12, 12, 9, 5],
    "below 1": [100, 70, 50, 41, 36],
}
WITH_SLOPE = ["kink at 2", "kink at 2, few", "kink at 1", "below 1"]


def likelihood(survivors, S):
    total = survivors[-1] * log(S(len(survivors) - 1)) if survivors[-1] else mpf(0)
    for t in range(1, len(survivors)):
        gone = survivors[t - 1] - survivors[t]
        if gone:
            share = (S(t - 1) if t > 1 else mpf(1)) - S(t)
            if not share > 0:
                return mpf("-inf")
            total += gone * log(share)
    return total


def limit(survivors, onset, exponent):
    return likelihood(survivors, lambda t: min(mpf(1), (onset / t) ** exponent))


def top(f, low, high):
    """The best place of a function with one maximum, by golden section, and then by the root of its slope."""
    ratio = (mpf(5) ** 0.5 - 1) / 2
    while high - low > mpf(10) ** -12:
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (a, high) if f(a) < f(b) else (low, b)
    try:
        return findroot(lambda x: diff(f, x), (low + high) / 2)
    except (ValueError, ZeroDivisionError):
        return (low + high) / 2


def best(survivors):
    first = next(t for t in range(1, len(survivors)) if survivors[t] < survivors[t - 1])
    found = []
    for whole in range(1, first):
        k = top(lambda x: limit(survivors, mpf(whole), exp(x)), mpf(-6), mpf(4))
        found.append((limit(survivors, mpf(whole), exp(k)), mpf(whole), exp(k)))
    f = lambda a, b: limit(survivors, exp(a), exp(b))
    for floor in range(first):
        for start in [(floor + mpf("0.6"), mpf("2.5")), (floor + mpf("0.998"), mpf("3.8"))]:
            try:
                theta = findroot(lambda a, b: [diff(f, (a, b), (1, 0)), diff(f, (a, b), (0, 1))], [log(v) for v in start])
            except (ValueError, ZeroDivisionError):
                continue
            if max(floor, 0.01) < exp(theta[0]) < floor + 1:
                found.append((f(*theta), exp(theta[0]), exp(theta[1])))
    return max(found)


def published(survivors, a, b, c):
    fixed = loggamma(a + b) - loggamma(b)
    return likelihood(survivors, lambda t: exp(fixed + loggamma(b + mpf(t) ** c) - loggamma(a + b + mpf(t) ** c)))


def slope(survivors, onset, exponent, at_limit):
    rates = []
    for c in (200, 400, 800, 1600):
        a = exponent / c
        if onset < 1:
            q = onset ** exponent
            value = published(survivors, a, a * q / (1 - q), c)
        else:
            f = lambda y: published(survivors, a, exp(y) * onset ** c, c)
            low, high = mpf(-10), mpf(10)
            ratio = (mpf(5) ** 0.5 - 1) / 2
            while high - low > mpf(10) ** -8:
                p, r = high - ratio * (high - low), low + ratio * (high - low)
                low, high = (p, high) if f(p) < f(r) else (low, r)
            value = f((low + high) / 2)
        rates.append((value - at_limit) * c)
    for order in range(1, 4):
        rates = [(2**order * later - rate) / (2**order - 1) for rate, later in zip(rates, rates[1:])]
    return rates[0]


out = {"source": "makePowerOfTime.py in this folder: mpmath, 40 digits, for slopes 1400; those good for 1e-4"}
for name, survivors in SETS.items():
    mp.dps = 40
    value, onset, exponent = best(survivors)
    out[name] = {"survivors": survivors, "onset": mp.nstr(onset, 20), "exponent": mp.nstr(exponent, 20),
                 "logLikelihood": mp.nstr(value, 20)}
    if name in WITH_SLOPE:
        mp.dps = 1400
        out[name]["slope"] = mp.nstr(slope(survivors, onset, exponent, limit(survivors, onset, exponent)), 9)
print(json.dumps(out))
