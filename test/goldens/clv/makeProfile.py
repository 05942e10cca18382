"""Makes profile_bgnbd_cdnow.json: the ends of the 90 % profile-likelihood intervals of BG/NBD on the CDNOW sample.

    python makeProfile.py > profile_bgnbd_cdnow.json    # needs mpmath; a minute

At an end, the derivatives by the other parameters are 0 and the log-likelihood is z^2/2 below its maximum: Newton's
method on these four equations, with derivatives by central differences at 50 digits.
"""

import collections
import csv
import datetime
import json
import os

import mpmath as mp

mp.mp.dps = 50
here = os.path.dirname(os.path.abspath(__file__))
START, END = datetime.date(1997, 1, 1), datetime.date(1997, 9, 30)

days = collections.defaultdict(set)
with open(os.path.join(here, "../../../examples/data/cdnow-sample.csv")) as file:
    for row in list(csv.reader(file))[1:]:
        day = datetime.date.fromisoformat(row[1])
        if day <= END:
            days[row[0]].add(day)
histories = collections.Counter(
    (len(d) - 1, (max(d) - min(d)).days, (END - min(d)).days) for d in days.values()
)


def log_likelihood(theta):
    r, alpha, a, b = [mp.e**v for v in theta]
    counted = {}
    log_time = {}
    total = mp.mpf(0)
    for (x, last, age), customers in histories.items():
        if x not in counted:
            counted[x] = (
                mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(alpha)
                + mp.loggamma(b + x) + mp.loggamma(a + b) - mp.loggamma(a + b + x) - mp.loggamma(b)
            )
        for t in (last, age):
            if t not in log_time:
                log_time[t] = mp.log(alpha + mp.mpf(t) / 7)
        value = counted[x] - (r + x) * log_time[age]
        if x > 0:
            value += mp.log1p(a / (b + x - 1) * mp.e ** ((r + x) * (log_time[age] - log_time[last])))
        total += customers * value
    return total


H = mp.mpf(10) ** -12


def expand(theta):
    def at(*moves):
        moved = list(theta)
        for j, h in moves:
            moved[j] += h
        return log_likelihood(moved)

    centre = at()
    one = [(at((j, H)), at((j, -H))) for j in range(4)]
    gradient = [(up - down) / (2 * H) for up, down in one]
    hessian = mp.zeros(4)
    for j in range(4):
        hessian[j, j] = (one[j][0] - 2 * centre + one[j][1]) / H**2
        for k in range(j):
            both = at((j, H), (k, H)) + at((j, -H), (k, -H)) - at((j, H), (k, -H)) - at((j, -H), (k, H))
            hessian[j, k] = hessian[k, j] = both / (4 * H**2)
    return centre, gradient, hessian


theta = [mp.log(v) for v in ("0.2425945", "4.4135956", "0.7929215", "2.4259109")]
for _ in range(4):
    best, gradient, hessian = expand(theta)
    step = mp.lu_solve(hessian, mp.matrix(gradient))
    theta = [v - s for v, s in zip(theta, step)]
best = log_likelihood(theta)
covariance = -(hessian**-1)
z = mp.sqrt(2) * mp.erfinv(mp.mpf("0.9"))

ends = {}
for i, name in enumerate(("r", "alpha", "a", "b")):
    ends[name] = []
    for side in (-1, 1):
        point = [v + side * z * covariance[k, i] / mp.sqrt(covariance[i, i]) for k, v in enumerate(theta)]
        for _ in range(40):
            value, gradient, hessian = expand(point)
            gap = [gradient[k] for k in range(4)]
            jacobian = hessian.copy()
            gap[i] = value - (best - z**2 / 2)
            for k in range(4):
                jacobian[i, k] = gradient[k]
            step = mp.lu_solve(jacobian, mp.matrix(gap))
            point = [v - s for v, s in zip(point, step)]
            if max(abs(s) for s in step) < mp.mpf(10) ** -20:
                break
        else:
            raise SystemExit(f"no end of {name}")
        ends[name].append(mp.nstr(mp.e ** point[i], 15))

print(json.dumps({"source": "makeProfile.py: mpmath, 50 digits, differences of 1e-12", "level": 0.9, "ends": ends}, indent=1))
