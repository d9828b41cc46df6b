"""Scores and fits frames of Spark: the rows stay where they are, and the model goes to them.

PySpark 4 and this package must be installed on the driver and on all executors.

>>> import oddity.spark
>>> normal = spark.range(2000).selectExpr("id", "id % 7 AS load", "2 * (id % 7) + id % 3 AS flow")
>>> detector = oddity.spark.fit(normal, oddity.Detector(epochs=20, ignore=["id"]))
>>> odd = spark.createDataFrame([(1, 3, 7), (2, 6, 0)], ["id", "load", "flow"])
>>> oddity.spark.score(odd, detector, keep=["id"]).select("id", "anomaly").show()
+---+-------+
| id|anomaly|
+---+-------+
|  1|  false|
|  2|   true|
+---+-------+
<BLANKLINE>
"""

from oddity.spark._fitting import fit
from oddity.spark._sampling import Sample, sample
from oddity.spark._scoring import score

__all__ = ["Sample", "fit", "sample", "score"]
