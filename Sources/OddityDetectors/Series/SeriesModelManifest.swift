internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OdditySeries

/// What the model file of a detector of series says beside its numbers.
struct SeriesModelManifest: Codable {
    /// The kind of detector.
    var detector = DetectorKind.series.rawValue
    /// The release that wrote the file.
    var producer: String
    var configuration: SeriesDetector
    var options: SeriesOptions
    var clock: SeriesClock
    var window: WindowLength
    var preparer: TablePreparer
    var scaling: SeriesScaling
    var trainingStepCount: Int
    var trainingEntityCount: Int
    var trainingSource: String?
    /// The steps that calibrate the scores.
    var calibrationStepCount: Int
    var decisionRule: DecisionRule
    /// How the rule was chosen; nil in files of the first release.
    var decisionOrigin: Decision.Origin?
    /// The name of the newer normal data that scores are measured against.
    var recalibrationSource: String?
    var alarms: AlarmSettings
    /// The loss of each member by epoch.
    var histories: [[EpochRecord]]
}

extension SeriesModelManifest {
    /// What no fit can have written; nil where all parts belong together.
    var flaw: String? {
        producerFlaw(producer)
            ?? trainingCountFlaw(
                trainingStepCount,
                atLeast: SeriesDetector.minimumStepCount,
                "steps"
            )
            ?? decisionRule.flaw ?? decisionOrigin?.flaw
            ?? histories.flaw(epochLimit: configuration.epochs) ?? countFlaw ?? windowFlaw
            ?? columnFlaw ?? options.flaw
            ?? preparer.flaw(learnedBy: configuration.preparation)
    }

    private var countFlaw: String? {
        if histories.count != configuration.folds {
            return "it has \(histories.count) training histories for \(configuration.folds) members"
        }
        if histories.contains(where: \.isEmpty) { return "a member was trained for no epoch" }
        if !(1...trainingStepCount ~= trainingEntityCount) {
            return "\(trainingStepCount) steps are of \(trainingEntityCount) series"
        }
        if !(1...trainingStepCount ~= calibrationStepCount) {
            return "\(calibrationStepCount) of \(trainingStepCount) steps were held out"
        }
        return nil
    }

    private var windowFlaw: String? {
        guard 2...SeriesDetector.windowLimit ~= window.steps,
            configuration.windowLength ?? window.steps == window.steps
        else { return "its window has \(window.steps) steps" }
        guard preparer.featureCount > 0 else { return "none of its columns is learned from" }
        return scaling.isSound(featureCount: preparer.featureCount, windowLength: window.steps)
            ? nil : "the scales of its steps do not fit together"
    }

    private var columnFlaw: String? {
        let keys = [options.timeColumn, options.entityColumn].compactMap { $0 }
        if keys.contains("") { return "its column of times or series has no name" }
        if keys.count == 2, keys[0] == keys[1] { return "one column has its times and its series" }
        let learned = Set(preparer.columns.map(\.name))
        if keys.contains(where: learned.contains) {
            return "a column has its times or series and is learned from"
        }
        guard (options.timeColumn == nil) == (clock.format == nil) else {
            return options.timeColumn == nil
                ? "it knows how times are written and has none"
                : "it does not know how its times are written"
        }
        if case .alarmsPerDay = decisionOrigin, options.timeColumn == nil {
            return "it counts alarms a day and has no times"
        }
        return nil
    }
}

extension SeriesOptions {
    /// The most values in a row that can be filled.
    private static let fillCountLimit = 1_000_000

    /// What the initializer does not take.
    fileprivate var flaw: String? {
        if case .resample(let interval?) = sampling, interval <= 0 {
            return "it resamples at \(interval) ns"
        }
        if !(gapLimit >= 1 && gapLimit.isUsable) { return "a gap has \(gapLimit) intervals" }
        return 0...Self.fillCountLimit ~= fillLimit ? nil : "it fills \(fillLimit) missing values"
    }
}
