import Foundation
import OddityEvaluation
import Testing

/// The numbers of `scripts/reference_evaluation.py`.
struct Reference: Decodable {
    struct Case: Decodable, CustomTestStringConvertible, Sendable {
        struct ROC: Decodable, Sendable {
            var threshold: [Double]
            var falseAlarmRate: [Double]
            var detectionRate: [Double]
        }
        struct PrecisionRecall: Decodable, Sendable {
            var threshold: [Double]
            var precision: [Double]
            var recall: [Double]
        }
        struct Confusion: Decodable, Sendable {
            var threshold: Double
            var tp: Int
            var fp: Int
            var tn: Int
            var fn: Int
            var precision: Double?
            var recall: Double?
            var f1: Double?
            var accuracy: Double?
            var balancedAccuracy: Double
            var matthewsCorrelation: Double?
        }
        struct DeLong: Decodable, Sendable {
            var other: [Double]
            var variance: Double
            var standardError: Double
            var pValue: Double?
        }
        struct Choice: Decodable, Sendable {
            var threshold: Double
            var value: Double
        }

        var name: String
        var scores: [Double]
        var labels: [Int]
        var auroc: Double
        var averagePrecision: Double
        var partialArea: Double
        var deLong: DeLong?
        var roc: ROC
        var precisionRecall: PrecisionRecall
        var confusion: [Confusion]
        var criteria: [String: Choice]

        var testDescription: String { name }
        func labeled() throws -> LabeledScores { try LabeledScores(scores: scores, labels: labels) }
    }

    var costFalseAlarm: Double
    var costMiss: Double
    var prevalence: Double
    var rate: Double
    var part: Double
    var cases: [Case]

    static func load() throws -> Reference {
        let url = try #require(
            Bundle.module.url(
                forResource: "reference",
                withExtension: "json",
                subdirectory: "Fixtures"
            )
        )
        return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
}

/// Whether two lists agree: in length first, then value by value.
func agree(_ values: [Double], _ expected: [Double], tolerance: Double = 1e-12) -> Bool {
    values.count == expected.count
        && zip(values, expected).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

func agree(_ value: Double?, _ expected: Double?, tolerance: Double = 1e-12) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    return agree([value], [expected], tolerance: tolerance)
}
