import Foundation
import OddityEvaluation
import TestSupport
import Testing

/// How many values stand out beyond what chance gives.
@Suite struct OddShareTests {
    /// What normal values may look like; all have a survival whose logarithm is straight or bends down.
    enum Shape: CaseIterable {
        case exponential, halfNormal, uniform, largestOfFive

        func draw(_ random: inout Numbers) -> Double {
            switch self {
            case .exponential: -log(1 - random.next())
            case .halfNormal:
                (-2 * log(1 - random.next())).squareRoot() * abs(cos(2 * .pi * random.next()))
            case .uniform: random.next()
            case .largestOfFive: (0..<5).map { _ in -log(1 - random.next()) }.max() ?? 0
            }
        }
    }

    private static func normal(_ count: Int, _ shape: Shape, _ random: inout Numbers) -> [Double] {
        (0..<count).map { _ in shape.draw(&random) }
    }

    /// On clean values the bound is 0 in 95 % of runs and more.
    @Test(arguments: Shape.allCases, [30, 300, 2000])
    func chanceGivesNoBound(_ shape: Shape, count: Int) throws {
        var random = Numbers(state: 5)
        let runCount = 200
        var falseCount = 0
        var estimates = 0.0
        for _ in 0..<runCount {
            let found = try #require(OddShare(of: Self.normal(count, shape, &random)))
            #expect(found.count == count)
            #expect(found.oddCount >= Double(found.leastOddCount))
            falseCount += found.leastOddCount > 0 ? 1 : 0
            estimates += found.oddCount / Double(runCount)
        }
        #expect(falseCount <= runCount / 20)
        #expect(estimates < 1, "the estimate of none is less than one")
    }

    /// Of planted values the bound is right in 95 % of runs and more, and the estimate near.
    @Test(arguments: [0.01, 0.05, 0.1], [8.0, 16])
    func theBoundHoldsForPlantedValues(share: Double, distance: Double) throws {
        var random = Numbers(state: 9)
        let runCount = 100
        let count = 1000
        let odd = Int(share * Double(count))
        var falseCount = 0
        var bounds = 0.0
        var estimates = 0.0
        for _ in 0..<runCount {
            var values = Self.normal(count - odd, .exponential, &random)
            for _ in 0..<odd { values.append(distance * (0.75 + 0.5 * random.next())) }
            let found = try #require(OddShare(of: values))
            falseCount += found.leastOddCount > odd ? 1 : 0
            bounds += Double(found.leastOddCount) / Double(odd * runCount)
            estimates += found.oddCount / Double(odd * runCount)
        }
        #expect(falseCount <= runCount / 20)
        #expect(abs(estimates - 1) < 0.2)
        #expect(bounds > (distance > 10 ? 0.9 : 0.25), "a bound of 0 would always be right")
    }

    @Test func unitsDoNotMatter() throws {
        var random = Numbers(state: 2)
        let values = Self.normal(400, .exponential, &random) + [20, 21, 22, 25, 60]
        let found = try #require(OddShare(of: values))
        #expect(found.leastOddCount == 5)
        #expect(OddShare(of: values.reversed().map { 1024 * $0 - 8 }) == found)
        #expect(abs(found.share - found.oddCount / 405) < 1e-12)
        #expect(abs(found.leastShare - 5 / 405.0) < 1e-12)
    }

    @Test func moreConfidenceBoundsLess() throws {
        var random = Numbers(state: 4)
        let values =
            Self.normal(500, .exponential, &random) + (0..<30).map { 5 + Double($0) / 10 }
        let bounds = try [0.5, 0.95, 0.9999].map {
            try #require(OddShare(of: values, confidence: $0)).leastOddCount
        }
        #expect(bounds == bounds.sorted(by: >))
        #expect(bounds[0] > bounds[2])
    }

    @Test func whereNothingSaysWhatChanceGivesThereIsNoEstimate() {
        #expect(OddShare(of: []) == nil)
        #expect(OddShare(of: (0..<19).map(Double.init)) == nil)
        #expect(OddShare(of: [Double](repeating: 1, count: 100) + [9]) == nil)
        #expect(OddShare(of: (0..<20).map(Double.init)) != nil)
        // Counts: more than a tenth of the upper half equal another.
        let counts = (0..<400).map { Double($0 * $0 % 97) }
        #expect(OddShare(of: counts + [900, 901, 902]) == nil)
    }
}
