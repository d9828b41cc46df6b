import Foundation
import OddityLinearAlgebra
import Testing

@testable import OddityDetectors

/// What is taken of the errors of pixels, and how images are changed in training.
@Suite struct PixelScoreTests {
    private let shape = ImageShape(height: 4, width: 5)

    private func value(_ map: [Float], _ change: (inout PixelScore) -> Void) throws -> Double {
        var score = PixelScore()
        change(&score)
        let held = (0..<20).map { Float($0 < 10 ? 2 : 4) }
        let calibration = try PixelMapCalibration(
            [stored([held]), stored([held])],
            shape: shape,
            score: score
        )
        return exp(calibration.score(unscaled: map))
    }

    private func stored(_ maps: [[Float]]) -> StoredRows { StoredRows(Matrix(rows: maps)) }

    @Test func summariesAreAsDefined() throws {
        let map = (0..<20).map { Float($0) }
        func isNear(_ value: Double, _ expected: Double) -> Bool {
            abs(value - expected) < 1e-5 * expected
        }
        #expect(isNear(try value(map) { _ in }, 9.5))
        #expect(isNear(try value(map) { $0.summary = .topShare(0.1) }, 18.5))
        #expect(isNear(try value(map) { $0.summary = .topShare(0.11) }, 18))
        #expect(isNear(try value(map) { $0.summary = .topShare(1e-9) }, 19))
        #expect(isNear(try value(map) { $0.summary = .smoothedMaximum(side: 1) }, 19))
        // The lower right corner: 13, 14, 18 and 19.
        #expect(isNear(try value(map) { $0.summary = .smoothedMaximum(side: 3) }, 16))
        #expect(isNear(try value(map) { $0.summary = .smoothedMaximum(side: 63) }, 9.5))
        let standardized = try value(map) { $0.standardizes = true }
        #expect(isNear(standardized, (45.0 / 2 + 145.0 / 4) / 20))
    }

    @Test func pixelsThatAreAlwaysRebuiltHaveALeastMean() throws {
        let map = [Float](repeating: 0, count: 19) + [20]
        let calibration = try PixelMapCalibration(
            [stored([map])],
            shape: shape,
            score: PixelScore()
        )
        #expect(abs(calibration.inverseMean[0] - 10) < 1e-4)
        #expect(abs(calibration.inverseMean[19] - 0.05) < 1e-6)
        let dark = try PixelMapCalibration(
            [stored([[Float](repeating: 0, count: 20)])],
            shape: shape,
            score: PixelScore()
        )
        #expect(dark.inverseMean.allSatisfy { $0.isFinite })
    }

    @Test func changesArePossibleOnesAndFollowFromTheirPlace() {
        let images = Matrix(
            rowCount: 1,
            columnCount: 20,
            elements: (0..<20).map { Float($0) / 40 }
        )
        func changed(_ epoch: Int, _ change: (inout ImageAugmentation) -> Void) -> [Float] {
            var augmentation = ImageAugmentation()
            change(&augmentation)
            let augmenter = ImageAugmenter(
                augmentation: augmentation,
                shape: shape,
                scaling: UniformScaler(mean: [Float](repeating: 0, count: 20), factor: 1),
                seed: 3
            )
            var target = [Float](repeating: 0, count: 20)
            augmenter.write(images.elements, row: 0, epoch: epoch, into: &target)
            return target
        }
        func image(_ place: (_ y: Int, _ x: Int) -> (Int, Int)) -> [Float] {
            (0..<20).map { index in
                let (y, x) = place(index / 5, index % 5)
                return images[0, min(max(y, 0), 3) * 5 + min(max(x, 0), 4)]
            }
        }
        let same = image { ($0, $1) }
        #expect(changed(0) { _ in } == same)
        let flips = (0..<40).map { changed($0) { $0.flipsHorizontally = true } }
        #expect(Set(flips) == [same, image { ($0, 4 - $1) }])
        let upsideDown = (0..<40).map { changed($0) { $0.flipsVertically = true } }
        #expect(Set(upsideDown) == [same, image { (3 - $0, $1) }])
        let shifts = (0..<200).map { changed($0) { $0.shift = 1 } }
        let all = (-1...1).flatMap { down in
            (-1...1).map { right in image { ($0 - down, $1 - right) } }
        }
        #expect(Set(shifts) == Set(all))
        #expect(shifts == (0..<200).map { changed($0) { $0.shift = 1 } })
        let bright = (0..<100).map { changed($0) { $0.brightness = 0.5 }[19] / same[19] }
        #expect(bright.allSatisfy { 0.499...1.501 ~= $0 })
        #expect((bright.max() ?? 0) > 1.3 && (bright.min() ?? 1) < 0.7)
    }
}
