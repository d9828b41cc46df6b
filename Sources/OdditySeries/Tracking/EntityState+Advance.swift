internal import OddityDatasets

extension EntityState {
    /// Goes on by a row.
    ///
    /// - Parameters:
    ///   - instant: The row's time; nil without a column of times.
    ///   - new: The row's values.
    ///   - emit: Is given the steps that the row brings.
    /// - Returns: What became of the row.
    mutating func advance(
        to instant: Instant?,
        _ new: ChannelValues,
        _ options: SeriesOptions,
        _ clock: SeriesClock,
        emit: (StepPlacement, Instant?, ChannelValues) -> Void
    ) -> RowState {
        if let instant, let last {
            if instant == last {
                // A row of the time that counts says nothing of a clock that was set back.
                return repeatTime(instant, new, options, clock, emit: emit)
            }
            if instant < last {
                guard isRestart(instant) else { return .late }
                restart()
            } else {
                let step = Double(instant.distance(from: last))
                if step > options.gapLimit * Double(clock.interval) { restart() }
            }
        }
        let before = last
        let held = options.isResampling && !isBroken ? values : nil
        last = instant
        (lateCount, lastLate) = (0, nil)
        let isComplete = take(new, fillLimit: options.fillLimit)
        if options.duplicates == .mean { beginAverage(new) }
        guard isComplete else {
            isBroken = true
            return .missingValues
        }
        if let instant, let before, let held {
            emitGrid(from: before, held, to: instant, clock, emit: emit)
        } else {
            emit(isBroken ? .starts : .continues, instant, values)
            isBroken = false
            (gridOrigin, gridIndex) = (instant, 0)
        }
        return .usable
    }

    /// Whether a late row is one too many for anything but a clock that was set back.
    private mutating func isRestart(_ instant: Instant) -> Bool {
        let isInOrder = lastLate.map { instant > $0 } ?? true
        lateCount = isInOrder ? lateCount &+ 1 : 1
        lastLate = instant
        return lateCount >= SeriesTracker.restartCount
    }

    /// A row of the same time as the one before.
    private mutating func repeatTime(
        _ instant: Instant,
        _ new: ChannelValues,
        _ options: SeriesOptions,
        _ clock: SeriesClock,
        emit: (StepPlacement, Instant?, ChannelValues) -> Void
    ) -> RowState {
        switch options.duplicates {
        case .refuse, .first: return .duplicate
        case .last, .mean: break
        }
        let isAveraging = options.duplicates == .mean
        guard takeAgain(new, averaging: isAveraging, fillLimit: options.fillLimit) else {
            return .missingValues
        }
        if isBroken {
            // Only now has the time all its values.
            emit(.starts, instant, values)
            isBroken = false
            (gridOrigin, gridIndex) = (instant, 0)
        } else if !options.isResampling || isOnGrid(instant, clock) {
            emit(.revises, instant, values)
        }
        return .usable
    }

    /// Whether the last step of the grid is at this time, and so may be given out again.
    private func isOnGrid(_ instant: Instant, _ clock: SeriesClock) -> Bool {
        guard let gridOrigin else { return false }
        return instant.distance(from: gridOrigin) % clock.step == 0
    }

    /// The grid steps after the row before, up to the row.
    private mutating func emitGrid(
        from before: Instant,
        _ old: ChannelValues,
        to instant: Instant,
        _ clock: SeriesClock,
        emit: (StepPlacement, Instant?, ChannelValues) -> Void
    ) {
        guard let origin = gridOrigin else { return }
        let length = Double(instant.distance(from: before))
        let elapsed = instant.distance(from: origin)
        var between = old
        while true {
            let (offset, overflow) = (gridIndex &+ 1).multipliedReportingOverflow(by: clock.step)
            guard !overflow, offset <= elapsed else { return }
            gridIndex &+= 1
            let time = Instant(nanoseconds: origin.nanoseconds + offset)
            guard time < instant else {
                emit(.continues, time, values)
                return
            }
            let share = Double(time.distance(from: before)) / length
            for index in between.numbers.indices {
                let start = old.numbers[index]
                between.numbers[index] = start + share * (values.numbers[index] - start)
            }
            emit(.continues, time, between)
        }
    }
}
