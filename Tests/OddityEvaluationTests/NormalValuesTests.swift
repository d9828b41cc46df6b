import Foundation
import OddityEvaluation
import TestSupport
import Testing

/// Thresholds from normal values alone, beside those of `scripts/reference_thresholds.py`.
@Suite struct NormalValuesTests {
    private struct Reference: Decodable {
        struct Tail: Decodable {
            var level, shape, scale, distance, threshold: Double
            var count: Int
        }
        struct Sample: Decodable {
            var name: String
            var values: [Double]
            var tail: Tail
            var rules: [String: Double]
        }
        struct Choice: Decodable {
            var threshold, value: Double
        }
        struct Case: Decodable {
            var name: String
            var scores: [Double]
            var labels: [Int]
            var criteria: [String: Choice]
        }
        var samples: [Sample]
        var cases: [Case]

        static func load() throws -> Reference {
            let url = try #require(
                Bundle.module.url(
                    forResource: "thresholds",
                    withExtension: "json",
                    subdirectory: "Fixtures"
                )
            )
            return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
        }
    }

    private static let cost = ThresholdCriterion.leastCost(costFalseAlarm: 1, costMiss: 1)

    @Test func rulesAgreeWithTheReference() throws {
        for sample in try Reference.load().samples {
            let values = try NormalValues(sample.values.shuffled())
            #expect(sample.rules.count == 6)
            for (name, expected) in sample.rules {
                let rule = try #require(ThresholdRule(name))
                let threshold = try values.threshold(by: rule)
                #expect(agree([threshold], [expected], tolerance: 1e-10), "\(sample.name): \(name)")
            }
        }
    }

    @Test func tailsAgreeWithTheReference() throws {
        for sample in try Reference.load().samples {
            let tail = try TailFit(NormalValues(sample.values))
            #expect(tail.peakCount == sample.tail.count)
            #expect(
                agree(
                    [tail.level, tail.shape, tail.scale, tail.distance],
                    [
                        sample.tail.level, sample.tail.shape, sample.tail.scale,
                        sample.tail.distance,
                    ],
                    tolerance: 1e-10
                ),
                "\(sample.name)"
            )
            #expect(tail.isPlausible)
        }
    }

    @Test func criteriaAgreeWithTheReference() throws {
        for reference in try Reference.load().cases {
            let scores = try LabeledScores(scores: reference.scores, labels: reference.labels)
            #expect(reference.criteria.count == 3)
            for (name, expected) in reference.criteria {
                let criterion = try #require(ThresholdCriterion(name, cost: Self.cost))
                let choice = try scores.threshold(by: criterion)
                #expect(choice.threshold == expected.threshold, "\(reference.name): \(name)")
                #expect(agree(choice.value, expected.value), "\(reference.name): \(name)")
            }
        }
    }

    /// What reaches the threshold is an anomaly; rules that count leave ties at their value normal.
    @Test func equalValuesFallOnOneSide() throws {
        let values = try NormalValues([1, 2, 2, 2, 3, 3, 3, 3, 4, 4])
        #expect(try values.threshold(by: .largest) == 4.0.nextUp)
        // One value in ten may reach it, and two fours cannot be told apart.
        #expect(try values.threshold(by: .quantile(0.9)) == 4.0.nextUp)
        #expect(try values.threshold(by: .quantile(0.8)) == 3.0.nextUp)
        #expect(values.count(atLeast: 4) == 2)
        #expect(values.count(atLeast: 4.0.nextUp) == 0)
        #expect(values.count(atLeast: -1) == 10)
    }

    /// The promise of conformal thresholds: over many draws new values of the same kind reach them at the rate or less.
    @Test(arguments: [(99, 0.01), (60, 0.05), (500, 0.02), (37, 0.1)])
    func conformalThresholdsKeepTheirRate(count: Int, rate: Double) throws {
        var random = Numbers(state: 77)
        var reached = 0
        let (drawCount, newCount) = (400, 100)
        for _ in 0..<drawCount {
            let values = try NormalValues((0..<count).map { _ in -log(1 - random.next()) })
            let threshold = try values.threshold(by: .conformal(rate))
            for _ in 0..<newCount where -log(1 - random.next()) >= threshold { reached += 1 }
        }
        let realized = Double(reached) / Double(drawCount * newCount)
        let promised = (Double(count + 1) * rate * (1 + 1e-9)).rounded(.down) / Double(count + 1)
        // Draws of thresholds move together: five standard errors of their rate.
        let error = (promised / Double(count) / Double(drawCount)).squareRoot() + 0.0005
        #expect(abs(realized - promised) < 5 * error, "\(realized) of \(promised)")
    }

    /// Where new values are not like the old ones, nothing is promised, and nothing is kept.
    @Test func aShiftBreaksThePromise() throws {
        var random = Numbers(state: 78)
        let values = try NormalValues((0..<1000).map { _ in random.next() })
        let threshold = try values.threshold(by: .conformal(0.01))
        let reached = (0..<1000).count { _ in random.next() + 0.5 >= threshold }
        #expect(reached > 400)
    }

    @Test func tooFewValuesForARateAreRefused() throws {
        let values = try NormalValues((0..<98).map(Double.init))
        let error = #expect(throws: EvaluationError.self) {
            try values.threshold(by: .conformal(0.01))
        }
        #expect(error?.code == .unsuitableValues)
        #expect(error?.message.contains("98 values") == true)
        #expect(
            try NormalValues((0..<99).map(Double.init)).threshold(by: .conformal(0.01))
                == 98.0.nextUp
        )
    }

    @Test func thinnedValuesCountLikeAll() throws {
        // 20,000 values of which the largest 100 and every tenth of the others are kept.
        let all = (0..<20_000).map(Double.init)
        let body = stride(from: 19_899, through: 0, by: -10).reversed().map { all[$0] }
        let thinned = try NormalValues(
            ascending: body + all.suffix(100),
            count: 20_000,
            tailCount: 100,
            stride: 10
        )
        let whole = try NormalValues(all)
        for rate in [0.0001, 0.004, 0.01, 0.2] {
            let rule = ThresholdRule.quantile(1 - rate)
            let (a, b) = (try thinned.threshold(by: rule), try whole.threshold(by: rule))
            #expect(a >= b && a - b <= 10, "\(rate): \(a), \(b)")
            #expect(whole.count(atLeast: a) <= Int(rate * 20_000 + 0.5))
        }
        for rule in [ThresholdRule.meanDeviations(2), .medianDeviations(2)] {
            let (a, b) = (try thinned.threshold(by: rule), try whole.threshold(by: rule))
            #expect(abs(a - b) < 20, "\(rule)")
        }
        #expect(thinned.count(atLeast: 0) == 20_000)
        #expect(thinned.count(atLeast: 19_950) == 50)
    }

    @Test func aTailFindsTheShapeThatMadeIt() throws {
        // Excesses with ξ = 0.5 and σ = 1 by inversion.
        let values = (0..<5000).map { index in
            let share = (Double(index) + 0.5) / 5000
            return (pow(1 - share, -0.5) - 1) / 0.5
        }
        let tail = try TailFit(NormalValues(values))
        #expect(abs(tail.shape - 0.5) < 0.05)
        // σ grows with the level: 1 + ξ · level.
        #expect(abs(tail.scale - (1 + 0.5 * tail.level)) < 0.2)
        let expected = (pow(0.0001, -0.5) - 1) / 0.5
        #expect(abs(tail.threshold(ofRate: 0.0001) / expected - 1) < 0.1)
        #expect(tail.threshold(ofRate: tail.peakShare) == tail.level)
    }

    @Test func tailsOfFewOrEqualValuesAreRefused() throws {
        for values in [[Double](repeating: 1, count: 500), (0..<99).map(Double.init)] {
            let error = #expect(throws: EvaluationError.self) {
                try NormalValues(values).threshold(by: .peaksOverThreshold(0.001))
            }
            #expect(error?.code == .unsuitableValues)
        }
    }

    @Test func aMixtureFindsASecondGroup() throws {
        var random = Numbers(state: 5)
        func normal() -> Double {
            (0..<12).reduce(-6.0) { sum, _ in sum + random.next() }
        }
        let values = (0..<950).map { _ in normal() } + (0..<50).map { _ in 10 + normal() }
        let mixture = try NormalMixture(NormalValues(values))
        #expect(abs(mixture.lower.mean) < 0.2 && abs(mixture.upper.mean - 10) < 0.5)
        #expect(
            abs(mixture.upper.share / (mixture.lower.share + mixture.upper.share) - 0.05) < 0.01
        )
        #expect(mixture.boundary > 4 && mixture.boundary < 8)
        #expect(try NormalValues(values).threshold(by: .mixture) == mixture.boundary)
    }

    @Test func alertsADayAreARate() throws {
        let values = try NormalValues((0..<999).map(Double.init))
        #expect(
            try values.threshold(by: .alertsPerDay(200, rowsPerDay: 20_000))
                == values.threshold(by: .conformal(0.01))
        )
    }

    @Test func oneGroupIsNotCutInTwo() throws {
        var random = Numbers(state: 6)
        let uniform = (0..<500).map { _ in random.next() }
        for values in [uniform, [Double](repeating: 2, count: 100), [1, 2, 3]] {
            let error = #expect(throws: EvaluationError.self) {
                try NormalValues(values).threshold(by: .mixture)
            }
            #expect(error?.code == .unsuitableValues)
        }
    }

    @Test(arguments: [
        (ThresholdRule.conformal(0), EvaluationError.Code.invalidRate),
        (.conformal(1), .invalidRate),
        (.quantile(1.5), .invalidRate), (.peaksOverThreshold(-1), .invalidRate),
        (.meanDeviations(.infinity), .invalidSetting), (.medianDeviations(.nan), .invalidSetting),
        (.alertsPerDay(0, rowsPerDay: 10), .invalidSetting),
        (.alertsPerDay(10, rowsPerDay: 10), .invalidSetting),
        (.alertsPerDay(1, rowsPerDay: 1000), .unsuitableValues),
    ])
    func rulesThatCannotBeAreRefused(_ rule: ThresholdRule, _ code: EvaluationError.Code) throws {
        let values = try NormalValues((0..<200).map(Double.init))
        let error = #expect(throws: EvaluationError.self) { try values.threshold(by: rule) }
        #expect(error?.code == code)
    }

    @Test func valuesThatAreNoNumbersAreRefused() {
        #expect(throws: EvaluationError.self) { try NormalValues([]) }
        let error = #expect(throws: EvaluationError.self) { try NormalValues([1, .nan]) }
        #expect(error?.code == .nonFiniteScore)
    }

    @Test(arguments: [
        ThresholdRule.conformal(0.01), .alertsPerDay(2.5, rowsPerDay: 20_000), .quantile(0.99),
        .meanDeviations(3), .medianDeviations(3.5),
        .largest, .peaksOverThreshold(0.001), .mixture,
    ])
    func namesAreReadBack(_ rule: ThresholdRule) {
        #expect(ThresholdRule("\(rule)") == rule)
    }

    @Test func numbersInNamesAreWrittenAsPeopleWriteThem() {
        #expect("\(ThresholdRule.alertsPerDay(5, rowsPerDay: 300))" == "alerts-per-day=5/300")
        #expect(
            "\(ThresholdRule.alertsPerDay(0.5, rowsPerDay: 1e6))" == "alerts-per-day=0.5/1000000"
        )
        #expect("\(ThresholdRule.meanDeviations(3))" == "mean-deviations=3")
        #expect("\(ThresholdRule.peaksOverThreshold(1e-9))" == "peaks=1e-09")
        #expect("\(ThresholdCriterion.bestF(beta: 2))" == "f-beta=2")
        let error = #expect(throws: EvaluationError.self) {
            try NormalValues([1, 2, 3]).threshold(by: .alertsPerDay(5, rowsPerDay: 300))
        }
        #expect(error?.message.contains("5 alerts a day of 300 rows") == true)
    }

    @Test(arguments: [
        "", "conformal", "conformal=", "conformal=x", "largest=1", "quantile=nan", "mean",
        "alerts-per-day=5", "alerts-per-day=5/", "alerts-per-day=5/x", "alerts-per-day=5/6/7",
    ])
    func otherNamesAreNone(_ text: String) {
        #expect(ThresholdRule(text) == nil)
        #expect(ThresholdCriterion(text, cost: Self.cost) == nil)
    }

    @Test func namesOfCriteriaAreReadBack() {
        for criterion in [
            ThresholdCriterion.youden, .closestToCorner, .bestF(beta: 2), .falseAlarmRate(0.01),
            .detectionRate(0.9), Self.cost,
        ] { #expect(ThresholdCriterion("\(criterion)", cost: Self.cost) == criterion) }
    }
}
