internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityRecords
internal import OdditySeries

/// The labelled data that a threshold is chosen on.
private struct ValidationData: LabeledDataReader {
    let model: String
    let data: String
    let truth: TruthArguments
    let reading: ReadingArguments
    let badRows: BadRowArguments
    let broken: BrokenImageArguments
    let threads: ThreadArguments
    let adaptation: SeriesAdaptation
    let timeColumn: String?
}

extension FitCommand {
    /// Whether the threshold is chosen by a rule.
    private var hasRule: Bool { rule.set != nil || validation.validation != nil }

    /// Whether the labelled data have the column of answers that the training data may lack.
    var mayLackLabel: Bool { validation.validation != nil }

    /// The rule that chooses the threshold; nil for a false-alarm rate or a budget of alarms.
    private func chosenThreshold() throws -> ChosenThreshold? {
        let chosen = try rule.chosen(lacking: validation.validation == nil ? "--validation" : nil)
        return chosen ?? (validation.validation == nil ? nil : .labeled(.youden))
    }

    /// Refuses what a threshold by a rule does not go with, and options that go with nothing else.
    func checkThreshold() throws {
        let chosen = try chosenThreshold()
        if let option = rule.firstGivenCost, rule.set != "cost" {
            throw ValidationError("\(option) goes with --set cost")
        }
        if rule.rowsPerDay != nil, rule.set?.hasPrefix("alerts-per-day") != true {
            throw ValidationError("--rows-per-day goes with --set alerts-per-day=N")
        }
        if rule.on != nil, chosen == nil { throw ValidationError("--on goes with --set") }
        guard hasRule else { return }
        let option = rule.set == nil ? "--validation" : "--set"
        if let other = firstGiven(of: "--false-alarm-rate", "--alarms-per-day") {
            throw ValidationError("\(option) and \(other) both choose a threshold; give one")
        }
        if let scores {
            throw ValidationError(
                "\(option) chooses a threshold for rows to come, and --scores \(shownPath(scores)) judges those that "
                    + "were learned from"
            )
        }
        guard validation.validation != nil else { return }
        if labels.normal != nil {
            throw ValidationError("--validation takes the label of an anomaly, by --positive")
        }
        let isLabeled = columns.label != nil || validation.labels != nil
        if let path = validation.validation, !isImages(path), !isLabeled {
            throw ValidationError(
                ArraySeries.isSeries(path: path, format: reading.inputFormat)
                    ? "--validation takes --labels for an array, an array of as many labels"
                    : "--validation takes --label, the column of its answers"
            )
        }
    }

    /// The labelled data; nil where none were given.
    private var validationData: ValidationData? {
        get throws {
            guard let path = validation.validation else { return nil }
            let options: [(name: String, value: String?)] = [
                ("label", columns.label), ("positive", labels.positive),
                ("labels", validation.labels),
            ]
            let words = options.compactMap { option in
                option.value.map { "--\(option.name)=\($0)" }
            }
            return ValidationData(
                model: output,
                data: path,
                truth: try TruthArguments.parse(words),
                reading: reading,
                badRows: try BadRowArguments.parse([]),
                broken: broken,
                threads: threads,
                adaptation: try AdaptationArguments.parse([]).adaptation,
                timeColumn: rule.timeColumn
            )
        }
    }

    /// Reads the labels before the work, so that none is lost for a label that cannot be used.
    ///
    /// - Parameter schema: the columns that are learned from.
    func checkValidation(_ schema: Schema) throws {
        guard let data = try validationData, let chosen = try chosenThreshold() else { return }
        let values = try CommandFailure.reporting(file: data.data) {
            try data.labelsOfRows(beside: schema)
        }
        try check(values, chosen)
    }

    /// The same for images.
    func checkValidationImages() throws {
        guard let data = try validationData, let chosen = try chosenThreshold() else { return }
        let values = try CommandFailure.reporting(file: data.data) { try data.labelsOfImages() }
        try check(values, chosen)
    }

    /// Refuses labels that a rule cannot choose by.
    private func check(_ labels: [Bool], _ chosen: ChosenThreshold) throws {
        guard case .labeled(let criterion) = chosen else { return }
        try CommandFailure.reporting(file: validation.validation) {
            let none = [Double](repeating: 0, count: labels.count)
            _ = try LabeledScores(scores: none, labels: labels).threshold(by: criterion)
        }
    }

    /// Writes a model, with the threshold that a rule chooses where one was given.
    ///
    /// - Parameter model: the detector as it is.
    /// - Returns: what to tell of the threshold.
    func write<Detector: FittedDetector>(
        _ detector: inout Detector,
        as model: Model
    ) throws -> [String] {
        guard let chosen = try chosenThreshold() else {
            try detector.write(to: output)
            return []
        }
        do {
            let data = try validationData.map { try LabeledData($0.scored(by: model)) }
            detector.decision = try rule.decision(of: detector, by: chosen, on: data)
            try detector.write(to: output)
            return [FitReport.line("threshold", "anomaly when \(detector.decisionText)")]
                + (try data.map { [FitReport.line("labelled", try $0.text(of: detector))] } ?? [])
        } catch {
            // What took long to learn is not lost for a threshold that cannot be.
            try detector.write(to: output)
            Console.error(
                "note: \(shownPath(output)) is written with \(detector.decisionRule) all the same"
            )
            throw error
        }
    }
}
