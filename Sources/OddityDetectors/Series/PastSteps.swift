internal import OddityPlatform
internal import OdditySeries

/// What a detector remembers of the steps of one series.
struct PastSteps: Codable, Sendable, Equatable {
    /// The steps seen, at the most as many as the detector needs before it scores.
    private(set) var stepCount = 0
    /// Averages of the scaled features, by span.
    private var averages: [Float]
    /// Averages of the squared changes of features; empty for windows.
    private var activity: [Float]
    /// The last steps, oldest first: a window, or the last step alone.
    private var window: [Float]
    /// 1 where the last step held a cell that training could not have produced; it fades over the window.
    private(set) var evidence: Float = 0
    /// Whether the segment's first step is at hand, which has changed from nothing.
    private var isFirst = true
    /// The same before the last step, for a step that takes its place.
    private var before: Before?

    private struct Before: Codable, Sendable, Equatable {
        var stepCount: Int
        var averages: [Float]
        var activity: [Float]
        var isFirst: Bool
        var evidence: Float
        /// Whether the last step was the first after a break.
        var starts: Bool
        /// The step that has left the window since.
        var oldest: [Float]
    }

    /// The memory of a series of which nothing was seen.
    init(_ layout: SeriesLayout) {
        averages = [Float](repeating: 0, count: layout.spanCount * layout.featureCount)
        activity = [Float](repeating: 0, count: layout.usesWindows ? 0 : layout.featureCount)
        window = [Float](repeating: 0, count: layout.windowLength * layout.featureCount)
    }

    /// Takes a step, and writes what the network sees of it.
    ///
    /// - Parameters:
    ///   - step: its scaled features.
    ///   - placement: how it stands to the step before.
    ///   - isImpossible: whether it holds a cell that training could not have produced.
    ///   - input: room for ``SeriesLayout/inputSize`` numbers.
    mutating func take(
        _ step: UnsafePointer<Float>,
        _ placement: StepPlacement,
        isImpossible: Bool,
        _ layout: SeriesLayout,
        _ scaling: SeriesScaling,
        into input: UnsafeMutablePointer<Float>
    ) {
        // What takes the place of a segment's first step is the first step itself.
        let starts = placement == .starts || placement == .revises && before?.starts ?? false
        if placement == .revises { forgetLast(layout) }
        if layout.keepsBefore {
            before = Before(
                stepCount: stepCount,
                averages: averages,
                activity: activity,
                isFirst: isFirst,
                evidence: evidence,
                starts: starts,
                oldest: Array(window.prefix(layout.featureCount))
            )
        }
        if starts || stepCount == 0 { begin(step, layout, scaling) }
        if layout.forecasts { write(layout, scaling, into: input) }
        advance(step, layout, scaling)
        if !layout.forecasts { write(layout, scaling, into: input) }
        evidence = isImpossible ? 1 : evidence * (1 - layout.fadingRate)
        stepCount = min(stepCount + 1, layout.warmUpCount + 1)
    }

    /// Whether the series is long enough for its last step to be scored.
    func isWarm(_ layout: SeriesLayout) -> Bool { stepCount > layout.warmUpCount }

    private mutating func forgetLast(_ layout: SeriesLayout) {
        guard let before else { return }
        (stepCount, averages, activity) = (before.stepCount, before.averages, before.activity)
        (isFirst, evidence) = (before.isFirst, before.evidence)
        window = before.oldest + window.dropLast(layout.featureCount)
    }

    /// After a break all that is known is the step itself.
    private mutating func begin(
        _ step: UnsafePointer<Float>,
        _ layout: SeriesLayout,
        _ scaling: SeriesScaling
    ) {
        let width = layout.featureCount
        for i in averages.indices { averages[i] = scaling.starts[i] * step[i % width] }
        for i in window.indices { window[i] = step[i % width] }
        for i in activity.indices { activity[i] = scaling.activity[i].start }
        (isFirst, evidence) = (true, 0)
    }

    private mutating func advance(
        _ step: UnsafePointer<Float>,
        _ layout: SeriesLayout,
        _ scaling: SeriesScaling
    ) {
        let width = layout.featureCount
        averages.average(step, layout)
        if !isFirst {
            for i in activity.indices {
                activity[i] = scaling.activity[i].average(
                    activity[i],
                    after: step[i] - window[i],
                    rate: layout.fadingRate
                )
            }
        }
        isFirst = false
        window.withUnsafeMutableBufferPointer { window in
            guard let base = window.baseAddress else { return }
            let kept = window.count - width
            memmove(base, base + width, kept * MemoryLayout<Float>.stride)
            (base + kept).update(from: step, count: width)
        }
    }

    private func write(
        _ layout: SeriesLayout,
        _ scaling: SeriesScaling,
        into input: UnsafeMutablePointer<Float>
    ) {
        var target = input
        func add(_ values: [Float]) {
            values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                target.update(from: base, count: values.count)
                target += values.count
            }
        }
        // Without windows, the window is the last step.
        add(window)
        guard !layout.usesWindows else { return }
        add(averages)
        for i in activity.indices {
            target[i] = scaling.activity[i].feature(ofAverage: activity[i])
        }
    }

    /// Whether the memory is one of a layout.
    func fits(_ layout: SeriesLayout) -> Bool {
        func fits(_ stepCount: Int, _ averages: [Float], _ activity: [Float]) -> Bool {
            0...layout.warmUpCount + 1 ~= stepCount
                && activity.count == (layout.usesWindows ? 0 : layout.featureCount)
                && activity.allSatisfy { $0 >= 0 && $0.isFinite }
                && averages.count == layout.spanCount * layout.featureCount
                && averages.allSatisfy(\.isFinite)
        }
        guard 0...1 ~= evidence, 0...1 ~= before?.evidence ?? 0 else { return false }
        guard fits(stepCount, averages, activity),
            window.count == layout.windowLength * layout.featureCount,
            window.allSatisfy(\.isFinite),
            (before != nil) == (layout.keepsBefore && stepCount > 0)
        else { return false }
        guard let before else { return true }
        return before.oldest.count == layout.featureCount
            && before.oldest.allSatisfy(\.isFinite)
            && fits(before.stepCount, before.averages, before.activity)
    }
}

/// What a detector remembers of the residuals of one series, where it averages them.
struct PastResiduals: Codable, Sendable, Equatable {
    private var averages: [Float]
    /// The averages that the last step was added to, for a step that takes its place.
    private var before: [Float]?

    /// The memory of a series of which nothing was seen.
    init(_ layout: SeriesLayout) {
        averages = [Float](repeating: 0, count: layout.spanCount * layout.featureCount)
    }

    /// Takes the residual of a step, and writes it and its averages.
    mutating func take(
        _ residual: UnsafePointer<Float>,
        _ placement: StepPlacement,
        _ layout: SeriesLayout,
        into target: UnsafeMutablePointer<Float>
    ) {
        if placement == .revises, let before { averages = before }
        if placement == .starts {
            for i in averages.indices { averages[i] = 0 }
        }
        if layout.keepsBefore { before = averages }
        averages.average(residual, layout)
        target.update(from: residual, count: layout.featureCount)
        averages.withUnsafeBufferPointer { averages in
            guard let base = averages.baseAddress else { return }
            (target + layout.featureCount).update(from: base, count: averages.count)
        }
    }

    /// Whether the memory is one of a layout.
    func fits(_ layout: SeriesLayout) -> Bool {
        let count = layout.spanCount * layout.featureCount
        return ([averages] + [before].compactMap(\.self)).allSatisfy {
            $0.count == count && $0.allSatisfy(\.isFinite)
        }
    }
}

extension [Float] {
    /// Moves averages, by span, towards the features of a step.
    fileprivate mutating func average(
        _ values: UnsafePointer<Float>,
        _ layout: SeriesLayout
    ) {
        let width = layout.featureCount
        withUnsafeMutableBufferPointer { averages in
            for (span, rate) in layout.rates.enumerated() {
                let start = span * width
                for i in 0..<width {
                    averages[start + i] += rate * (values[i] - averages[start + i])
                }
            }
        }
    }
}
