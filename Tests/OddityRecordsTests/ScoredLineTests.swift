import OddityPreprocessing
import TestSupport
import Testing

@testable import OddityDetectors
@testable import OddityRecords

/// Rows of scores as JSON, CSV and text.
@Suite struct ScoredLineTests {
    private let line = ScoredLine(
        number: 3,
        score: RowScore(score: 2.5, pValue: 0.0031, error: 0.75),
        reasons: [
            Reason(
                column: "flow \"in\"",
                share: 0.61239,
                actual: .number(9),
                expected: .number(1.25)
            ),
            Reason(
                column: "color",
                share: 0.2,
                actual: .category("re\nd"),
                expected: .category("blue"),
                expectedProbability: 0.98765
            ),
            Reason(column: "c", share: 0.1, actual: .missing, expected: .number(-.infinity)),
        ],
        isAnomaly: true
    )

    @Test func jsonEscapesTextsAndKeepsNumbers() {
        #expect(
            line.json
                == #"{"row":3,"score":2.5,"p_value":0.0031,"tail_p_value":null,"anomaly":true,"error":0.75,"reasons":["#
                + #"{"column":"flow \"in\"","share":0.6124,"actual":9,"expected":1.25},"#
                + #"{"column":"color","share":0.2,"actual":"re\nd","expected":"blue","probability":0.9877},"#
                + #"{"column":"c","share":0.1,"actual":null,"expected":null}],"normal_if":null}"#
        )
    }

    @Test func rowsThatCouldNotBeReadSayWhyAndHaveNoVerdict() {
        let line = ScoredLine(
            number: 4,
            score: nil,
            reasons: [],
            isAnomaly: false,
            series: ScoredLine.Series(
                keys: [(.time(isLocal: false), nil), (.entity, "u\u{1}")],
                state: "unreadable"
            ),
            problem: ScoredLine.Problem(column: "a", text: "\"x\" is not a number")
        )
        #expect(
            line.json
                == #"{"row":4,"time":null,"entity":"u\u0001","score":null,"p_value":null,"tail_p_value":null,"#
                + #""anomaly":null,"error":null,"state":"unreadable","#
                + #""problem":"column \"a\": \"x\" is not a number","reasons":[]}"#
        )
    }

    @Test func csvHasTheSameColumnsThroughout() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/scores.csv"
        let writer = try ScoreWriter(format: .csv, path: path, reasonCount: 1, kept: ["score"])
        try writer.write(
            [
                Verdict(
                    score: RowScore(score: 0.25, pValue: 0.5, error: 1),
                    isAnomaly: false
                )
            ],
            firstRow: 6,
            kept: { _ in ["7"] }
        )
        try writer.close()
        #expect(writer.rowCount == 1 && writer.anomalyCount == 0)
        #expect(
            folder.readText(path)
                == "row,kept_score,score,p_value,anomaly,error,reason_1,share_1,actual_1,expected_1,tail_p_value\n"
                + "7,7,0.25,0.5,0,1,,,,,\n"
        )
    }

    /// What is beyond all held-out data is marked, and fits its column.
    @Test func tablesMarkPValuesOfTheTail() {
        for (tail, text) in [
            (nil, "0.01000"), (0.00123, "~0.00123"), (7.46e-7, "~7.5e-7"), (9.97e-9, "~1.0e-8"),
            (1e-300, "~1.0e-300"),
        ] as [(Double?, String)] {
            let score = RowScore(score: 9, pValue: 0.01, error: 0, tailPValue: tail)
            #expect(score.pValueText == text)
        }
    }

    /// The numbers of the oddest of some scores.
    private func oddest(_ limit: Int, of scores: [Double]) -> [Int] {
        var choice = RowChoice(limit: limit)
        for (number, score) in scores.enumerated() {
            let line = ScoredLine(
                number: number + 1,
                score: RowScore(score: score, pValue: 0.1, error: 0),
                reasons: [],
                isAnomaly: false
            )
            #expect(choice.taken(line) == nil)
        }
        return choice.rest.map(\.number)
    }

    @Test func onlyTheOddestAreWrittenInTheirOrder() {
        #expect(oddest(2, of: [1, 3, 2, 3]) == [2, 4])
        #expect(oddest(0, of: [1, 3]) == [])
    }

    @Test(arguments: [0, 1, 7, 40, 1_000])
    func theOddestOfManyAreThoseOfAllSorted(limit: Int) {
        let scores = (0..<700).map { Double($0 * 37 % 101) }
        let sorted = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        #expect(oddest(limit, of: scores) == sorted.prefix(limit).map { $0 + 1 })
    }
}
