import TestSupport
import Testing

/// When a row is called an anomaly.
@Suite struct DecisionTests {
    let workshop: Workshop
    let new = SampleTable.labelled(rowCount: 60)

    init() throws { workshop = try Workshop() }

    @Test(arguments: [
        ("--false-alarm-rate", "0.2", "p_value", true), ("--threshold", "0.9", "score", false),
        ("--error-threshold", "0.5", "error", false),
    ])
    func followsTheOption(_ option: String, _ text: String, _ column: String, _ below: Bool) throws
    {
        let limit = try #require(Double(text))
        let run = try workshop.score(new, option, text)
        let verdicts = try numbers("anomaly", in: run.lines)
        let values = try numbers(column, in: run.lines)
        #expect(verdicts == values.map { (below ? $0 <= limit : $0 >= limit) ? 1 : 0 })
        let count = verdicts.filter { $0 == 1 }.count
        #expect(count > 0 && count < 60)
        #expect(run.errors.contains("60 rows, \(count) anomal"))
    }

    @Test func theModelKeepsTheRateOfItsFit() throws {
        let wide = try Workshop("--false-alarm-rate", "0.2")
        #expect(
            try wide.score(new).output
                == workshop.score(new, "--false-alarm-rate", "0.2").output
        )
    }

    @Test func warnsOfARateOutOfReach() throws {
        let run = try workshop.score(new, "--false-alarm-rate", "0.001")
        #expect(run.exitCode == 0)
        #expect(run.errors.contains("warning: no row can be called an anomaly at p-value ≤ 0.001"))
        #expect(run.errors.contains("--false-alarm-rate of at least 0.005"))
        #expect(try numbers("anomaly", in: run.lines).allSatisfy { $0 == 0 })
        let reachable = try workshop.score(new, "--false-alarm-rate", "0.005")
        #expect(!reachable.errors.contains("warning"))
    }

    @Test(arguments: ["0", "1", "-0.1", "1.5", "nan", "x"])
    func refusesRatesOutsideTheOpenInterval(_ rate: String) throws {
        expectUsageError(try workshop.score(new, "--false-alarm-rate=\(rate)"), "false-alarm-rate")
    }

    @Test func refusesTwoRules() throws {
        expectUsageError(
            try workshop.score(new, "--threshold", "2", "--false-alarm-rate", "0.1"),
            "give one of"
        )
    }
}
