import Foundation
import OddityLinearAlgebra
import Testing

@testable import OddityDetectors

/// The numbers of `scripts/reference_image_features.py`.
struct ReferenceImageFeatures: Decodable {
    struct Case: Decodable, CustomTestStringConvertible {
        var height: Int
        var width: Int
        var channels: Int
        var levels: [Int]
        var results: [Result]
        var alignment: Double

        var shape: ImageShape { ImageShape(height: height, width: width, channels: channels) }
        var testDescription: String { "\(height) × \(width) × \(channels)" }
        var matrix: Matrix {
            Matrix(
                rowCount: levels.count / shape.elementCount,
                columnCount: shape.elementCount,
                elements: levels.map { Float($0) / 255 }
            )
        }
    }

    struct Result: Decodable {
        var descriptor: [Float]
        var pooled: [Float]
        var structureCount: Int
        var structureChosen: [Int]
        var structure: [Float]
        var rawCount: Int
        var rawChosen: [Int]
        var raw: [Float]
    }

    var leastLength: Float
    var cases: [Case]

    static func load() throws -> ReferenceImageFeatures {
        let url = try #require(
            Bundle.module.url(
                forResource: "image_features",
                withExtension: "json",
                subdirectory: "Fixtures"
            )
        )
        return try JSONDecoder().decode(
            ReferenceImageFeatures.self,
            from: Data(contentsOf: url)
        )
    }
}

@Suite struct ImageFeatureParityTests {
    let reference: ReferenceImageFeatures

    init() throws { reference = try .load() }

    /// Numbers of magnitude 1 are rounded at 2⁻²⁴; differences, sums and divisions add a few roundings.
    static let tolerance: Float = 16 * 0x1p-24

    /// Square roots are compared by their squares, whose error does not grow near 0.
    private func agree(_ found: [Float], _ expected: [Float], squared: Bool, scale: Float = 1)
        -> Bool
    {
        found.count == expected.count && !found.isEmpty
            && zip(found, expected).allSatisfy { pair in
                let difference = squared ? pair.0 * pair.0 - pair.1 * pair.1 : pair.0 - pair.1
                return abs(difference) <= scale * Self.tolerance
            }
    }

    @Test func imagesBecomeTheFeaturesOfTheReference() throws {
        #expect(reference.cases.count == 5)
        for one in reference.cases {
            let geometry = ImageGeometry(one.shape)
            let features = FeatureBlock(one.matrix, geometry, threadCount: 1)
            #expect(one.results.count == one.matrix.rowCount)
            for (row, result) in one.results.enumerated() {
                let place = "\(one.testDescription), image \(row)"
                #expect(
                    agree(
                        Array(features.descriptors.row(row)),
                        result.descriptor,
                        squared: true
                    ),
                    "descriptor of \(place)"
                )
                #expect(
                    agree(Array(features.pooled.row(row)), result.pooled, squared: false),
                    "pooled pixels of \(place)"
                )
                let structure = PatchReader(
                    grid: geometry.structure,
                    normalization: .length(least: reference.leastLength)
                )
                #expect(structure.grid.patchCount == result.structureCount)
                #expect(
                    agree(
                        patches(structure, result.structureChosen, features.cells.row(row)),
                        result.structure,
                        squared: true
                    ),
                    "structure patches of \(place)"
                )
                let raw = PatchReader(grid: geometry.raw, normalization: .mean)
                #expect(raw.grid.patchCount == result.rawCount)
                #expect(
                    agree(
                        patches(raw, result.rawChosen, logarithms(one, row)),
                        result.raw,
                        squared: false,
                        // Logarithms go from −3 to 0.
                        scale: 4
                    ),
                    "raw patches of \(place)"
                )
            }
            let all = try TrainingImages(one.matrix, shape: one.shape, threadCount: 1)
            #expect(abs(all.alignment - one.alignment) < 1e-6)
        }
    }

    private func logarithms(_ one: ReferenceImageFeatures.Case, _ row: Int) -> [Float] {
        let features = ImageFeatures(ImageGeometry(one.shape))
        var result = [Float](repeating: 0, count: one.shape.elementCount)
        one.matrix.withUnsafeElements { elements in
            result.withUnsafeMutableBufferPointer { result in
                guard let base = elements.baseAddress, let target = result.baseAddress else {
                    return
                }
                features.measureLogarithms(base + row * one.shape.elementCount, into: target)
            }
        }
        return result
    }

    private func patches(
        _ reader: PatchReader,
        _ chosen: [Int],
        _ grid: some Collection<Float>
    ) -> [Float] {
        let grid = Array(grid)
        var patch = [Float](repeating: 0, count: reader.grid.patchSize)
        return chosen.flatMap { index in
            grid.withUnsafeBufferPointer { grid in
                patch.withUnsafeMutableBufferPointer { patch in
                    guard let base = grid.baseAddress, let target = patch.baseAddress else {
                        return
                    }
                    reader.read(index, of: base, into: target)
                }
            }
            return patch
        }
    }
}
