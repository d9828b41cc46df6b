package import OddityDetectors
internal import OddityFailures
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityReports
internal import OdditySeries

/// What a model of series is, for programs: `--json` of `fit`, `inspect` and `verify`.
package struct SeriesModelSummary: Encodable {
    package let producer: String
    package let trainingSource: OrNull<String>
    package let trainingSteps, trainingSeries, calibrationSteps: Int
    package let columns: [String]
    package let timeColumn, entityColumn: OrNull<String>
    /// Null where every row is one step.
    package let intervalSeconds: OrNull<Double>
    package let window: Int
    package let windowReason: String
    package let spans: [Double]
    package let members, parameters: Int
    /// The columns that are judged by their distance from their recent level alone.
    package let trendColumns: [String]
    /// The columns that are judged by their distance from what is usual at the time of day or week.
    package let seasonalColumns: [String]
    /// Whether all columns of numbers are judged by their distance from their recent level too.
    package let judgesDistances: Bool
    /// The newer data that scores are measured against; null for the held-out data of the fit.
    package let recalibrationSource: OrNull<String>
    package let decisionRule: String
    /// How the rule was chosen; null for the standard and for a rule by hand.
    package let decisionOrigin: OrNull<String>
    /// Null where no row can pass it.
    package let threshold: OrNull<Double>
    package let configuration: SeriesDetector

    package init(_ detector: FittedSeriesDetector) {
        producer = detector.provenance.producer
        trainingSource = OrNull(detector.provenance.source)
        trainingSteps = detector.provenance.trainingCount
        trainingSeries = detector.trainingEntityCount
        calibrationSteps = detector.heldOut.count
        columns = detector.preparer.columns.map(\.name)
        timeColumn = OrNull(detector.options.timeColumn)
        entityColumn = OrNull(detector.options.entityColumn)
        intervalSeconds = OrNull(
            detector.clock.format == nil ? nil : Double(detector.clock.interval) / 1e9
        )
        window = detector.window.steps
        windowReason = detector.window.reason
        spans = detector.spans
        members = detector.memberCount
        parameters = detector.parameterCount
        trendColumns = detector.trendColumns
        seasonalColumns = detector.season?.columns ?? []
        judgesDistances = detector.judgesDistances
        recalibrationSource = OrNull(detector.recalibration.map { $0.source ?? "data in memory" })
        decisionRule = "\(detector.decisionRule)"
        decisionOrigin = OrNull(detector.decision.originText(detector.heldOut))
        threshold = OrNull(detector.finiteThreshold)
        configuration = detector.configuration
    }
}

extension ModelCard {
    /// What a model of series is.
    package init(_ detector: FittedSeriesDetector) {
        let names = detector.preparer.columns.map(\.name)
        func section(_ title: String, _ entries: [(String, String)]) -> ModelCardSection {
            ModelCardSection(title: title, entries: entries.map { .init(name: $0.0, value: $0.1) })
        }
        self.init(sections: [
            section(
                "Data",
                [
                    ("series", detector.seriesText),
                    ("columns", "\(names.count): \(names.joined(separator: ", "))"),
                    ("time column", detector.options.timeColumn ?? "none: one step a row"),
                    ("entity column", detector.options.entityColumn ?? "none"),
                    (
                        "a gap is",
                        "a step longer than \(decimals(detector.options.gapLimit, 1)) intervals"
                    ), ("filled", "up to \(detector.options.fillLimit) missing values in a row"),
                    ("duplicates", detector.options.duplicates.rawValue),
                ]
            ),
            section(
                "Network",
                [
                    ("looks back", detector.windowText), ("layers", detector.networkText),
                    ("trends", detector.trendText), ("seasons", detector.seasonText),
                    ("variant", detector.configuration.network.variant.name),
                    ("parameters", "\(grouped(detector.parameterCount)) in each member"),
                    ("members", String(detector.memberCount)),
                    ("loss", detector.configuration.loss.name),
                    ("learning rate", "\(detector.configuration.learningRate)"),
                    (
                        "epochs",
                        detector.histories.map { String($0.epochs.count) }.joined(separator: ", ")
                    ), ("seed", String(detector.configuration.seed)),
                ]
            ),
            section("Calibration", detector.calibrationEntries),
            section(
                "Provenance",
                [
                    ("made by", detector.provenance.producer),
                    ("trained on", detector.provenance.sourceText),
                ]
            ),
        ])
    }
}

extension FittedSeriesDetector {
    /// What it was fitted to.
    package var seriesText: String {
        "\(counted(provenance.trainingCount, "step")) of \(counted(trainingEntityCount, "series", "series")), "
            + "one every \(clock.stepText)"
            + (clock.step == clock.interval ? "" : ", of rows \(clock.intervalText) apart")
    }

    /// How far it looks back, and why.
    package var windowText: String {
        "\(counted(window.steps, "step")): \(printable(window.reason, limit: 300))"
    }

    /// What the network is made of.
    package var networkText: String {
        let network = configuration.network
        let kind =
            switch network.kind {
            case .averages:
                "dense on the step, its averages over "
                    + spans.map { decimals($0, 0) }.joined(separator: " and ") + " steps, and its "
                    + "activity"
            case .dense: "dense on windows"
            case .convolutional: "convolutions on windows"
            case .lstm: "LSTM on windows"
            case .gru: "GRU on windows"
            }
        let looks =
            judgesDistances ? kind + ", once as they are and once less their recent levels" : kind
        return network.target == .forecast ? "forecast, \(looks)" : looks
    }

    /// Which columns are judged by their distance from what is usual at the time.
    package var seasonText: String {
        season.map { "of a \($0.unit), removed from \($0.columns.joined(separator: ", "))" }
            ?? "none removed"
    }

    /// Which columns are judged by their distance from their recent level alone.
    package var trendText: String {
        trendColumns.isEmpty
            ? "none removed" : "removed from \(trendColumns.joined(separator: ", "))"
    }
}
