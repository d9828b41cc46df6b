import OddityDatasets
import OdditySeries
import Testing

@testable import OddityDetectors

/// Odd steps of the very series that are fitted to.
@Suite struct SeriesFindingsTests {
    @Test func plantedStepsAreFoundInTheOrderOfTheTable() throws {
        var machine = Machine(steps: 400, seed: 5)
        for step in 200..<204 { machine.channels[1][step] += 40 }
        var detector = SeriesSamples.quick()
        detector.epochs = 20
        let findings = try detector.findings(in: machine.table(), reasonCount: 1)
        #expect(findings.rows.count == 400)
        let areWarmUp = findings.rows.prefix(3).map { $0.isWarmUp }
        #expect(areWarmUp == [true, true, true])
        #expect(findings.scoredCount < 400)
        let found = findings.oddest(4).filter { (200..<204).contains($0) }
        #expect(found.count >= 3)
        let oddest = try #require(findings.oddest(1).first)
        #expect(findings.rows[oddest].isAnomaly)
        #expect(findings.rows[oddest].reasons.first?.column == "speed")
        #expect(findings.expectedFalseAlarmCount == 0.01 * Double(findings.scoredCount))
        // Ranked among themselves, about a hundredth is called an anomaly.
        #expect(findings.anomalyCount <= 8)
    }

    @Test func theModelIsThatOfAFit() throws {
        let table = try SeriesSamples.twoMachines(steps: 120, seed: 3)
        let options = SeriesSamples.timedMachines
        let detector = SeriesSamples.quick()
        let fitted = try detector.fitted(to: table, options: options)
        let findings = try detector.findings(in: table, options: options, threadCount: 2)
        #expect(try findings.detector.encoded() == fitted.encoded())
        #expect(findings.rows.count == table.rowCount)
        let scored = findings.rows.filter { $0.score != nil }
        let least = scored.compactMap { $0.score?.pValue }.min() ?? 0
        #expect(least > 0)
        #expect(Set(scored.compactMap(\.entity)) == ["a", "b"])
    }
}
