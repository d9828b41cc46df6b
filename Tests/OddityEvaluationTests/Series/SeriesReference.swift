import Foundation
import OddityEvaluation
import Testing

/// The numbers of `scripts/reference_series_metrics.py`.
struct SeriesReference: Decodable {
    struct Case: Decodable {
        struct Verdict: Decodable {
            var threshold: Double
            var rangePrecision: Double
            /// By bias and alpha, as in "flat 0.3".
            var rangeRecall: [String: Double]
            var affiliationPrecision: Double
            var affiliationRecall: Double
            var eventPrecisions: [Double?]
            var eventRecalls: [Double]
        }

        var name: String
        var scores: [Double]
        var labels: [Int]
        var bufferLength: Int
        var vusROC: Double
        var vusPR: Double
        var verdicts: [Verdict]

        func series() throws -> LabeledSeries {
            try LabeledSeries(scores: scores, labels: labels.map { $0 == 1 })
        }
    }

    var cases: [Case]

    static func load() throws -> SeriesReference {
        let url = try #require(
            Bundle.module.url(
                forResource: "series",
                withExtension: "json",
                subdirectory: "Fixtures"
            )
        )
        let reference = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
        try #require(reference.cases.count == 9)
        return reference
    }
}

/// The code of the error that a call throws; `nil` if it throws none.
func code(of body: () throws -> Void) -> EvaluationError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? EvaluationError)?.code
    }
}

/// Labels or verdicts written as 0 and 1.
func flags(_ text: String) -> [Bool] { text.map { $0 == "1" } }

func spans(_ text: String) throws -> [EventSpan] {
    try EventSpan.spans(of: flags(text), in: SeriesSegments(rowCount: text.count))
}
