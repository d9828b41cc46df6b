/// The part of a report that shows series: images, figures of events, and alarms.
public struct SeriesSection: Equatable, Sendable {
    /// One figure.
    public struct Figure: Equatable, Sendable {
        /// What it is.
        public var name: String
        /// The number, as text.
        public var value: String
        /// What it says, in a few words.
        public var note: String

        /// Makes a figure.
        ///
        /// - Parameters:
        ///   - name: What it is.
        ///   - value: The number, as text.
        ///   - note: What it says, in a few words.
        public init(name: String, value: String, note: String = "") {
            self.name = name
            self.value = value
            self.note = note
        }
    }

    /// One alarm.
    public struct Alarm: Equatable, Sendable {
        /// The series, where there are several.
        public var entity: String?
        /// When it began, or its first row.
        public var start: String
        /// When it ended, or its last row.
        public var end: String
        /// The rows from the first to the last.
        public var rowCount: Int
        /// The highest score.
        public var peakScore: Double
        /// The columns that raised it, with their shares.
        public var columns: String
        /// Whether it touches a labelled event.
        public var isTrue: Bool

        /// Makes an alarm.
        ///
        /// - Parameters:
        ///   - entity: The series, where there are several.
        ///   - start: When it began, or its first row.
        ///   - end: When it ended, or its last row.
        ///   - rowCount: The rows from the first to the last.
        ///   - peakScore: The highest score.
        ///   - columns: The columns that raised it.
        ///   - isTrue: Whether it touches a labelled event.
        public init(
            entity: String? = nil,
            start: String,
            end: String,
            rowCount: Int,
            peakScore: Double,
            columns: String,
            isTrue: Bool
        ) {
            self.entity = entity
            self.start = start
            self.end = end
            self.rowCount = rowCount
            self.peakScore = peakScore
            self.columns = columns
            self.isTrue = isTrue
        }
    }

    /// What the alarms did, in one sentence.
    public var lead: String
    /// The images, one for each series that is shown.
    public var charts: [SeriesChart]
    /// What is shown and how to read it, below the images.
    public var notes: [String]
    /// Figures of events.
    public var figures: [Figure]
    /// The alarms in the order in which they are listed.
    public var alarms: [Alarm]
    /// Images of the first alarms, with what was before and after, in the order of ``alarms``.
    public var closeUps: [SeriesChart]

    /// Makes a section.
    ///
    /// - Parameters:
    ///   - lead: What the alarms did, in one sentence.
    ///   - charts: The images, one for each series that is shown.
    ///   - notes: What is shown and how to read it.
    ///   - figures: Figures of events.
    ///   - alarms: The alarms in the order in which they are listed.
    ///   - closeUps: Images of the first alarms.
    public init(
        lead: String,
        charts: [SeriesChart] = [],
        notes: [String] = [],
        figures: [Figure] = [],
        alarms: [Alarm] = [],
        closeUps: [SeriesChart] = []
    ) {
        self.lead = lead
        self.charts = charts
        self.notes = notes
        self.figures = figures
        self.alarms = alarms
        self.closeUps = closeUps
    }
}
