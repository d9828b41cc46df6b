package import OddityDatasets
internal import OddityNeuralNetworks
internal import OdditySeries

extension SeriesDetectorFit {
    /// The mean loss of the networks on the blocks that they did not see.
    package var heldOutLoss: Double {
        let losses = detector.histories.compactMap { $0.kept?.validationLoss }
            .filter(\.isFinite)
        return losses.reduce(0, +) / Double(max(losses.count, 1))
    }

    /// The rows whose steps the network of a fold did not see, ascending.
    package func heldOutRows(ofFold fold: Int) -> [Int] {
        let block = detector.configuration.block(fold, of: series.values.rowCount)
        return series.steps.indices.filter { row in
            series.steps[row].map(block.contains) ?? false
        }
    }

    /// What the network that did not see a fold makes of rows in place of those of the fit; higher is odder.
    ///
    /// - Parameters:
    ///   - table: as many rows as were learned from, in their order by time.
    ///   - rows: the rows to judge, ascending.
    ///   - fold: the fold of the network.
    /// - Returns: for each of the rows its score; nil for one without.
    /// - Throws: `SeriesError` or `PreparationError` if the rows do not fit.
    package func scores(
        of table: Table,
        at rows: [Int],
        byMemberOfFold fold: Int
    ) throws -> [Double?] {
        guard let first = rows.first, let last = rows.last else { return [] }
        // What came long before says nothing any more.
        let past = 4 * detector.window.steps * max(1, detector.trainingEntityCount)
        let start = max(0, first - past)
        let part =
            start == 0 && last == table.rowCount - 1
            ? table : table.selecting(rows: Array(start...last))
        var scorer = SeriesScorer(detector.keepingMember(fold))
        let scores = try scorer.scores(of: part)
        return rows.map { scores[$0 - start].score?.score }
    }
}

extension FittedSeriesDetector {
    /// The detector with one member alone.
    fileprivate func keepingMember(_ index: Int) -> FittedSeriesDetector {
        FittedSeriesDetector(
            configuration: configuration,
            options: options,
            clock: clock,
            window: window,
            views: views.map { view in
                SeriesView(
                    removed: view.removed,
                    windowLength: view.windowLength,
                    preparer: view.preparer,
                    scaling: view.scaling,
                    members: [view.members[index]],
                    calibration: view.calibration
                )
            },
            season: season,
            heldOut: trainingHeldOut,
            provenance: provenance,
            trainingEntityCount: trainingEntityCount
        )
    }
}
