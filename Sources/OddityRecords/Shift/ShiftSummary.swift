package import OddityDetectors
package import OddityReports

/// How data differ from those of the training, for programs.
package struct ShiftSummary: Encodable {
    /// A share of the data that is as odd as the oddest held-out data of another share.
    package struct Risen: Encodable {
        package let share, heldOutShare: Double
    }

    package struct Column: Encodable {
        package let column: String
        /// How it changed, in words.
        package let change: String
        package let share, trainingShare: Double
    }

    /// The share that is called anomalies, and the share of data like those of the training that would be.
    package let flaggedShare, expectedShare: Double
    /// How the scores have risen as a whole; null where chance explains them.
    package let risen: OrNull<Risen>
    /// Whether a person should know.
    package let isNoteworthy: Bool
    /// The columns that moved beyond chance, the farthest first.
    package let columns: [Column]

    package init(_ shift: Shift) {
        flaggedShare = shift.flaggedShare
        expectedShare = shift.expectedShare
        risen = OrNull(
            shift.risen.map { Risen(share: $0.share, heldOutShare: $0.heldOutShare) }
        )
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

extension Shift {
    /// The columns that moved, for a page.
    package var drift: [ColumnDrift] {
        columns.map {
            ColumnDrift(
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
            ]
                + (shift.risen.map {
                    [
                        Entry(
                            name: "as odd as the oddest \(percent($0.heldOutShare, 0)) held out",
                            value: percent($0.share, 2)
                        )
                    ]
                } ?? [])
                + (shown.isEmpty ? [Entry(name: "columns", value: "as in training")] : shown)
        )
    }
}
