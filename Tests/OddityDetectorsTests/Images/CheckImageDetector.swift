import OddityDetectors
import OddityLinearAlgebra
import Testing

/// What every detector of images must do, whatever its settings and the size of the images.
func checkImageDetector(
    _ configuration: ImageDetector,
    shape: ImageShape,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let training = ImageSamples.squares(count: 24, shape: shape, seed: 1)
    let count = 66
    let defects = (0..<count / 2).map { _ in
        ImageSamples.Defect(row: shape.height / 4, column: shape.width / 4, side: 2)
    }
    let images = ImageSamples.squares(count: count, shape: shape, seed: 2, defects: defects)
    let (detector, found) = try checkContract(
        DetectorProbe(
            fit: { try configuration.fitted(to: training, shape: shape, threadCount: $0) },
            scores: { try $0.scores(of: images, threadCount: $1) },
            scoresOneByOne: { detector in
                let scorer = detector.makeScorer()
                return try (0..<count).flatMap {
                    try scorer.rowScores(of: images.rows($0..<$0 + 1))
                }
            }
        ),
        sourceLocation: sourceLocation
    )
    let scores = found.compactMap { $0 }
    #expect(scores.count == count, sourceLocation: sourceLocation)
    #expect(detector.shape == shape, sourceLocation: sourceLocation)

    // In another order.
    let order = Array((0..<count).reversed())
    let reversed = try detector.scores(of: images.rows(at: order))
    #expect(reversed.reversed() == scores, "in reverse", sourceLocation: sourceLocation)

    // Heat maps and reconstructions.
    let explained = try detector.explained(of: images, threadCount: 2)
    #expect(explained.map(\.score) == scores, sourceLocation: sourceLocation)
    #expect(explained.map(\.isAnomaly) == scores.map(detector.isAnomaly))
    for image in explained {
        #expect(
            image.heatMap.count == shape.pixelCount
                && image.heatMap.allSatisfy(\.isFinite),
            sourceLocation: sourceLocation
        )
        #expect(
            image.reconstruction.count == shape.elementCount
                && image.reconstruction.allSatisfy { $0 >= 0 && $0 <= 1 },
            sourceLocation: sourceLocation
        )
        let oddest = image.oddestPixel.row * shape.width + image.oddestPixel.column
        #expect(image.heatMap[oddest] == image.heatMap.max(), sourceLocation: sourceLocation)
    }

    // Images that do not fit.
    #expect(throws: DetectorError.self, sourceLocation: sourceLocation) {
        try detector.scores(of: Matrix(rowCount: 1, columnCount: shape.elementCount + 1))
    }
    for flaw: Float in [.nan, .infinity, -0.1, 1.1] {
        var flawed = images.rows(0..<2)
        flawed[1, 3] = flaw
        #expect(throws: DetectorError.self, sourceLocation: sourceLocation) {
            try detector.explained(of: flawed)
        }
    }
    #expect(
        try detector.scores(of: Matrix(rowCount: 0, columnCount: shape.elementCount)).isEmpty,
        sourceLocation: sourceLocation
    )
}
