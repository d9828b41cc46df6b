import OddityEvaluation

/// Which rows of a table a moved threshold shows.
enum RowList: String, CaseIterable {
    /// All of them.
    case oddest
    /// Those that are called anomalies.
    case alarms
    /// Those that are not.
    case missed

    func shows(_ row: ReportedRow) -> Bool {
        switch self {
        case .oddest: true
        case .alarms: row.isFlagged
        case .missed: !row.isFlagged
        }
    }
}

extension RowList {
    /// The heading of its table; images are shown above, and these are their names.
    func title(of report: EvaluationReport) -> String {
        let title =
            switch self {
            case .oddest: "The oddest \(report.unit)s"
            case .alarms: "False alarms"
            case .missed: "Missed anomalies"
            }
        return report.images.isEmpty ? title : title + ", by name"
    }

    /// The rows of a report that this list may show, at most ``EvaluationReport/heldRowLimit``.
    func rows(of report: EvaluationReport) -> ArraySlice<ReportedRow> {
        let rows =
            switch self {
            case .oddest: report.oddestRows
            case .alarms: report.falseAlarms
            case .missed: report.missedAnomalies
            }
        return rows.prefix(EvaluationReport.heldRowLimit)
    }

    /// How many rows it would show at the model's threshold, were all of them on the page.
    func total(of report: EvaluationReport) -> Int {
        let matrix = report.operatingPoints.first { $0.isModelsOwn }?.confusionMatrix
        let held = rows(of: report).count(where: shows)
        return switch self {
        case .oddest: held
        case .alarms: max(matrix?.falsePositives ?? 0, held)
        case .missed: max(matrix?.falseNegatives ?? 0, held)
        }
    }
}
