import OddityDatasets
import OddityEvaluation
import OddityLinearAlgebra
import OddityPlatform
import Testing

@testable import OddityDetectors

/// Odd rows of the very table that is fitted to.
@Suite struct FindingsTests {
    private static let planted = [7, 61, 133, 140, 198]

    /// Normal rows, five of which have one value that is far from the others.
    private static func table(isPlanted: Bool = true) throws -> Table {
        var stream = RandomStream(seed: 3, use: .sampling)
        var draws = [Float](repeating: 0, count: 200 * 3)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        return try Table(
            columns: (0..<3).map { j in
                Column(
                    "x\(j)",
                    (0..<200).map { row in
                        let far = isPlanted && j == row % 3 && planted.contains(row)
                        return far ? 12 : Double(draws[3 * row + j])
                    }
                )
            }
        )
    }

    private static var settings: TableDetector {
        var settings = TableDetector()
        settings.epochs = 30
        return settings
    }

    @Test func plantedRowsAreFoundAndNamed() throws {
        let table = try Self.table()
        let findings = try Self.settings.findings(in: table, reasonCount: 1)
        #expect(findings.verdicts.count == 200)
        #expect(findings.oddest(5).sorted() == Self.planted)
        #expect(Self.planted.allSatisfy { findings.verdicts[$0].isAnomaly })
        #expect(
            Self.planted.allSatisfy { findings.verdicts[$0].reasons.first?.column == "x\($0 % 3)" }
        )
        #expect(findings.leftOut.allSatisfy(Self.planted.contains), "nothing else is far out")
        #expect(findings.anomalyCount <= 5 + 4, "2 % of the other rows at most")
        let expected = try #require(findings.expectedFalseAlarmCount)
        #expect(abs(expected - 0.01 * Double(200 - findings.leftOut.count)) < 1e-9)
    }

    /// Twenty of four hundred rows lie where the others do not, near one another, and within the range of each column.
    @Test func rowsThatAreOddInTheSameWayDoNotHideOneAnother() throws {
        var stream = RandomStream(seed: 6, use: .sampling)
        var draws = [Float](repeating: 0, count: 800)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        var (a, b): ([Double], [Double]) = ([], [])
        for row in 0..<400 {
            let (x, y) = (Double(draws[2 * row]), Double(draws[2 * row + 1]))
            a.append(row < 380 ? x : 2 + x / 20)
            b.append(row < 380 ? x + y / 5 : -2 + y / 20)
        }
        let table = try Table(columns: [Column("a", a), Column("b", b)])
        let findings = try Self.settings.findings(in: table, contamination: .none)
        let found = findings.oddest(40).count { $0 >= 380 }
        #expect(found == 20)
        let fit = try Self.settings.cleaned(
            table,
            contamination: .none,
            threadCount: 1,
            onProgress: { _ in }
        ).fit
        let measures = try #require(fit.findingMeasures(threadCount: 1))
        let distances = try #require(measures.neighborhoods).logDistances
        let nearest = fit.heldOutMeasures.compactMap(\.logNeighbor)
        func shareBelow(_ values: [Double]) -> Double {
            let least = values[380...].reduce(0, +) / 20
            return Double(values[..<380].count { $0 < least }) / 380
        }
        #expect(shareBelow(distances) > 0.98, "they are far from a fifth of the others")
        #expect(shareBelow(nearest) < 0.9, "and not from one another")
    }

    /// It says nothing of rows whose numbers contradict one another, and would dilute what others say of them.
    @Test func theNeighborhoodStandsForARowOrDoesNotCount() throws {
        let fit = try Self.settings.cleaned(
            Self.table(),
            contamination: .none,
            threadCount: 1,
            onProgress: { _ in }
        ).fit
        let all = try #require(fit.findingMeasures(threadCount: 1))
        let others = FindingMeasures(
            HeldOutMeasures(fit.heldOutMeasures, isNarrow: false),
            features: fit.training.features,
            neighborhoods: nil,
            scoring: .residualAndCode
        )
        #expect(all.joined == others.joined)
        let own = all.alone[1]
        for row in all.oddness.indices {
            let alone = own.surprise(of: own.logarithms[row])
            #expect(all.oddness[row] == max(others.oddness[row], alone))
        }
    }

    @Test func theNumberOfOddRowsIsBounded() throws {
        let table = try Self.table()
        let findings = try Self.settings.findings(in: table)
        let share = try #require(findings.oddShare)
        #expect(share.count == 200)
        #expect((1...5).contains(share.leastOddCount))
        #expect(abs(share.oddCount - 5) < 2)
        // Rows that are learned from stand out as well.
        let kept = try Self.settings.findings(in: table, contamination: .none)
        let keptShare = try #require(kept.oddShare)
        #expect((1...5).contains(keptShare.leastOddCount))
    }

    @Test func everyRowIsMeasuredByOneMemberThatDidNotSeeIt() throws {
        let table = try Self.table()
        let (fit, rows) = try Self.settings.cleaned(
            table,
            contamination: .share(0.05),
            threadCount: 1,
            onProgress: { _ in }
        )
        let surprises = try fit.surprises(ofRowsIn: table, fittedTo: rows, threadCount: 1)
        #expect(surprises.count == 200)
        #expect(
            try fit.surprises(ofRowsIn: table, fittedTo: rows, threadCount: 3) == surprises
        )
        let farthest = surprises.indices.sorted { surprises[$0] > surprises[$1] }.prefix(5)
        #expect(farthest.sorted() == Self.planted)
    }

    @Test func nothingIsLeftOutOfNormalRows() throws {
        let findings = try Self.settings.findings(in: Self.table(isPlanted: false))
        #expect(findings.leftOut.isEmpty)
        #expect(findings.oddShare?.leastOddCount == 0)
        #expect(findings.detector.provenance.trainingCount == 200)
        // Ranked among themselves, two of 200 rows at most are among the oddest hundredth.
        #expect(findings.anomalyCount <= 2)
    }

    /// A tenth of the rows hold a number where the others hold none, one of them a wild one.
    @Test func aKindOfRowsIsNotLeftOut() throws {
        var stream = RandomStream(seed: 4, use: .sampling)
        var draws = [Float](repeating: 0, count: 600)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        let table = try Table(
            columns: [
                Column("x", (0..<300).map { Double(draws[$0]) }),
                Column(
                    "rare",
                    (0..<300).map { row -> Double in
                        guard row % 10 == 0 else { return .nan }
                        return row == 150 ? 99 : 3 + Double(draws[300 + row])
                    }
                ),
            ]
        )
        let findings = try Self.settings.findings(in: table)
        #expect(findings.leftOut.count { $0 % 10 == 0 } <= 10, "a third of the kind at most")
        #expect(findings.oddest(1) == [150])
        #expect(findings.anomalyCount <= 9, "3 % of the rows, of which a tenth are of that kind")
    }

    @Test func kindsAreToldFromRowsThatWentWrong() {
        // The first feature is 0 but in nine rows, the second but in four, and the third differs everywhere.
        var features = Matrix(rowCount: 30, columnCount: 3)
        for row in 0..<9 { features[row, 0] = Float(row + 1) }
        for row in 20..<24 { features[row, 1] = 1 }
        for row in 0..<30 { features[row, 2] = Float(row * row) }
        #expect(RareKinds.removed(from: [0, 1, 2, 3, 4], in: features) == [], "five of nine")
        #expect(RareKinds.removed(from: [0, 1, 2, 12], in: features) == [0, 1, 2, 12], "too few")
        #expect(RareKinds.removed(from: [20, 21, 22, 23], in: features) == [20, 21, 22, 23])
        #expect(RareKinds.removed(from: [4, 5, 6, 7, 8, 21], in: features) == [21])
        for row in 0..<9 { features[row + 9, 0] = 1 }
        for row in 0..<9 { features[row, 0] = 0 }
        #expect(RareKinds.rows(differingIn: 0, of: features) == Array(9..<18))
        #expect(RareKinds.rows(differingIn: 2, of: features) == [], "nothing is common there")
    }

    @Test func allAreLearnedFromWhereNothingMayBeOdd() throws {
        let findings = try Self.settings.findings(in: Self.table(), contamination: .none)
        #expect(findings.leftOut.isEmpty)
        // Rows that are odd in the same way hide one another, which is why such rows are left out by default.
        #expect(findings.oddest(5).filter(Self.planted.contains).count >= 3)
    }

    @Test func theAskedShareIsLeftOut() throws {
        let findings = try Self.settings.findings(in: Self.table(), contamination: .share(0.05))
        #expect(findings.leftOut.count == 10)
        #expect(Self.planted.allSatisfy(findings.leftOut.contains))
        #expect(findings.detector.provenance.trainingCount == 190)
    }

    @Test func theResultDoesNotDependOnThreads() throws {
        let table = try Self.table()
        let first = try Self.settings.findings(in: table, reasonCount: 2)
        let second = try Self.settings.findings(in: table, reasonCount: 2, threadCount: 3)
        #expect(first.verdicts == second.verdicts)
        #expect(try first.detector.encoded() == second.detector.encoded())
    }

    @Test func aSingleMemberHasSeenMostRows() throws {
        var single = Self.settings
        single.folds = 1
        #expect(
            throws: DetectorError.invalidSetting(
                name: "folds",
                value: "1",
                remedy: "give at least 2, so that no row is judged by what saw it"
            )
        ) { try single.findings(in: Self.table()) }
    }

    @Test(arguments: [0, -1, 0.5, 1, .nan])
    func sharesThatMakeNoSenseAreRefused(share: Double) throws {
        let error = #expect(throws: DetectorError.self) {
            try Self.settings.findings(in: Self.table(), contamination: .share(share))
        }
        guard case .invalidSetting("contamination", _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aFitLeavesFarRowsOutWhereItIsAsked() throws {
        let table = try Self.table()
        let all = try Self.settings.fitted(to: table)
        #expect(all.provenance.leftOutCount == 0)
        #expect(all.provenance.trainingCount == 200)
        let cleaned = try Self.settings.fitted(to: table, contamination: .auto)
        let findings = try Self.settings.findings(in: table)
        #expect(cleaned.provenance.leftOutCount == findings.leftOut.count)
        #expect(cleaned.provenance.leftOutCount > 0)
        #expect(cleaned.provenance.trainingCount == 200 - findings.leftOut.count)
        #expect(
            try Self.settings.rowsToLearn(from: table, contamination: .auto)
                == (0..<200).filter { !findings.leftOut.contains($0) }
        )
        let restored = try FittedTableDetector(decoding: cleaned.encoded())
        #expect(restored.provenance == cleaned.provenance)
    }

    @Test func aSingleNetworkLearnsFromAllUnlessAShareIsAsked() throws {
        var single = Self.settings
        single.folds = 1
        let fitted = try single.fitted(to: Self.table(), contamination: .auto)
        #expect(fitted.provenance.leftOutCount == 0)
        #expect(
            throws: DetectorError.invalidSetting(
                name: "folds",
                value: "1",
                remedy: "give at least 2, so that rows are judged by what has not seen them, "
                    + "or no contamination"
            )
        ) { try single.fitted(to: Self.table(), contamination: .share(0.1)) }
    }

    @Test func theLargestDeviationCountsForRowsAmongThemselves() throws {
        let table = try Self.table()
        let findings = try Self.settings.findings(in: table, contamination: .none)
        let fit = try Self.settings.cleaned(
            table,
            contamination: .none,
            threadCount: 1,
            onProgress: { _ in }
        ).fit
        let scores = fit.findingScores(by: fit.findingMeasures(threadCount: 1))
        #expect(findings.verdicts.map(\.score) == scores)
        #expect(scores != fit.heldOutScores)
        var plain = Self.settings
        plain.scoring = .residual
        let residuals = try plain.cleaned(
            table,
            contamination: .none,
            threadCount: 1,
            onProgress: { _ in }
        ).fit
        #expect(residuals.findingMeasures(threadCount: 1) == nil)
    }
}

@Suite struct LargestDeviationTests {
    @Test func isInUnitsOfTheMedianDistance() {
        // The first column lies at 0, ±1, ±2 around 10; the second never changes but once.
        let features = Matrix(
            rowCount: 5,
            columnCount: 2,
            elements: [8, 0, 9, 0, 10, 0, 11, 0, 30, 5]
        )
        let largest = LargestDeviations.logarithms(of: features)
        let expected = [2.0, 1, 1e-12, 1, 20].map { log($0) }
        #expect(zip(largest, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    }
}

@Suite struct RobustTailTests {
    @Test func anExponentialTailIsMetExactly() {
        // −ln S(x) = x at the quantiles of an exponential distribution.
        let values = (0..<10_001).map { -log(1 - (Double($0) + 0.5) / 10_001) }
        let tail = RobustTail(values, minimumScale: 1e-9)
        for x in [1.0, 3, 10] { #expect(abs(tail.surprise(of: x) - x) < 0.005 * x) }
        #expect(tail.surprise(of: -5) == log(2))
    }

    @Test func fewValuesSayLessOfWhatLiesFarOut() {
        // Of as many further values half a one lies beyond the threshold that says so, on average over samples of few values
        // and of many.
        var stream = RandomStream(seed: 4, use: .sampling)
        func exponential() -> Double { -log(1 - Double(stream.uniform())) }
        for count in [15, 30, 100, 1_000] {
            var beyond = 0.0
            let runs = 400_000 / count
            for _ in 0..<runs {
                let values = (0..<count).map { _ in exponential() }
                let tail = RobustTail(values, minimumScale: 1e-9)
                let threshold = log(Double(count) / 0.5)
                beyond += Double(
                    (0..<count).count { _ in tail.surprise(of: exponential()) > threshold }
                )
            }
            let mean = beyond / Double(runs)
            #expect(mean > 0.4 && mean < 0.65, "\(count) values: \(mean) in place of 0.5")
        }
    }

    @Test func aBodyWithoutWidthTellsNothing() {
        let values = [Double](repeating: 0, count: 80) + (1...20).map(Double.init)
        #expect(RobustTail(values, minimumScale: 1e-6).surprise(of: 1e6) == log(2))
        let wide = [Double](repeating: 0, count: 70) + (1...30).map(Double.init)
        #expect(RobustTail(wide, minimumScale: 1e-6).surprise(of: 1e6) > 30)
        // A narrow body is one all the same, only not as narrow.
        let narrow = (0..<100).map { 1 + Double($0) / 10_000 }
        let tail = RobustTail(narrow, minimumScale: 0.1)
        #expect(tail.surprise(of: 2) > 8)
        #expect(tail.surprise(of: 1.05) < 2)
    }

    @Test func aTenthOfOddValuesDoesNotMoveIt() {
        let values = (0..<900).map { Double($0 % 100) / 100 }
        let clean = RobustTail(values, minimumScale: 1e-9)
        let polluted = RobustTail(values + [Double](repeating: 1e6, count: 99), minimumScale: 1e-9)
        #expect(polluted.surprise(of: 1e6) > 0.7 * clean.surprise(of: 1e6))
    }
}
