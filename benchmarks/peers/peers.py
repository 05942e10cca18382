"""Peers of the benchmarks, on the same data.

Reads one request a line, {work, size, data, options}, and prints one line for each, {work, size, cpuMs, answer} or
{work, size, failure}. Data are files of raw numbers. Only the work itself is on the clock, which counts the CPU time of
this process: import, reading and judging are not.
"""

import importlib.metadata
import json
import sys
import time

import numpy as np

TYPES = {"Float64Array": "<f8", "Uint32Array": "<u4", "Uint8Array": "u1"}


def summary(columns, ids):
    import pandas as pd

    customer = columns["customer"]
    if ids == "text":
        customer = pd.Series([f"c{number}" for number in customer])
    frame = pd.DataFrame({"customer": customer, "time": columns["time"], "value": columns["value"]})
    last_day = int(columns["asOf"][0] // 86_400_000)

    def run():
        events = frame.assign(day=(frame.time // 86_400_000).astype("int32"))
        by = events.groupby("customer", sort=False)
        events["later"] = events.value.where(events.day > by.day.transform("min"), 0.0)
        table = by.agg(
            days=("day", "nunique"),
            first=("day", "min"),
            last=("day", "max"),
            total=("value", "sum"),
            later=("later", "sum"),
        )
        repeats = table.days - 1
        return pd.DataFrame(
            {
                "repeats": repeats,
                "ageAtLast": table["last"] - table["first"],
                "age": last_day - table["first"],
                "total": table.total,
                "meanRepeatValue": (table.later / repeats).where(repeats > 0, 0.0),
            }
        )

    return run, lambda table: {"customers": len(table), **{name: float(table[name].sum()) for name in table}}


def bg_nbd(columns):
    from lifetimes import BetaGeoFitter

    def run():
        return BetaGeoFitter().fit(columns["repeats"], columns["ageAtLast"], columns["age"])

    return run, lambda fitter: dict(fitter.params_)


def pareto_nbd(columns):
    from lifetimes import ParetoNBDFitter

    def run():
        return ParetoNBDFitter().fit(columns["repeats"], columns["ageAtLast"], columns["age"])

    return run, lambda fitter: dict(fitter.params_)


def gamma_gamma(columns):
    from lifetimes import GammaGammaFitter

    repeated = columns["repeats"] > 0

    def run():
        return GammaGammaFitter().fit(columns["repeats"][repeated], columns["meanRepeatValue"][repeated])

    return run, lambda fitter: dict(fitter.params_)


def forecast(columns, what, purchases, spend, horizon):
    import pandas as pd
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    model, money = BetaGeoFitter(), GammaGammaFitter()
    model.params_ = pd.Series(purchases)
    money.params_ = pd.Series(spend)
    model.predict = model.conditional_expected_number_of_purchases_up_to_time
    history = (columns["repeats"].astype(float), columns["ageAtLast"], columns["age"])
    mean = pd.Series(columns["meanRepeatValue"])

    def run():
        if what == "alive":
            return model.conditional_probability_alive(*history)
        if what == "expected":
            return model.predict(horizon, *history)
        return money.customer_lifetime_value(
            model, *(pd.Series(part) for part in history), mean, time=12, discount_rate=0.01, freq="W"
        )

    return run, lambda values: {"sum": float(np.sum(values)), "first": [float(value) for value in np.asarray(values)[:1000]]}


def k_means(columns, width, k, seeds, iterations):
    from sklearn.cluster import KMeans

    rows = np.ascontiguousarray(columns["values"].reshape(width, -1).T)

    def run():
        return [
            KMeans(k, n_init=1, algorithm="lloyd", max_iter=iterations, random_state=seed).fit(rows) for seed in seeds
        ]

    return run, lambda fits: float(np.mean([fit.inertia_ for fit in fits]))


def forest(columns, width, trees):
    from sklearn.ensemble import RandomForestClassifier

    # Ten rows of a leaf, counted as often as the bootstrap drew them, are about six different ones.
    return classifier(columns, width, RandomForestClassifier(trees, min_samples_leaf=6, random_state=1, n_jobs=1))


def boosting(columns, width, trees, depth, rate):
    from sklearn.ensemble import HistGradientBoostingClassifier

    return classifier(
        columns,
        width,
        HistGradientBoostingClassifier(
            max_iter=trees, max_depth=depth, max_leaf_nodes=None, learning_rate=rate, l2_regularization=1,
            early_stopping=False, random_state=1,
        ),
    )  # fmt: skip


def classifier(columns, width, model):
    from sklearn.base import clone
    from sklearn.metrics import roc_auc_score

    train = np.ascontiguousarray(columns["train"].reshape(width, -1).T)
    test = np.ascontiguousarray(columns["test"].reshape(width, -1).T)

    def run():
        return clone(model).fit(train, columns["trainLabels"])

    return run, lambda fit: float(roc_auc_score(columns["testLabels"], fit.predict_proba(test)[:, 1]))


WORKS = {
    "summary": summary,
    "bgNbd": bg_nbd,
    "paretoNbd": pareto_nbd,
    "gammaGamma": gamma_gamma,
    "forecast": forecast,
    "kMeans": k_means,
    "forest": forest,
    "boosting": boosting,
}


def versions():
    found = {"Python": sys.version.split()[0]}
    for name in ("pandas", "scikit-learn", "lifetimes"):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass  # its contestants sit out
    return found


def main():
    # Peers may print; the lines of answers must stay clean.
    out, sys.stdout = sys.stdout, sys.stderr

    def say(message):
        print(json.dumps(message), file=out, flush=True)

    say({"versions": versions()})
    prepared_for, prepared = None, None
    for line in sys.stdin:
        request = json.loads(line)
        place = {"work": request["work"], "size": request["size"]}
        try:
            if line != prepared_for:
                columns = {part["column"]: np.fromfile(part["path"], TYPES[part["type"]]) for part in request["data"]}
                prepared = WORKS[request["work"]](columns, **request["options"])
                prepared_for = line
            run, judge = prepared
            start = time.process_time()
            result = run()
            seconds = time.process_time() - start
            say({**place, "cpuMs": 1000 * seconds, "answer": judge(result)})
        except Exception as error:
            say({**place, "failure": f"{type(error).__name__}: {error}".strip().replace("\n", " ")})


if __name__ == "__main__":
    main()
