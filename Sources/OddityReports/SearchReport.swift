/// What a search for settings tried and found, as a page of its own.
public struct SearchReport: Equatable, Sendable {
    /// A configuration that was tried.
    public struct Trial: Equatable, Sendable {
        /// Its number, from 1.
        public var number: Int
        /// Its settings in a few words.
        public var settings: String
        /// The size of the code.
        public var latentSize: Int
        /// Its results, after ever longer trainings.
        public var results: [Result]
        /// Whether it is the one to use.
        public var isChosen: Bool

        /// Describes a trial.
        public init(
            number: Int,
            settings: String,
            latentSize: Int,
            results: [Result],
            isChosen: Bool
        ) {
            self.number = number
            self.settings = settings
            self.latentSize = latentSize
            self.results = results
            self.isChosen = isChosen
        }
    }

    /// What came of a training.
    public struct Result: Equatable, Sendable {
        /// The share of the epochs that was trained, in (0, 1].
        public var share: Double
        /// The mean loss on held-out rows.
        public var heldOutLoss: Double
        /// What trials were compared by.
        public var merit: Double

        /// Describes a result.
        public init(share: Double, heldOutLoss: Double, merit: Double) {
            self.share = share
            self.heldOutLoss = heldOutLoss
            self.merit = merit
        }
    }

    /// The heading of the page.
    public var title: String
    /// What was searched, in one line.
    public var subtitle: String
    /// What ``Result/merit`` is, such as “AUROC on the validation rows”.
    public var meritName: String
    /// Whether a smaller ``Result/merit`` is better, as with a cost.
    public var isLowerBetter: Bool
    /// The trials, by number.
    public var trials: [Trial]
    /// What is known of the chosen one, its figures on test rows among it.
    public var facts: [ModelCardSection]

    /// Describes a search.
    public init(
        title: String,
        subtitle: String,
        meritName: String,
        isLowerBetter: Bool = false,
        trials: [Trial],
        facts: [ModelCardSection]
    ) {
        self.title = title
        self.subtitle = subtitle
        self.meritName = meritName
        self.isLowerBetter = isLowerBetter
        self.trials = trials
        self.facts = facts
    }
}

extension SearchReport {
    /// The held-out loss against the size of the code.
    public var lossChart: LineChart {
        chart(
            title: "Held-out loss",
            summary: "The loss on held-out rows against the size of the code: it falls as the code "
                + "widens, so it cannot choose the size.",
            axis: ChartAxis(title: "held-out loss", scale: .logarithmic),
            value: \.heldOutLoss
        )
    }

    /// What the trials were compared by against the size of the code.
    public var meritChart: LineChart {
        chart(
            title: "Detection",
            summary: "The \(meritName) against the size of the code; the chosen trial is marked.",
            axis: ChartAxis(title: meritName),
            value: \.merit
        )
    }

    private func chart(
        title: String,
        summary: String,
        axis: ChartAxis,
        value: (Result) -> Double
    ) -> LineChart {
        var markers: [ChartMarker] = []
        for isFull in [false, true] {
            for trial in trials {
                for result in trial.results where (result.share == 1) == isFull {
                    let isChosen = trial.isChosen && isFull
                    markers.append(
                        ChartMarker(
                            name: isChosen
                                ? "chosen" : isFull ? "all epochs" : "some of the epochs",
                            point: ChartPoint(x: Double(trial.latentSize), y: value(result)),
                            color: isChosen ? .green : isFull ? .vermilion : .blue,
                            shape: isChosen ? .diamond : isFull ? .square : .circle
                        )
                    )
                }
            }
        }
        // What is drawn last lies on top.
        markers = markers.filter { $0.color != .green } + markers.filter { $0.color == .green }
        return LineChart(
            title: title,
            summary: summary,
            xAxis: ChartAxis(title: "size of the code", scale: .logarithmic),
            yAxis: axis,
            series: medians(value),
            markers: markers
        )
    }

    /// The median of each code size over the trials' first results, which had equally long trainings.
    private func medians(_ value: (Result) -> Double) -> [ChartSeries] {
        let share = trials.compactMap { $0.results.first?.share }.min() ?? 1
        var values: [Int: [Double]] = [:]
        for trial in trials {
            for result in trial.results where result.share == share {
                values[trial.latentSize, default: []].append(value(result))
            }
        }
        let points = values.keys.sorted().map { size in
            let sorted = (values[size] ?? []).sorted()
            let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
            return ChartPoint(x: Double(size), y: middle)
        }
        return [ChartSeries(name: "median", points: points, style: .thin)]
    }
}
