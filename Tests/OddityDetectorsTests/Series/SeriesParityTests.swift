import Foundation
import OddityEvaluation
import OddityLinearAlgebra
import OdditySeries
import Testing

@testable import OddityDetectors

/// The numbers of `scripts/reference_series_detector.py`.
private struct SeriesReference: Decodable {
    struct Scaling: Decodable {
        var windowLength: Int
        var features: [Float]
        var breaks: [Int]
        var blocks: [Int]
        var center: [Double]
        var factor: [Double]
        var starts: [Double]
        var changeFactor: [Double]
        var activityMean: [Double]
        var activityFactor: [Double]
        var inputs: [Double]
    }

    struct Calibration: Decodable {
        var name: String
        var blocks: [[Float]]
        var factor: [Double]
        var share: [Double]
        var sample: [Double]
        var rows: [Float]
        var measures: [Double]
    }

    var scaling: Scaling
    var calibrations: [Calibration]

    static func load() throws -> SeriesReference {
        let url = try #require(
            Bundle.module.url(
                forResource: "series_detector",
                withExtension: "json",
                subdirectory: "Fixtures"
            )
        )
        return try JSONDecoder().decode(SeriesReference.self, from: Data(contentsOf: url))
    }
}

/// What is learned from steps and residuals, beside the same formulas in another language.
@Suite struct SeriesParityTests {
    private func matrix(_ elements: [Float], _ columnCount: Int) -> Matrix {
        Matrix(
            rowCount: elements.count / columnCount,
            columnCount: columnCount,
            elements: elements
        )
    }

    /// Whether numbers agree but for the rounding of single precision, some of it added up.
    private func agree(
        _ values: [some BinaryFloatingPoint],
        _ expected: [Double],
        tolerance: Double = 1e-5
    ) -> Bool {
        values.count == expected.count && !values.isEmpty
            && zip(values, expected).allSatisfy {
                abs(Double($0) - $1) <= tolerance * max(1, abs($1))
            }
    }

    private func learned(_ reference: SeriesReference.Scaling) -> (SeriesScaling, [Bool]) {
        let features = matrix(reference.features, 3)
        let breaks = (0..<features.rowCount).map { reference.breaks.contains($0) }
        let scaling = SeriesScaling(
            features,
            blocks: zip(reference.blocks, reference.blocks.dropFirst()).map { $0..<$1 },
            breaks: breaks,
            windowLength: reference.windowLength
        )
        return (scaling, breaks)
    }

    @Test func scalesAgree() throws {
        let reference = try SeriesReference.load().scaling
        let (scaling, _) = learned(reference)
        #expect(agree(scaling.center, reference.center))
        #expect(agree(scaling.factor, reference.factor))
        #expect(agree(scaling.starts, reference.starts))
        #expect(agree(scaling.activity.map(\.changeFactor), reference.changeFactor))
        #expect(agree(scaling.activity.map(\.mean), reference.activityMean))
        #expect(agree(scaling.activity.map(\.factor), reference.activityFactor))
        #expect(scaling.spans == [3, 12])
        #expect(scaling.isSound(featureCount: 3, windowLength: 12))
    }

    /// The step, its averages and its activity, as the network sees them, across breaks.
    @Test func inputsAgree() throws {
        let reference = try SeriesReference.load().scaling
        let (scaling, breaks) = learned(reference)
        let layout = SeriesLayout(
            SeriesNetwork(),
            scaling,
            windowLength: 12,
            warmUpCount: 12,
            options: SeriesOptions()
        )
        var past = PastSteps(layout)
        var inputs: [Float] = []
        for (row, starts) in breaks.enumerated() {
            var step = [Float](repeating: 0, count: 3)
            var input = [Float](repeating: 0, count: layout.inputSize)
            scaling.apply(Array(reference.features[row * 3..<row * 3 + 3]), into: &step)
            past.take(
                step,
                starts ? .starts : .continues,
                isImpossible: false,
                layout,
                scaling,
                into: &input
            )
            inputs += input
        }
        #expect(layout.inputSize == 12)
        #expect(agree(inputs, reference.inputs, tolerance: 1e-4))
    }

    @Test func calibrationsAgree() throws {
        let references = try SeriesReference.load().calibrations
        #expect(references.count == 3)
        for reference in references {
            let heldOut = try HeldOutSeries(
                reference.blocks.map { HeldOutBlock(residuals: matrix($0, 4)) }
            )
            let calibration = SeriesCalibration(heldOut)
            #expect(agree(calibration.factor, reference.factor), "\(reference.name)")
            let measure = SeriesMeasure(
                factor: calibration.factor,
                whitening: calibration.whitening
            )
            let measures = measure.measures(of: matrix(reference.rows, 4))
            #expect(agree(measures, reference.measures, tolerance: 1e-4), "\(reference.name)")
            // Near 0 a logarithm is of few digits.
            let rounding = reference.name == "still" ? 1e-3 : 5e-3
            #expect(
                agree(calibration.score.values, reference.sample, tolerance: rounding),
                "\(reference.name)"
            )
            #expect(calibration.heldOutCount == reference.blocks.count * 40)
        }
        // Chance alone is no drift, and a drift is hardly shortened.
        #expect(references[0].share.allSatisfy { $0 < 0.8 } && references[1].share[2] > 0.9)
    }

    @Test func whiteningTakesCorrelationAway() throws {
        let reference = try #require(SeriesReference.load().calibrations.first)
        let blocks = reference.blocks.map { matrix($0, 4) }
        let calibration = SeriesCalibration(
            try HeldOutSeries(blocks.map { HeldOutBlock(residuals: $0) })
        )
        let scaled = blocks.flatMap { block in
            (0..<block.rowCount).map { row in
                (0..<4).map { Double(block.row(row)[$0] * calibration.factor[$0]) }
            }
        }
        let white = scaled.map { row in
            (0..<4).map { j in
                (0..<4).reduce(0.0) { $0 + row[$1] * Double(calibration.whitening[$1, j]) * 2 }
            }
        }
        func moment(_ rows: [[Double]], _ i: Int, _ j: Int) -> Double {
            rows.reduce(0) { $0 + $1[i] * $1[j] } / Double(rows.count)
        }
        #expect(moment(scaled, 0, 1) > 0.8)
        for i in 0..<4 {
            #expect(abs(moment(scaled, i, i) - 1) < 1e-3)
            #expect(abs(moment(white, i, i) - 1) < 0.4)
            for j in 0..<i {
                // Shrinkage leaves a part of strong correlations.
                #expect(abs(moment(white, i, j)) < 0.5 * max(0.1, abs(moment(scaled, i, j))))
            }
        }
    }
}
