import OddityEvaluation

extension EvaluationReport {
    /// The ROC curve with the operating points.
    public var rocChart: LineChart? {
        guard let roc else { return nil }
        let area = NumberText.fixed(roc.area, decimals: 3)
        return LineChart(
            title: "ROC curve",
            summary:
                "Detection rate against false-alarm rate. The area under the curve is \(area).",
            xAxis: ChartAxis(title: "false-alarm rate", range: 0...1, isPercentage: true),
            yAxis: ChartAxis(title: "detection rate", range: 0...1, isPercentage: true),
            series: [
                ChartSeries(
                    name: "AUROC \(area)",
                    points: roc.points.map {
                        ChartPoint(x: $0.falseAlarmRate, y: $0.detectionRate)
                    }
                )
            ],
            references: [
                ReferenceLine(
                    name: "chance",
                    place: .segment(ChartPoint(x: 0, y: 0), ChartPoint(x: 1, y: 1))
                )
            ],
            markers: markers { ($0.falseAlarmRate, $0.recall) }
        )
    }

    /// The precision–recall curve with the operating points.
    public var precisionRecallChart: LineChart? {
        guard let curve = precisionRecall else { return nil }
        let average = NumberText.fixed(curve.averagePrecision, decimals: 3)
        return LineChart(
            title: "Precision–recall curve",
            summary: "Precision against recall. The average precision is \(average); "
                + "guessing would reach \(NumberText.percent(curve.prevalence)).",
            xAxis: ChartAxis(
                title: "recall (detection rate)",
                range: 0...1,
                isPercentage: true
            ),
            yAxis: ChartAxis(title: "precision", range: 0...1, isPercentage: true),
            series: [
                ChartSeries(name: "AP \(average)", points: Self.steps(of: curve))
            ],
            references: [
                ReferenceLine(name: "chance", place: .horizontal(curve.prevalence))
            ],
            markers: markers { ($0.recall, $0.precision) }
        )
    }

    /// The scores by class with the model's threshold.
    public var histogramChart: HistogramChart? {
        histogram.map {
            HistogramChart(
                title: "Scores by class",
                summary: "How many normal rows and anomalies have which score.",
                histogram: $0,
                threshold: operatingPoints.first { $0.isModelsOwn }?.threshold
            )
        }
    }

    /// The p-values of normal rows against those of rows like the held-out ones: a diagonal, where they are alike.
    public var pValueChart: LineChart? {
        let sorted = normalPValues.filter { $0 > 0 && $0 <= 1 }.sorted()
        guard sorted.count > 1 else { return nil }
        let count = Double(sorted.count)
        let ends = (ChartPoint(x: 1 / (count + 1), y: 1 / (count + 1)), ChartPoint(x: 1, y: 1))
        return LineChart(
            title: "P-values of normal rows",
            summary:
                "On the diagonal normal rows are as odd as the held-out ones, and a false-alarm rate is kept. Below it "
                + "they are odder, and raise more false alarms than were asked for; above it fewer.",
            xAxis: ChartAxis(title: "share of normal rows", scale: .logarithmic),
            yAxis: ChartAxis(title: "p-value", scale: .logarithmic),
            series: [
                ChartSeries(
                    name: "normal rows",
                    points: sorted.enumerated().map {
                        ChartPoint(x: Double($0 + 1) / (count + 1), y: $1)
                    }
                )
            ],
            references: [
                ReferenceLine(name: "as held out", place: .segment(ends.0, ends.1))
            ]
        )
    }

    /// What a row costs at each threshold.
    public var costChart: LineChart? {
        guard let movableThreshold else { return nil }
        let costs = movableThreshold.costs
        let own = operatingPoints.first { $0.isModelsOwn }?.threshold
        return LineChart(
            title: "Cost per row",
            summary: "What false alarms and misses cost on these rows at each threshold.",
            xAxis: ChartAxis(title: movableThreshold.measure),
            yAxis: ChartAxis(title: "cost per row"),
            series: [ChartSeries(name: "cost", points: costs)],
            references: own.map {
                [ReferenceLine(name: "model's threshold", place: .vertical($0))]
            } ?? []
        )
    }

    /// The losses of every member, epoch by epoch.
    public var trainingChart: LineChart? {
        guard !trainingCurves.isEmpty else { return nil }
        func line(_ name: String, _ losses: [Double], _ color: ChartColor) -> ChartSeries {
            ChartSeries(
                name: name,
                points: losses.enumerated().map { ChartPoint(x: Double($0 + 1), y: $1) },
                color: color,
                style: .thin
            )
        }
        let training = trainingCurves.map { line("training", $0.training, .blue) }
        let validation = trainingCurves.filter { !$0.validation.isEmpty }
            .map { line("validation", $0.validation, .vermilion) }
        let best = trainingCurves.compactMap { curve -> ChartMarker? in
            guard let epoch = curve.bestEpoch else { return nil }
            let losses = curve.validation.isEmpty ? curve.training : curve.validation
            guard losses.indices.contains(epoch - 1) else { return nil }
            return ChartMarker(
                name: "kept",
                point: ChartPoint(x: Double(epoch), y: losses[epoch - 1]),
                color: curve.validation.isEmpty ? .blue : .vermilion,
                shape: .circle
            )
        }
        let losses = trainingCurves.flatMap { $0.training + $0.validation }.filter(\.isFinite)
        let isPositive = losses.allSatisfy { $0 > 0 }
        return LineChart(
            title: "Training",
            summary: "The loss after each epoch, one line for each of \(trainingCurves.count) "
                + (trainingCurves.count == 1 ? "network." : "networks."),
            xAxis: ChartAxis(title: "epoch"),
            yAxis: ChartAxis(
                title: isPositive ? "loss (logarithmic)" : "loss",
                scale: isPositive ? .logarithmic : .linear
            ),
            series: training + validation,
            markers: best
        )
    }

    /// The form and colour of an operating point, the same in charts and table.
    static func look(of index: Int) -> (color: ChartColor, shape: ChartMarker.Shape) {
        let colors: [ChartColor] = [.vermilion, .green, .purple, .amber]
        let shapes = ChartMarker.Shape.allCases
        return (colors[index % colors.count], shapes[index % shapes.count])
    }

    private func markers(
        at place: (ConfusionMatrix) -> (x: Double?, y: Double?)
    ) -> [ChartMarker] {
        operatingPoints.enumerated().compactMap { index, point in
            let (x, y) = place(point.confusionMatrix)
            guard let x, let y else { return nil }
            let (color, shape) = Self.look(of: index)
            return ChartMarker(
                name: point.name,
                point: ChartPoint(x: x, y: y),
                color: color,
                shape: shape
            )
        }
    }

    /// The curve as the steps whose area is the average precision.
    private static func steps(of curve: PrecisionRecallCurve) -> [ChartPoint] {
        var points: [ChartPoint] = []
        var recall = 0.0
        for point in curve.points {
            points.append(ChartPoint(x: recall, y: point.precision))
            points.append(ChartPoint(x: point.recall, y: point.precision))
            recall = point.recall
        }
        return points
    }
}
