internal import OddityDatasets
internal import OddityDetectors
internal import OddityFailures
internal import OddityRecords

/// What a person should know before scores come, on standard error.
enum Notices {
    static func show(_ detector: FittedTableDetector, extraColumns: [String]) {
        show(extraColumns: extraColumns)
        show(detector.unreachableRate)
    }

    /// Tells of columns that are not used.
    static func show(extraColumns: [String]) {
        guard !extraColumns.isEmpty else { return }
        let shown = extraColumns.prefix(3).map { printable($0) }.joined(separator: ", ")
        let more = extraColumns.count > 3 ? ", …" : ""
        Console.error(
            "note: \(counted(extraColumns.count, "column")) that the model does not use "
                + "\(extraColumns.count == 1 ? "is" : "are") left out: \(shown)\(more)"
        )
    }

    /// Tells how a file was read, and what was passed over in it.
    static func show(readingOf reader: any TableSource) {
        for note in reader.notes { Console.error("note: \(note)") }
    }

    /// Tells that a model was fitted to most of the rows that it judges, and what to do.
    static func show(_ known: KnownRows, of path: String) {
        guard known.areMost, let share = known.share else { return }
        let find = path == "-" ? "oddity find" : "oddity find \(shownPath(path))"
        Console.error(
            "note: the model was trained on \(known.knownCount == known.checkedCount ? "all" : percent(share, 0)) "
                + "of these rows, and what was learned looks normal; \(find) judges each row by networks that did "
                + "not see it"
        )
    }

    /// Tells that data are not like those of the training.
    static func show(
        _ shift: Shift,
        by detector: some FittedDetector,
        model: String,
        areNormal: Bool = false
    ) {
        ShiftNote(shift, by: detector, model: model, areNormal: areNormal).text.map(Console.error)
    }

    /// Warns of a rate that is out of reach.
    static func show(_ unreachable: UnreachableRate?) {
        guard let unreachable else { return }
        Console.error(
            "warning: \(unreachable.text); give a --false-alarm-rate of at least "
                + "\(unreachable.suggestedRate), or a --threshold"
        )
    }
}
