internal import Datasets
internal import Detectors
internal import NeuralNetworks
internal import Preprocessing

/// What `oddity fit` tells a person.
enum FitReport {
    /// What was understood of the data.
    static func understood(_ summary: TableSummary) -> [String] {
        let columns = Array(zip(summary.schema.columns, summary.statistics))
        var lines = [
            "data       \(summary.file): \(counted(summary.rowCount, "row")), "
                + "\(counted(columns.count, "column")), fields between \(delimiterName(summary.dialect)), "
                + (summary.dialect.hasHeader ? "named in the first line" : "without names")
        ]
        for kind in [ColumnKind.numeric, .categorical] {
            let names = columns.filter { $0.0.kind == kind }.map(\.0.name)
            if !names.isEmpty {
                lines.append("\(padded("\(kind)")) \(names.count): \(listed(names))")
            }
        }
        for (column, _) in columns where column.kind == .ignored {
            lines.append("ignored    \(column.name): \(column.reason)")
        }
        let used = columns.filter { $0.0.kind != .ignored }
        let missing = used.filter { $0.1.missingCount > 0 }
        if !missing.isEmpty {
            lines.append(
                "missing    " + listed(missing.map { "\($0.0.name) (\(grouped($0.1.missingCount)))" }))
        }
        let constant = used.filter { $0.1.isConstant }.map(\.0.name)
        if !constant.isEmpty {
            lines.append("constant   \(listed(constant)): watched for change")
        }
        return lines
    }

    /// What was learned.
    static func learned(_ detector: FittedAutoencoder) -> [String] {
        let sizes = detector.layerSizes.map(String.init).joined(separator: "–")
        var lines = [
            "network    \(sizes), \(counted(detector.memberCount, "member")), "
                + "\(counted(detector.parameterCount, "parameter")) each"
        ]
        for (member, history) in detector.histories.enumerated() {
            guard let last = history.last, let best = bestEpoch(history) else { continue }
            let losses =
                "loss \(decimals(best.trainingLoss, 5)), held-out \(decimals(best.validationLoss, 5))"
            lines.append(
                "member \(member + 1)   \(counted(last.epoch, "epoch")), \(losses) in epoch "
                    + "\(best.epoch), which is kept")
        }
        lines.append(
            "calibrated on \(counted(detector.calibrationRowCount, "held-out row")); anomaly when "
                + "\(detector.decisionRule)")
        if case .falseAlarmRate(let rate) = detector.decisionRule,
            Double(detector.calibrationRowCount + 1) * rate < 1
        {
            let least = 1 / Double(detector.calibrationRowCount + 1)
            lines.append(
                "warning    \(counted(detector.calibrationRowCount, "held-out row")) back a "
                    + "false-alarm rate of \(decimals(least, 4)) at best: at \(rate) no row will be called "
                    + "an anomaly. Give at least \(Int((1 / rate).rounded(.up)) - 1) rows, or a higher "
                    + "--false-alarm-rate")
        }
        return lines
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(0, 10 - text.count))
    }

    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(6).joined(separator: ", ")
        return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
    }

    private static func delimiterName(_ dialect: CSVDialect) -> String {
        switch dialect.delimiter {
        case CSVDialect.comma: "commas"
        case CSVDialect.semicolon: "semicolons"
        case CSVDialect.tab: "tabs"
        case CSVDialect.bar: "bars"
        default: "\"\(Character(UnicodeScalar(dialect.delimiter)))\""
        }
    }
}
