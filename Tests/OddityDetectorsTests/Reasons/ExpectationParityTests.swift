import Foundation
import OddityDatasets
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

@testable import OddityDetectors

/// The numbers of `scripts/reference_reasons.py`.
struct ReferenceExpectations: Decodable, CustomTestStringConvertible {
    struct Column: Decodable {
        var name: String
        var numbers: [Double]?
        var categories: [String]?
    }

    var name: String
    var columns: [Column]
    var folds: [[Int]]
    var inputCount: Int
    var weights: [Double]
    var bias: [Double]
    var variance: [Double]
    /// Of the first rows, row after row.
    var parts: [Double]

    var testDescription: String { name }

    var table: Table {
        get throws {
            try Table(
                columns: columns.map { column in
                    column.numbers.map { OddityDatasets.Column(column.name, $0) }
                        ?? OddityDatasets.Column(column.name, categories: column.categories ?? [])
                }
            )
        }
    }

    static func load() throws -> [ReferenceExpectations] {
        let url = try #require(
            Bundle.module.url(
                forResource: "expectations",
                withExtension: "json",
                subdirectory: "Fixtures"
            )
        )
        return try JSONDecoder().decode([ReferenceExpectations].self, from: Data(contentsOf: url))
    }
}

@Suite struct ExpectationParityTests {
    /// Weights are single-precision numbers from features that are, of magnitude at most 3; inverting a covariance
    /// of condition at most 1,000 loses as many of their units.
    static let tolerance = 1000 * 3 * 0x1p-24

    @Test(arguments: try ReferenceExpectations.load())
    func weightsAreThoseOfPlainInverses(reference: ReferenceExpectations) throws {
        let table = try reference.table
        let preparer = try TablePreparation().fitted(to: table)
        let rows = try preparer.applied(to: table).features
        let fitted = try #require(
            try ColumnExpectations(
                rows,
                preparer: preparer,
                heldOut: reference.folds,
                threadCount: 2
            )
        )
        #expect(fitted.inputCount == reference.inputCount)
        expectNear(fitted.weights.elements.map { Double($0) }, reference.weights)
        expectNear(fitted.bias.map { Double($0) }, reference.bias)
        expectNear(fitted.variance.map { Double($0) }, reference.variance)

        let expectations = ExpectationRows(fitted, preparer: preparer)
        let columnCount = preparer.columns.count
        var parts: [Double] = []
        for row in 0..<reference.parts.count / columnCount {
            var inputs = [Float](repeating: 0, count: fitted.inputCount)
            var outputs = [Float](repeating: 0, count: fitted.featureCount)
            var own = [Double](repeating: 0, count: columnCount)
            rows.row(row).withContiguousStorageIfAvailable { features in
                guard let features = features.baseAddress else { return }
                expectations.writeInputs(features, to: &inputs)
                expectations.predict(inputs, rowCount: 1, into: &outputs)
                expectations.measure(
                    features,
                    outputs: outputs,
                    unknown: [],
                    foreign: [],
                    into: &own
                )
            }
            parts += own
        }
        // A part may be the square of a difference over a variance of 1 %.
        expectNear(parts, reference.parts, scale: 100)
    }

    private func expectNear(
        _ values: [Double],
        _ expected: [Double],
        scale: Double = 1,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(values.count == expected.count, sourceLocation: sourceLocation)
        let worst = zip(values, expected).map { abs($0 - $1) / (1 + abs($1)) }.max() ?? 0
        #expect(worst <= scale * Self.tolerance, sourceLocation: sourceLocation)
    }
}
