package import OddityDatasets
package import OddityDetectors
internal import OddityFailures
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// What `oddity fit` tells a person.
package enum FitReport {
    private static func penalty(_ epoch: EpochRecord) -> String {
        epoch.penalties.total == 0 ? "" : " + \(decimals(epoch.penalties.total, 5)) penalty"
    }

    private static func form(_ summary: TableSummary) -> String {
        guard let dialect = summary.dialect else {
            return switch summary.format {
            case .array: "an array"
            case .sqlite: "rows of an SQLite database"
            case .jsonArray: "a JSON array"
            case .jsonLines, .delimited: "JSON lines"
            }
        }
        // Names may stand in lines of their own, as in ARFF.
        let isNamed = summary.schema.columns.first?.name != "column1"
        let names =
            dialect.hasHeader
            ? "named in the first line" : isNamed ? "named above the rows" : "without names"
        guard summary.schema.columns.count > 1 else { return names }
        return "fields between \(delimiterName(dialect)), \(names)"
    }

    /// What was understood of the data.
    package static func understood(_ summary: TableSummary) -> [String] {
        let columns = Array(zip(summary.schema.columns, summary.statistics))
        var lines = [
            line(
                "data",
                "\(shownPath(summary.file)): \(counted(summary.rowCount, "row")), "
                    + "\(counted(columns.count, "column")), "
                    + form(summary)
            )
        ]
        for note in summary.notes { lines.append(line("reading", note)) }
        for kind in [ColumnKind.numeric, .categorical, .time] {
            let names = columns.filter { $0.0.kind == kind }.map(\.0.name)
            if !names.isEmpty {
                lines.append(line(kind.rawValue, "\(names.count): \(listed(names))"))
            }
        }
        for (column, _) in columns where column.kind == .numeric && column.saysHowItIsRead {
            lines.append(line("read as", "\(column.name): \(column.reason)"))
        }
        for (column, _) in columns where column.kind == .ignored {
            lines.append(line("ignored", "\(printable(column.name)): \(column.reason)"))
        }
        let used = columns.filter { $0.0.kind != .ignored }
        let missing = used.filter { $0.1.missingCount > 0 }
            .map { "\($0.0.name) (\(grouped($0.1.missingCount)))" }
        if !missing.isEmpty { lines.append(line("missing", listed(missing))) }
        let constant = used.filter { $0.1.isConstant }.map(\.0.name)
        if !constant.isEmpty {
            lines.append(line("constant", "\(listed(constant)): watched for change"))
        }
        return lines
    }

    /// Which columns are left out though that was not asked for, in one line for who sees nothing else of a fit.
    package static func leftOut(_ summary: TableSummary) -> [String] {
        let columns = summary.schema.columns.filter {
            $0.kind == .ignored && !["as asked", "the label"].contains($0.reason)
        }
        guard !columns.isEmpty else { return [] }
        let shown = columns.prefix(12).map { "\(quoted($0.name)) (\($0.reason))" }
        let more = columns.count > 12 ? " and \(columns.count - 12) more" : ""
        return [
            "left out: \(shown.joined(separator: ", "))\(more);"
                + " --ignore says that this is meant, --numeric or --categorical takes a column in"
        ]
    }

    /// What the columns' names offer: times to judge by, and known answers.
    package static func offers(_ summary: TableSummary) -> [String] {
        times(summary) + labels(summary)
    }

    /// That a column may hold known answers.
    private static func labels(_ summary: TableSummary) -> [String] {
        let columns = zip(summary.schema.columns, summary.statistics)
        guard
            let (column, _) = columns.first(where: { column, seen in
                column.mayBeLabel && seen.distinctCount == 2 && seen.missingCount == 0
            })
        else { return [] }
        let name = quotedIfNeeded(column.name)
        return [
            line(
                "note",
                "\(name) may be known answers, and is learned like other columns: --label \(name) leaves it out, --categorical"
                    + " \(name) keeps it"
            )
        ]
    }

    /// A name as it is written on a command line.
    private static func quotedIfNeeded(_ name: String) -> String {
        name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
            ? printable(name) : quoted(name)
    }

    /// That rows have times, by which they could be judged too.
    private static func times(_ summary: TableSummary) -> [String] {
        let columns = summary.schema.columns.filter { $0.kind == .ignored }
        func name(_ role: ColumnRole) -> String? {
            columns.first { $0.role == role }.map { quotedIfNeeded($0.name) }
        }
        if let time = name(.time) {
            return [
                line(
                    "note",
                    "rows have times: --time \(time) judges them by their past too, --time-features \(time)"
                        + " by hour, weekday and month"
                )
            ]
        }
        if let order = name(.timeOrder) {
            return [
                line("note", "rows have an order: --time \(order) judges them by their past too")
            ]
        }
        guard let clock = name(.timeOfDay) else { return [] }
        return [
            line("note", "rows have times of day: --time-features \(clock) judges them by the hour")
        ]
    }

    /// What a person should look at before trusting a model of the data; it comes last, where it is seen.
    package static func concerns(_ summary: TableSummary) -> [String] {
        summary.concerns.map { line("warning", $0) }
    }

    /// What was learned.
    package static func learned(_ detector: FittedTableDetector) -> [String] {
        let sizes = detector.layerSizes.map(String.init).joined(separator: "–")
        var lines = [
            line(
                "network",
                "\(sizes), \(counted(detector.memberCount, "member")), "
                    + "\(counted(detector.parameterCount, "parameter")) each"
            )
        ]
        for column in detector.preparer.columns {
            guard case .calendar(let encoder) = column.encoder else { continue }
            let used = encoder.cycles.map(\.partName).joined(separator: ", ")
            lines.append(line("calendar", "\(printable(column.name)): \(used)"))
        }
        for (member, history) in detector.histories.enumerated() {
            guard let last = history.epochs.last, let best = history.kept else { continue }
            lines.append(
                line(
                    "member \(member + 1)",
                    "\(counted(last.epoch, "epoch")), loss \(decimals(best.trainingLoss, 5))\(penalty(best)), held-out "
                        + "\(decimals(best.validationLoss, 5)) in epoch \(best.epoch), which is kept"
                )
            )
        }
        if detector.histories.allSatisfy({ $0.kept?.epoch == 1 && $0.epochs.count > 20 }) {
            lines.append(
                line(
                    "warning",
                    "nothing was learned: in every member the loss on held-out rows was least after the first epoch, so rows "
                        + "are judged by their distances to others alone; give more rows, fewer columns, or --pca 0.9"
                )
            )
        }
        if let text = LeftOutText.sentence(detector.provenance.leftOutCount) {
            lines.append(line("left out", text))
        }
        lines.append(
            line(
                "calibration",
                "\(detector.calibrationText); anomaly when \(detector.decisionRule)"
            )
        )
        if let warning = detector.unreachableRate {
            lines.append(
                line(
                    "warning",
                    "\(warning.text). \(warning.remedy("held-out rows"))"
                )
            )
        }
        return lines
    }

    /// A line of a report: what it is about, and what there is to say.
    package static func line(_ subject: String, _ text: String) -> String {
        subject + String(repeating: " ", count: max(1, 13 - subject.count)) + text
    }

    static func listed(_ names: [String]) -> String {
        let shown = names.prefix(6).map { printable($0) }.joined(separator: ", ")
        return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
    }

    private static func delimiterName(_ dialect: CSVDialect) -> String {
        switch dialect.delimiter {
        case CSVDialect.comma: "commas"
        case CSVDialect.semicolon: "semicolons"
        case CSVDialect.tab: "tabs"
        case CSVDialect.bar: "bars"
        case CSVDialect.blank: "blanks"
        default: "\"\(Character(UnicodeScalar(dialect.delimiter)))\""
        }
    }
}

extension ColumnSchema {
    /// Whether its numbers are not plain, or not all of its values are numbers.
    fileprivate var saysHowItIsRead: Bool {
        !["all values are numbers", "as asked", "as in the schema"].contains(reason)
    }
}
