import OddityDetectors
import OddityLinearAlgebra

/// Generated images: a texture of stripes, and a bright square that moves a little.
enum ImageSamples {
    /// Where a defect was planted, its upper left corner.
    struct Defect {
        let row: Int
        let column: Int
        let side: Int

        /// The distance in pixels of a place from the middle of the defect, along the axis where it
        /// is larger.
        func distance(from place: PixelPosition) -> Double {
            let middle = Double(side - 1) / 2
            return max(
                abs(Double(place.row - row) - middle),
                abs(Double(place.column - column) - middle)
            )
        }
    }

    /// Slanted stripes of any phase, with noise; with defects, a patch of each slants the other way.
    static func stripes(
        count: Int,
        shape: ImageShape,
        seed: UInt64,
        defects: [Defect] = []
    ) -> Matrix {
        images(count: count, shape: shape, seed: seed) { stream in
            let phase = stream.uniform() * 8
            return { y, x, index in
                let isOdd = defects.indices.contains(index) && defects[index].contains(y, x)
                let position = Float(x) + (isOdd ? -Float(y) : Float(y)) + phase
                return position.truncatingRemainder(dividingBy: 8) < 4 ? 0.35 : 0.65
            }
        }
    }

    /// A bright square in the middle, moved by up to a pixel; with defects, each hides a part of it.
    static func squares(
        count: Int,
        shape: ImageShape,
        seed: UInt64,
        defects: [Defect] = []
    ) -> Matrix {
        images(count: count, shape: shape, seed: seed) { stream in
            let down = stream.integer(below: 3) - 1
            let right = stream.integer(below: 3) - 1
            return { y, x, index in
                if defects.indices.contains(index), defects[index].contains(y, x) { return 0.2 }
                let rows = shape.height / 4 + down..<shape.height * 3 / 4 + down
                let columns = shape.width / 4 + right..<shape.width * 3 / 4 + right
                return rows.contains(y) && columns.contains(x) ? 0.8 : 0.2
            }
        }
    }

    private static func images(
        count: Int,
        shape: ImageShape,
        seed: UInt64,
        _ make: (inout RandomStream) -> (_ row: Int, _ column: Int, _ index: Int) -> Float
    ) -> Matrix {
        var stream = RandomStream(seed: seed, use: .sampling)
        var elements: [Float] = []
        elements.reserveCapacity(count * shape.elementCount)
        for index in 0..<count {
            let brightness = make(&stream)
            for y in 0..<shape.height {
                for x in 0..<shape.width {
                    for _ in 0..<shape.channels {
                        let noise = 0.08 * (stream.uniform() - 0.5)
                        elements.append(brightness(y, x, index) + noise)
                    }
                }
            }
        }
        return Matrix(rowCount: count, columnCount: shape.elementCount, elements: elements)
    }

    /// Small and quick to train.
    static var detector: ImageDetector {
        var detector = ImageDetector()
        detector.folds = 2
        detector.globalSizes = [32, 8]
        detector.pixelSizes = [32, 8]
        detector.patchSizes = [24, 8]
        detector.steps = 40
        detector.patchSteps = 60
        detector.patchCount = 1000
        detector.seed = 5
        return detector
    }
}

extension ImageSamples.Defect {
    func contains(_ y: Int, _ x: Int) -> Bool {
        (row..<row + side).contains(y) && (column..<column + side).contains(x)
    }
}
