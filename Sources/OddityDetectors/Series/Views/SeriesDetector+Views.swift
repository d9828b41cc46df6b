internal import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityPreprocessing
internal import OdditySeries

/// A view that was learned, with what its networks make of the blocks that they did not see.
struct SeriesViewFit: Sendable {
    let view: SeriesView
    /// The residuals of the held-out steps.
    let heldOut: HeldOutSeries
    /// The held-out steps, in the order of what follows from them.
    let steps: [Int]

    /// What held-out steps are judged by: the logarithms of their measures, and of the distances of their codes.
    var evidence: [[Double]] {
        let measures = heldOut.blocks.flatMap { heldOut.measure.measures(of: $0) }
        return [measures.map(SeriesCalibration.logarithm), heldOut.logDistances]
    }
}

extension SeriesDetector {
    /// Learns the ways in which steps are looked at.
    ///
    /// 1. What columns hold; of those that move on, their distance from their recent level.
    /// 2. With averages, the distance of all columns of numbers from their recent levels, unless that is the same.
    func views(
        of series: TimeSeries,
        less season: SeasonalProfile?,
        numbers: [String],
        windowLength: Int,
        reading schema: Schema,
        blocks: [Range<Int>],
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> [SeriesViewFit] {
        let steps = series.trackedSteps
        let values = season?.removed(from: series.values, of: steps) ?? series.values
        let moving = (trend ?? .auto).removedColumns(of: series, values, among: numbers)
        let looksTwice = !network.usesWindows && Set(moving) != Set(numbers)
        let rule = LevelRule(
            columns: looksTwice ? numbers : moving,
            windowLength: windowLength,
            options: series.options
        )
        var past: [RecentLevels] = []
        let leveled = LeveledSteps(steps, values, rule, past: &past)
        let seen =
            [(leveled.removing(moving), moving)]
            + (looksTwice ? [(leveled.removing(numbers).columns(named: numbers), numbers)] : [])
        return try seen.enumerated().map { index, own in
            try view(
                own.0,
                removed: own.1,
                of: series,
                steps,
                turn: (index, seen.count),
                windowLength: windowLength,
                reading: schema,
                blocks: blocks,
                threadCount: threadCount,
                onProgress: onProgress
            )
        }
    }

    /// The span of the slowest average of a view: half of what the detector looks back where all numbers are distances from
    /// recent levels, as these have a memory of their own.
    func windowLength(_ windowLength: Int, removing removed: [String], of numbers: [String]) -> Int
    {
        let areDistances = !network.usesWindows && !numbers.isEmpty && removed == numbers
        return areDistances ? max(2, windowLength / 2) : windowLength
    }

    private func view(
        _ values: Table,
        removed: [String],
        of series: TimeSeries,
        _ steps: [TrackedChunk.Step],
        turn: (index: Int, count: Int),
        windowLength: Int,
        reading schema: Schema,
        blocks: [Range<Int>],
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> SeriesViewFit {
        let preparer = try preparation.fitted(to: values).reading(numbersAs: schema)
        let prepared = try preparer.applied(to: values)
        let spanLength = self.windowLength(
            windowLength,
            removing: removed,
            of: preparer.numberColumns
        )
        let scaling = SeriesScaling(
            prepared.features,
            blocks: blocks,
            breaks: steps.map { $0.placement == .starts },
            windowLength: spanLength
        )
        let layout = SeriesLayout(
            network,
            scaling,
            windowLength: spanLength,
            warmUpCount: windowLength,
            options: series.options
        )
        let training = SeriesTraining(steps, prepared, layout, scaling, blocks: blocks)
        let members = try Parallel.map(count: folds, threadCount: threadCount) { fold in
            try member(
                fold,
                training,
                turn: turn,
                threadCount: max(1, threadCount / folds),
                onProgress: onProgress
            )
        }
        let heldOut = try HeldOutSeries(
            training.heldOutBlocks(members, threadCount: threadCount)
                .filter { $0.residuals.rowCount > 0 }
        )
        return SeriesViewFit(
            view: SeriesView(
                removed: removed,
                windowLength: spanLength,
                preparer: preparer,
                scaling: scaling,
                members: members,
                calibration: SeriesCalibration(heldOut)
            ),
            heldOut: heldOut,
            steps: (0..<folds).flatMap(training.heldOut)
        )
    }
}

extension Table {
    /// Some of the columns, in the order of the table.
    fileprivate func columns(named names: [String]) -> Table {
        let names = Set(names)
        return Table(
            schema: Schema(columns: schema.columns.filter { names.contains($0.name) }),
            rowCount: rowCount,
            firstRow: firstRow,
            columns: columns.filter { names.contains($0.name) }
        )
    }
}

extension TimeSeries {
    /// The steps in the order of their values, as a tracker gives them.
    var trackedSteps: [TrackedChunk.Step] {
        var steps: [TrackedChunk.Step] = []
        steps.reserveCapacity(values.rowCount)
        for (number, entity) in entities.enumerated() {
            for segment in entity.segments {
                for row in segment {
                    steps.append(
                        TrackedChunk.Step(
                            entity: number,
                            instant: instants.isEmpty ? nil : instants[row],
                            placement: row == segment.lowerBound ? .starts : .continues
                        )
                    )
                }
            }
        }
        return steps
    }
}
