public import OddityEvaluation

/// What was found in data without labels, as a page to read, print and send.
///
/// Like ``EvaluationReport`` it is one file without scripts and without anything to load, well-formed XML as well
/// as HTML, and the same report is always the same page. Parts that are empty are left out.
public struct FindingsReport: Equatable, Sendable {
    /// What is judged.
    public enum Unit: String, Sendable {
        /// Rows of a table.
        case row
        /// Images.
        case image
        /// Steps of series.
        case step
    }

    /// A column that rows are odd in.
    public struct BlamedColumn: Equatable, Sendable {
        /// The column's name.
        public var name: String
        /// The number of anomalies of which it is the first reason.
        public var firstCount: Int
        /// The number of anomalies of which it is any reason.
        public var count: Int

        /// Makes a column.
        ///
        /// - Parameters:
        ///   - name: The column's name.
        ///   - firstCount: The number of anomalies of which it is the first reason.
        ///   - count: The number of anomalies of which it is any reason.
        public init(name: String, firstCount: Int, count: Int) {
            self.name = name
            self.firstCount = firstCount
            self.count = count
        }
    }

    /// What a column of the data holds.
    public struct ColumnQuality: Equatable, Sendable {
        /// The column's name.
        public var name: String
        /// What it was used as.
        public var role: String
        /// The number of missing values.
        public var missingCount: Int
        /// What it holds, in a few words: its range, or its categories.
        public var content: String
        /// What somebody should look at; empty where nothing is open.
        public var note: String

        /// Makes a column.
        ///
        /// - Parameters:
        ///   - name: The column's name.
        ///   - role: What it was used as.
        ///   - missingCount: The number of missing values.
        ///   - content: What it holds, in a few words.
        ///   - note: What somebody should look at.
        public init(
            name: String,
            role: String,
            missingCount: Int,
            content: String,
            note: String = ""
        ) {
            self.name = name
            self.role = role
            self.missingCount = missingCount
            self.content = content
            self.note = note
        }
    }

    /// The heading.
    public var title: String
    /// What was judged by what, in one line.
    public var subtitle: String
    /// What is judged.
    public var unit: Unit
    /// The number of rows with a score.
    public let count: Int
    /// The number of them that are called anomalies.
    public let anomalyCount: Int
    /// How many would be called anomalies if all were normal; nil where that is not known.
    public var expectedCount: Double?
    /// How many stand out beyond what chance would give; nil where that is not known.
    public var oddShare: OddShare?
    /// The least score that is called an anomaly, where the decision looks at scores.
    public var threshold: Double?
    /// How it was chosen, in a few words.
    public var decision: String
    /// The scores of rows that are called normal and of those that are called anomalies, scaled up where only some were counted.
    public let histogram: ScoreHistogram
    /// The number of rows whose scores were counted.
    let countedCount: Int
    /// The rows with the highest scores.
    public var oddestRows: [ReportedRow] = []
    /// The columns that anomalies are odd in, the most frequent first.
    public var blamedColumns: [BlamedColumn] = []
    /// All rows in two dimensions.
    public var overview: ScatterChart?
    /// What the columns of the data hold.
    public var columns: [ColumnQuality] = []
    /// The names of the rows that nothing was learned from, in their order; nil where nothing was learned from these
    /// data.
    public var leftOut: [String]?
    /// What the model is.
    public var modelCard: [ModelCardSection] = []

    /// The most columns that a table shows.
    public static let columnLimit = 30

    /// Begins a report.
    ///
    /// - Parameters:
    ///   - title: The heading.
    ///   - subtitle: What was judged by what, in one line.
    ///   - unit: What is judged.
    ///   - scores: The scores; those of anomalies are labelled so by the model's own verdict.
    ///   - decision: How it is decided what an anomaly is.
    ///   - counts: The numbers of all rows and of all anomalies, where the scores are those of some of each, taken evenly.
    /// - Throws: `EvaluationError` for scores that cannot be used.
    public init(
        title: String,
        subtitle: String = "",
        unit: Unit = .row,
        scores: LabeledScores,
        decision: String,
        counts: (rows: Int, anomalies: Int)? = nil
    ) throws {
        self.title = title
        self.subtitle = subtitle
        self.unit = unit
        self.decision = decision
        count = counts?.rows ?? scores.count
        anomalyCount = counts?.anomalies ?? scores.anomalyCount
        countedCount = scores.count
        histogram = try ScoreHistogram(scores).scaled(
            normalCount: count - anomalyCount,
            anomalyCount: anomalyCount
        )
    }
}
