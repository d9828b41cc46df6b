import Foundation
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

/// The numbers of `scripts/reference_pca.py`.
struct ReferenceComponents: Decodable {
    struct Case: Decodable, Sendable {
        var name: String
        var rowCount: Int
        var columnCount: Int
        var rows: [Float]
        var mean: [Double]
        var variances: [Double]
        var totalVariance: Double
        var components: [Double]
        var codes: [Double]
        var countOfShare: [Int]
        var aboveAverage: Int
    }

    var shares: [Double]
    var cases: [Case]

    static func load() throws -> ReferenceComponents {
        let url = try #require(
            Bundle.module.url(
                forResource: "components",
                withExtension: "json",
                subdirectory: "Fixtures"
            )
        )
        return try JSONDecoder().decode(ReferenceComponents.self, from: Data(contentsOf: url))
    }
}

@Suite struct PrincipalComponentsParityTests {
    @Test func agreesWithScikitLearn() throws {
        let reference = try ReferenceComponents.load()
        #expect(reference.cases.count == 4)
        for item in reference.cases {
            let rows = Matrix(
                rowCount: item.rowCount,
                columnCount: item.columnCount,
                elements: item.rows
            )
            let count = item.variances.count
            let analysis = try PrincipalComponentAnalysis(components: .count(count)).fitted(
                to: rows
            )
            #expect(analysis.componentCount == count, "\(item.name)")
            // Both compute with doubles; variances lose the ratio of the largest to them.
            let size = Double(max(item.rowCount, item.columnCount))
            let largest = item.variances.first ?? 0
            for (own, expected) in zip(analysis.explainedVariance, item.variances) {
                #expect(abs(own - expected) <= 4 * size * largest * 0x1p-52, "\(item.name)")
            }
            #expect(abs(analysis.totalVariance / item.totalVariance - 1) <= size * 0x1p-50)
            // Rounded to floats at the end.
            #expect(agree(analysis.mean, item.mean, tolerance: 0x1p-23), "\(item.name)")
            #expect(
                agree(analysis.components.elements, item.components, tolerance: 0x1p-23),
                "\(item.name)"
            )
            // Sums of floats: of columns × (entry of a row − mean) × (entry of a unit vector).
            let magnitude = item.rows.reduce(0) { max($0, abs(Double($1))) }
            #expect(
                agree(
                    analysis.applied(to: rows).elements,
                    item.codes,
                    tolerance: Double(item.columnCount) * magnitude * 0x1p-23
                ),
                "\(item.name)"
            )
        }
    }

    @Test func keepsAsManyForAShareAsScikitLearn() throws {
        let reference = try ReferenceComponents.load()
        for item in reference.cases {
            let rows = Matrix(
                rowCount: item.rowCount,
                columnCount: item.columnCount,
                elements: item.rows
            )
            #expect(item.countOfShare.count == reference.shares.count)
            for (share, count) in zip(reference.shares, item.countOfShare) {
                let analysis = try PrincipalComponentAnalysis(components: .variance(share))
                    .fitted(to: rows)
                #expect(analysis.componentCount == count, "\(item.name), \(share)")
                #expect(analysis.explainedShare.reduce(0, +) >= share - 1e-9)
            }
            let above = try PrincipalComponentAnalysis(components: .aboveAverage).fitted(to: rows)
            #expect(above.componentCount == item.aboveAverage, "\(item.name)")
        }
    }

    private func agree(_ values: [Float], _ expected: [Double], tolerance: Double) -> Bool {
        values.count == expected.count
            && zip(values, expected)
                .allSatisfy { abs(Double($0) - $1) <= tolerance * max(1, abs($1)) }
    }
}
