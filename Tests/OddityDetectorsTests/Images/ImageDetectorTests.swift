import OddityEvaluation
import OddityLinearAlgebra
import Testing

@testable import OddityDetectors

@Suite struct ImageDetectorTests {
    @Test(arguments: [
        ImageShape(height: 4, width: 4), ImageShape(height: 8, width: 11, channels: 3),
        ImageShape(height: 17, width: 16), ImageShape(height: 20, width: 24),
    ])
    func keepsTheInvariants(shape: ImageShape) throws {
        try checkImageDetector(ImageSamples.detector, shape: shape)
    }

    @Test func scoresDoNotDependOnTheChunk() throws {
        let shape = ImageShape(height: 9, width: 9)
        let images = ImageSamples.squares(count: 12, shape: shape, seed: 1)
        let detector = try ImageSamples.detector.fitted(to: images, shape: shape)
        var basis = detector.basis
        for chunkSize in [1, 5] {
            basis.chunkSize = chunkSize
            let other = FittedImageDetector(
                configuration: detector.configuration,
                basis: basis,
                heldOut: detector.heldOut,
                provenance: detector.provenance,
                members: detector.members,
                calibration: detector.calibration
            )
            #expect(try other.explained(of: images) == detector.explained(of: images))
        }
        let large = ImageGeometry(ImageShape(height: 1000, width: 1000))
        #expect(ImageBasis(geometry: large, leastLength: 0).chunkSize == 1)
    }

    /// The area under the ROC curve, and how far the heat maps' peaks lie from the defects, in the
    /// median.
    private func found(
        _ detector: FittedImageDetector,
        normal: Matrix,
        odd: Matrix,
        defects: [ImageSamples.Defect]
    ) throws -> (area: Double, distance: Double) {
        let explained = try detector.explained(of: odd)
        let scores = try detector.scores(of: normal) + explained.map(\.score)
        let curve = try ROCCurve(
            scores: scores.map(\.score),
            labels: scores.indices.map { $0 >= normal.rowCount }
        )
        let distances = zip(explained, defects).map { $1.distance(from: $0.oddestPixel) }.sorted()
        return (curve.area, distances[distances.count / 2])
    }

    private func defects(count: Int, shape: ImageShape, side: Int) -> [ImageSamples.Defect] {
        var stream = RandomStream(seed: 11, use: .sampling)
        return (0..<count).map { _ in
            ImageSamples.Defect(
                row: shape.height / 4 + stream.integer(below: shape.height / 2 - side),
                column: shape.width / 4 + stream.integer(below: shape.width / 2 - side),
                side: side
            )
        }
    }

    @Test func findsAndShowsDefectsOfATexture() throws {
        let shape = ImageShape(height: 32, width: 32)
        let defects = defects(count: 12, shape: shape, side: 6)
        let training = ImageSamples.stripes(count: 40, shape: shape, seed: 1)
        let detector = try ImageSamples.detector.fitted(to: training, shape: shape)
        #expect(detector.alignment < 0.2)
        let result = try found(
            detector,
            normal: ImageSamples.stripes(count: 20, shape: shape, seed: 2),
            odd: ImageSamples.stripes(count: 12, shape: shape, seed: 3, defects: defects),
            defects: defects
        )
        #expect(result.area > 0.95)
        #expect(result.distance <= 5)
    }

    @Test func findsAndShowsDefectsOfAnAlignedThing() throws {
        let shape = ImageShape(height: 24, width: 24)
        let defects = defects(count: 12, shape: shape, side: 4)
        let training = ImageSamples.squares(count: 40, shape: shape, seed: 1)
        let detector = try ImageSamples.detector.fitted(to: training, shape: shape)
        #expect(detector.alignment > 0.5)
        let result = try found(
            detector,
            normal: ImageSamples.squares(count: 20, shape: shape, seed: 2),
            odd: ImageSamples.squares(count: 12, shape: shape, seed: 3, defects: defects),
            defects: defects
        )
        #expect(result.area > 0.95)
        #expect(result.distance <= 5)
    }

    @Test func keepsTheFalseAlarmRate() throws {
        let shape = ImageShape(height: 10, width: 10)
        let training = ImageSamples.squares(count: 150, shape: shape, seed: 1)
        let detector = try ImageSamples.detector.fitted(to: training, shape: shape)
        let count = 300
        let scores = try detector.scores(
            of: ImageSamples.squares(count: count, shape: shape, seed: 2)
        )
        for rate in [0.05, 0.2] {
            let alarms = Double(scores.count { $0.pValue <= rate })
            // Four standard deviations, of the new images and of the calibration.
            let deviation = (rate * (1 - rate) * (1 / 300 + 1 / 150)).squareRoot()
            #expect(alarms / Double(count) < rate + 4 * deviation)
        }
        #expect(scores.count { $0.pValue <= 0.5 } > count / 10)
    }

    @Test func brightnessAloneIsOdd() throws {
        let shape = ImageShape(height: 12, width: 12)
        let training = ImageSamples.squares(count: 150, shape: shape, seed: 1)
        // Enough to rebuild squares wherever they are.
        var configuration = ImageSamples.detector
        configuration.steps = 400
        let detector = try configuration.fitted(to: training, shape: shape)
        let normal = ImageSamples.squares(count: 10, shape: shape, seed: 2)
        let dark = Matrix(
            rowCount: 10,
            columnCount: shape.elementCount,
            elements: normal.elements.map { $0 * 0.3 }
        )
        let usual = try detector.scores(of: normal).map(\.score).max() ?? 0
        #expect(try detector.scores(of: dark).allSatisfy { $0.score > usual })
    }

    @Test func tenImagesAreEnough() throws {
        let shape = ImageShape(height: 12, width: 12)
        let defect = ImageSamples.Defect(row: 3, column: 3, side: 4)
        var configuration = ImageDetector()
        configuration.steps = 20
        configuration.patchSteps = 20
        let training = ImageSamples.squares(count: 10, shape: shape, seed: 1)
        let detector = try configuration.fitted(to: training, shape: shape)
        let scores = try detector.scores(
            of: ImageSamples.squares(count: 2, shape: shape, seed: 2, defects: [defect])
        )
        #expect(scores[0].score > scores[1].score)
    }

    @Test func tooFewImagesAreRefused() throws {
        let shape = ImageShape(height: 12, width: 12)
        let nine = ImageSamples.squares(count: 9, shape: shape, seed: 1)
        #expect(throws: DetectorError.tooFewImages(count: 9, needed: 10)) {
            try ImageDetector().fitted(to: nine, shape: shape)
        }
        var detector = ImageDetector()
        detector.folds = 8
        #expect(throws: DetectorError.tooFewImages(count: 9, needed: 16)) {
            try detector.fitted(to: nine, shape: shape)
        }
    }

    @Test(arguments: [
        ImageShape(height: 3, width: 12), ImageShape(height: 12, width: 12, channels: 2),
        ImageShape(height: 12, width: 13), ImageShape(height: -12, width: -12),
        ImageShape(height: 1 << 40, width: 12),
    ])
    func sizesThatCannotBeUsedAreRefused(shape: ImageShape) throws {
        let images = Matrix(rowCount: 12, columnCount: 144)
        #expect(throws: DetectorError.self) {
            try ImageDetector().fitted(to: images, shape: shape)
        }
    }

    @Test func settingsThatCannotBeUsedAreRefused() throws {
        let changes: [(inout ImageDetector) -> Void] = [
            { $0.folds = 1 }, { $0.globalSizes = [] }, { $0.pixelSizes = [0] },
            { $0.patchSizes = [1 << 20] }, { $0.steps = 0 }, { $0.patchSteps = 0 },
            { $0.patchCount = 99 },
        ]
        for change in changes {
            var detector = ImageDetector()
            change(&detector)
            #expect(throws: DetectorError.self, "\(detector)") { try detector.validate() }
        }
        try ImageDetector().validate()
    }

    @Test func imagesThatAreAllEqualGiveNumbers() throws {
        let shape = ImageShape(height: 12, width: 12)
        let square = ImageSamples.squares(count: 1, shape: shape, seed: 1)
        let flat = Matrix(
            rowCount: 1,
            columnCount: 144,
            elements: [Float](repeating: 0.5, count: 144)
        )
        for one in [square, flat, Matrix(rowCount: 1, columnCount: 144)] {
            let training = one.rows(at: [Int](repeating: 0, count: 12))
            let detector = try ImageSamples.detector.fitted(to: training, shape: shape)
            let scores = try detector.scores(of: training)
            #expect(scores.allSatisfy { $0.score.isFinite && $0.pValue > 0.1 })
            let other = ImageSamples.stripes(count: 1, shape: shape, seed: 2)
            let odd = try detector.explained(of: other)[0]
            #expect(odd.score.score.isFinite && odd.score.score > scores[0].score)
            #expect(odd.heatMap.allSatisfy { $0.isFinite })
        }
    }
}
