package import OddityDetectors
package import OddityReports

/// How data differ from those of the training, for programs.
package struct ShiftSummary: Encodable {
    package struct Column: Encodable {
        package let column: String
        /// How it changed, in words.
        package let change: String
        package let share, trainingShare: Double
    }

    /// The share that is called anomalies, and the share of data like those of the training that would be.
    package let flaggedShare, expectedShare: Double
    /// Whether a person should know.
    package let isNoteworthy: Bool
    /// The columns that moved beyond chance, the farthest first.
    package let columns: [Column]

    package init(_ shift: Shift) {
        flaggedShare = shift.flaggedShare
        expectedShare = shift.expectedShare
        isNoteworthy = shift.isNoteworthy
        columns = shift.columns.map {
            Column(
                column: $0.column,
                change: $0.text,
                share: $0.share,
                trainingShare: $0.trainingShare
            )
        }
    }
}

extension ModelCardSection {
    /// How data differ from those of the training, for a page.
    package init(_ shift: Shift) {
        let shown = shift.columns.prefix(12).map { Entry(name: $0.column, value: $0.text) }
        self.init(
            title: "Like the training?",
            entries: [
                Entry(name: "called anomalies", value: percent(shift.flaggedShare, 2)),
                Entry(name: "expected of normal data", value: percent(shift.expectedShare, 2)),
            ] + (shown.isEmpty ? [Entry(name: "columns", value: "as in training")] : shown)
        )
    }
}
