internal import OddityDatasets
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
    /// The columns that are judged by their distance from their recent level alone; nil where there are none.
    var trendColumns: [String]?
    /// What is usual at times of day or week; nil where nothing repeats.
    var season: SeasonalProfile?
    /// How the distances of all columns of numbers are looked at; nil where they are not.
    var distances: SeriesViewManifest?
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
            ?? columnFlaw ?? options.flaw ?? viewFlaw
    }

    /// The ways in which steps are looked at.
    var views: [SeriesViewManifest] {
        let first = SeriesViewManifest(
            removed: trendColumns ?? [],
            preparer: preparer,
            scaling: scaling,
            histories: histories
        )
        return [first] + [distances].compactMap(\.self)
    }

    /// The span of a view's slowest average.
    func windowLength(of view: SeriesViewManifest) -> Int {
        configuration.windowLength(
            window.steps,
            removing: view.removed,
            of: view.preparer.numberColumns
        )
    }

    /// What cannot be of any view, and what of one beside the other.
    private var viewFlaw: String? {
        let numbers = preparer.numberColumns
        if let flaw = season?.flaw(among: numbers) { return flaw }
        if season != nil, options.timeColumn == nil {
            return "it knows what is usual at times, and has none"
        }
        for view in views {
            if let flaw = view.preparer.flaw(learnedBy: configuration.preparation) { return flaw }
            let known = Set(numbers)
            if let name = view.removed.first(where: { !known.contains($0) }) {
                return
                    "it follows the level of \(quoted(name)), which is none of its columns of numbers"
            }
            if Set(view.removed).count != view.removed.count {
                return "it follows the level of a column twice"
            }
        }
        guard let distances else { return nil }
        guard !configuration.network.usesWindows, distances.removed == numbers,
            distances.preparer.columns.map(\.name) == numbers
        else { return "its distances are not those of its columns of numbers" }
        return distances.histories.flaw(epochLimit: configuration.epochs)
    }

    private var countFlaw: String? {
        for histories in views.map(\.histories) {
            if histories.count != configuration.folds {
                return
                    "it has \(histories.count) training histories for \(configuration.folds) members"
            }
            if histories.contains(where: \.isEmpty) { return "a member was trained for no epoch" }
        }
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
        for view in views {
            let count = view.preparer.featureCount
            guard count > 0 else { return "none of its columns is learned from" }
            let windowLength = windowLength(of: view)
            guard view.scaling.isSound(featureCount: count, windowLength: windowLength) else {
                return "the scales of its steps do not fit together"
            }
        }
        return nil
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
