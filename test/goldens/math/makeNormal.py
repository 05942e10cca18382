"""Makes normal.json, the tail and the quantiles of the standard normal distribution, with mpmath.

    python makeNormal.py > normal.json    # 360 digits: 2p - 1 must not lose p = 1e-300
"""

import json

import mpmath as mp

mp.mp.dps = 360
Z = [0, 1e-9, 0.001, 0.1, 0.5, 1, 1.4999, 1.5, 1.5001, 2, 3, 5, 8, 15, 30, -0.7, -1.5, -4]
P = [1e-300, 1e-20, 1e-6, 0.001, 0.025, 0.05, 0.1, 0.25, 0.4999, 0.5, 0.50001, 0.75, 0.9, 0.95, 0.975, 0.995, 0.999999]
tail = [[z, mp.nstr(mp.erfc(mp.mpf(z) / mp.sqrt(2)) / 2, 20)] for z in Z]
quantile = [[p, mp.nstr(mp.sqrt(2) * mp.erfinv(2 * mp.mpf(p) - 1), 20)] for p in P]
source = "mpmath, 360 digits: erfc(z / sqrt 2) / 2, and sqrt 2 erfinv(2p - 1), at the doubles z and p"
print(json.dumps({"source": source, "tail": tail, "quantile": quantile}))
