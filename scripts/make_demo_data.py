#!/usr/bin/env python3
"""Writes the two tables of `oddity demo` from the copy of the data set that scikit-learn ships.

    python3 -m pip install scikit-learn && python3 scripts/make_demo_data.py

Breast Cancer Wisconsin (Diagnostic): 569 biopsies, 30 measurements of cell nuclei each.
benign-train.csv has two of every three benign rows and no label; patients.csv has the other benign rows and all
malignant ones, with the diagnosis. Numbers are written as they are.
"""
import csv, os
from sklearn.datasets import load_breast_cancer

data = load_breast_cancer()
names = [n.replace(" ", "_") for n in data.feature_names]
folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources", "COddityDemoData")
benign = [i for i, t in enumerate(data.target) if data.target_names[t] == "benign"]
train = [i for k, i in enumerate(benign) if k % 3 != 2]
test = [i for i in range(len(data.target)) if i not in set(train)]

def write(name, rows, label):
    with open(os.path.join(folder, name), "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(names + (["diagnosis"] if label else []))
        for i in rows:
            w.writerow([repr(float(v)) for v in data.data[i]] + ([data.target_names[data.target[i]]] if label else []))

write("benign-train.csv", train, False)
write("patients.csv", test, True)
print(len(train), "training rows;", len(test), "test rows")
