import OddityDatasets
import OddityPreprocessing
import TestSupport
import Testing

@testable import OddityDetectors

/// Verdicts of rows of which some are flagged, and the others are no odder than most.
func verdicts(_ flags: [Bool?]) -> [Verdict?] {
    flags.map { flag in
        flag.map {
            Verdict(score: RowScore(score: 0, pValue: $0 ? 0.001 : 0.8, error: 0), isAnomaly: $0)
        }
    }
}

/// Verdicts of rows that are drawn like held-out ones, at a rate of 5 %, by the split conformal rule.
///
/// - Parameter heldOut: what these got, descending.
func verdicts(_ count: Int, like heldOut: [Double], _ random: inout Numbers) -> [Verdict?] {
    (0..<count).map { _ in
        let value = random.next()
        var (low, high) = (0, heldOut.count)
        while low < high {
            let middle = (low + high) / 2
            if heldOut[middle] >= value { low = middle + 1 } else { high = middle }
        }
        let pValue = Double(low + 1) / Double(heldOut.count + 1)
        return Verdict(
            score: RowScore(score: 0, pValue: pValue, error: 0),
            isAnomaly: pValue <= 0.05
        )
    }
}

/// Whether data are like those of the training is told without crying wolf.
@Suite struct ShiftTests {
    // MARK: - Probabilities of chance

    @Test func exceedanceIsExact() {
        // Three new values and four old ones are in any order: that the largest of all seven is new is 3 of 7, and that
        // the three largest are the new ones is 1 of 35.
        let any = ShiftStatistics.exceedance(flaggedCount: 1, of: 3, heldOutAbove: 1, of: 4)
        #expect(abs(any - 3.0 / 7) < 1e-12)
        let all = ShiftStatistics.exceedance(flaggedCount: 3, of: 3, heldOutAbove: 1, of: 4)
        #expect(abs(all - 1.0 / 35) < 1e-12)
        #expect(ShiftStatistics.exceedance(flaggedCount: 0, of: 3, heldOutAbove: 1, of: 4) == 1)
        // Many of each: a binomial with the rate of the old ones, here at its mean and far above.
        let mean = ShiftStatistics.exceedance(
            flaggedCount: 1000,
            of: 100_000,
            heldOutAbove: 10_000,
            of: 1_000_000
        )
        #expect(0.4..<0.6 ~= mean)
        let far = ShiftStatistics.exceedance(
            flaggedCount: 2000,
            of: 100_000,
            heldOutAbove: 10_000,
            of: 1_000_000
        )
        #expect(far < 1e-50)
    }

    @Test func distancesHaveTheirTabledProbabilities() {
        // Smirnov's table: 1.2238 at 10 %, 1.3581 at 5 %, 1.6276 at 1 %.
        for (lambda, probability) in [(1.2238, 0.1), (1.3581, 0.05), (1.6276, 0.01)] {
            let found = ShiftStatistics.kolmogorov(distance: lambda / 1e4, effectiveCount: 1e8)
            #expect(abs(found - probability) < 1e-4)
        }
        #expect(ShiftStatistics.kolmogorov(distance: 0, effectiveCount: 100) == 1)
        // 1.959964 standard errors apart, of many.
        let error = (0.25 * 2 / 1e8).squareRoot()
        let found = ShiftStatistics.shares(0.5 + 1.959964 * error, of: 1e8, 0.5, of: 1e8)
        #expect(abs(found - 0.05) < 1e-3)
        #expect(ShiftStatistics.shares(0.5, of: 10, 0.5, of: 10) == 1)
    }

    // MARK: - Columns

    private static let levels = ["red", "green", "blue"]

    /// Three columns of numbers, of which one is missing now and then, and one of categories.
    private func table(_ rowCount: Int, _ random: inout Numbers, shift: Double = 0) throws -> Table
    {
        var numbers = [[Double]](repeating: [], count: 3)
        var colors: [String?] = []
        for _ in 0..<rowCount {
            numbers[0].append(random.next() + shift)
            numbers[1].append((random.next() * 6).rounded(.down))
            numbers[2].append(random.next() < 0.1 ? .nan : random.next())
            colors.append(Self.levels[Int(random.next() * 3)])
        }
        return try Table(
            columns: [
                Column("x", numbers[0]), Column("dice", numbers[1]),
                Column("gaps", numbers[2]), Column("color", categories: colors),
            ]
        )
    }

    private func monitor(
        _ table: Table,
        heldOutCount: Int = 1000,
        independence: Double = 1
    ) throws -> ShiftMonitor {
        ShiftMonitor(
            columns: try TablePreparation().fitted(to: table).columns,
            trainingCount: table.rowCount,
            heldOutCount: heldOutCount,
            expectedShare: 0.05,
            independence: independence
        )
    }

    /// Training and new rows of one source, calibrated by the split conformal rule: in fewer than 1 of 100 runs is there a
    /// word.
    @Test func aQuietMachineStaysQuiet() throws {
        var random = Numbers(state: 7)
        var noteCount = 0
        let runCount = 600
        for run in 0..<runCount {
            let count = [100, 300, 1000][run % 3]
            var monitor = try monitor(table(count, &random), heldOutCount: count)
            let held = (0..<count).map { _ in random.next() }.sorted(by: >)
            let new = try table([50, 400, 2000][run / 3 % 3], &random)
            monitor.add(new, verdicts(new.rowCount, like: held, &random))
            if monitor.shift.isNoteworthy { noteCount += 1 }
        }
        #expect(noteCount * 100 < runCount)
    }

    @Test func namesTheColumnThatMoved() throws {
        var random = Numbers(state: 3)
        let training = try table(500, &random)
        var monitor = try monitor(training)
        let new = try table(300, &random, shift: 5)
        monitor.add(new, verdicts(.init(repeating: false, count: 300)))
        let shift = monitor.shift
        #expect(shift.isNoteworthy && !shift.flagsTooMany)
        let moved = try #require(shift.columns.first)
        let largest = try #require(training["x"]?.numbers?.max())
        #expect(shift.columns.count == 1 && moved.column == "x")
        #expect(moved.kind == .aboveAll(largest) && moved.share == 1 && moved.trainingShare == 0)
    }

    @Test func namesUnseenKindsMissingValuesAndLevels() throws {
        var random = Numbers(state: 4)
        let training = try table(500, &random)
        func shift(_ change: (inout [Column]) -> Void) throws -> ColumnShift? {
            var monitor = try monitor(training)
            var columns = try table(300, &random).columns
            change(&columns)
            monitor.add(try Table(columns: columns), verdicts(.init(repeating: false, count: 300)))
            return monitor.shift.columns.first
        }
        let unseen = try shift {
            $0[3] = Column("color", categories: .init(repeating: "mauve", count: 300))
        }
        #expect(unseen?.kind == .unseen && unseen?.share == 1)
        let level = try shift {
            $0[3] = Column("color", categories: .init(repeating: "red", count: 300))
        }
        #expect(level?.kind == .level("red") && level?.share == 1)
        let missing = try shift {
            $0[1] = Column("dice", .init(repeating: .nan, count: 300))
        }
        #expect(
            missing?.column == "dice" && missing?.kind == .missing && missing?.trainingShare == 0
        )
        let below = try shift { $0[0] = Column("x", .init(repeating: -1, count: 300)) }
        let least = try #require(training["x"]?.numbers?.min())
        #expect(below?.kind == .belowAll(least))
    }

    // MARK: - Verdicts

    @Test func tellsWhenFarMoreAreFlaggedThanAsked() throws {
        var random = Numbers(state: 5)
        let training = try table(400, &random)
        let new = try table(200, &random)
        for (flaggedCount, isNoted) in [
            (0, false), (10, false), (14, false), (40, true), (200, true),
        ] {
            var monitor = try monitor(training)
            monitor.add(new, verdicts((0..<200).map { $0 < flaggedCount }))
            #expect(monitor.shift.flagsTooMany == isNoted, "\(flaggedCount)")
            #expect(monitor.shift.flaggedShare == Double(flaggedCount) / 200)
        }
        // Steps that follow one another say less: these are four of twenty.
        var series = try monitor(training, independence: 0.1)
        series.add(new, verdicts((0..<200).map { $0 < 40 }))
        #expect(!series.shift.flagsTooMany)
        // Five times as many as asked are too many, if they fill three windows.
        for (flaggedCount, isNoted) in [(49, false), (60, true)] {
            var series = try monitor(training, heldOutCount: 50, independence: 0.05)
            series.add(new, verdicts((0..<200).map { $0 < flaggedCount }))
            #expect(series.shift.flagsTooMany == isNoted, "\(flaggedCount)")
        }
    }

    /// Half of the rows among the oddest fifth are a rise, though none is flagged.
    @Test func tellsThatScoresHaveRisen() throws {
        var random = Numbers(state: 8)
        let new = try table(400, &random)
        for (oddCount, isNoted) in [(80, false), (150, false), (200, true)] {
            var monitor = try monitor(try table(400, &random))
            monitor.add(
                new,
                (0..<400).map {
                    let pValue = $0 < oddCount ? 0.15 : 0.9
                    return Verdict(
                        score: RowScore(score: 0, pValue: pValue, error: 0),
                        isAnomaly: false
                    )
                }
            )
            let shift = monitor.shift
            #expect((shift.risen != nil) == isNoted && shift.isNoteworthy == isNoted, "\(oddCount)")
            #expect(!shift.flagsTooMany)
            guard isNoted else { continue }
            #expect(shift.risen?.share == 0.5 && shift.risen?.heldOutShare == 0.2)
        }
    }

    @Test func leavesOutWhatHasNoScoreOrIsKnownToBeOdd() throws {
        var random = Numbers(state: 6)
        var monitor = try monitor(table(400, &random))
        let new = try table(200, &random, shift: 9)
        monitor.add(new, verdicts((0..<200).map { $0 < 100 ? nil : true })) { $0 >= 120 }
        #expect(monitor.shift.count == 20)
    }
}
