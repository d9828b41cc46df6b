/// How a column of the judged data differs most from that of the training.
public struct ColumnDrift: Equatable, Sendable {
    /// The column's name.
    public var column: String
    /// What of it has changed, in a few words.
    public var change: String
    /// The share of that in the judged data, in [0, 1].
    public var share: Double
    /// The share of that in the training, in [0, 1].
    public var trainingShare: Double

    /// Describes a change.
    ///
    /// - Parameters:
    ///   - column: The column's name.
    ///   - change: What of it has changed, in a few words.
    ///   - share: The share of that in the judged data, in [0, 1].
    ///   - trainingShare: The share of that in the training, in [0, 1].
    public init(column: String, change: String, share: Double, trainingShare: Double) {
        self.column = column
        self.change = change
        self.share = share
        self.trainingShare = trainingShare
    }
}

extension Markup {
    /// Adds the columns that have moved, the farthest first.
    mutating func addDrift(_ columns: [ColumnDrift]) {
        guard !columns.isEmpty else { return }
        let shown = columns.prefix(EvaluationReport.rowLimit)
        raw("<section>")
        element("h2", "Columns against the training")
        raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"folds\"><thead><tr>")
        raw("<th scope=\"col\">Column</th><th scope=\"col\">normal rows</th>")
        raw("<th scope=\"col\" class=\"share\">here</th>")
        raw("<th scope=\"col\" class=\"share\">in training</th></tr></thead><tbody>")
        for column in shown {
            raw("<tr>")
            element("th", "scope=\"row\"", Markup.cut(column.column, to: 60))
            element("td", "class=\"reason\"", Markup.cut(column.change, to: 160))
            addShare(column.share, label: "here")
            addShare(column.trainingShare, label: "in training")
            raw("</tr>")
        }
        raw("</tbody></table></div>")
        let rest =
            columns.count > shown.count
            ? " \(NumberText.count(columns.count - shown.count)) more columns moved less." : ""
        element(
            "p",
            "class=\"note\"",
            "Beyond chance these columns hold something else than in training, so that a false-alarm rate need not be kept."
                + rest
        )
        raw("</section>")
    }

    /// Adds a cell with a share, as a bar and in percent.
    mutating func addShare(_ share: Double, label: String? = nil) {
        let share = share.isFinite ? min(max(share, 0), 1) : 0
        let width = NumberText.coordinate(share * 100)
        raw("<td class=\"share\"\(label.map { " data-label=\"\($0)\"" } ?? "")>")
        raw("<span class=\"bar\"><i style=\"width:\(width)%\"></i></span>")
        escaped(NumberText.fixed(share * 100, decimals: 0) + NumberText.percentSign)
        raw("</td>")
    }
}
