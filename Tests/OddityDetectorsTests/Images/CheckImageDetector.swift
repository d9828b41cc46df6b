import Foundation
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
    let detector = try configuration.fitted(to: training, shape: shape, threadCount: 1)
    let scores = try detector.scores(of: images)

    #expect(scores.count == count, sourceLocation: sourceLocation)
    #expect(
        scores.allSatisfy {
            $0.score.isFinite && $0.error.isFinite && $0.pValue > 0 && $0.pValue <= 1
        },
        "scores are finite and p-values probabilities",
        sourceLocation: sourceLocation
    )
    #expect(
        Set(scores.map(\.score)).count > scores.count / 2,
        "scores are not constant",
        sourceLocation: sourceLocation
    )
    let ordered = scores.sorted { $0.score < $1.score }
    #expect(
        zip(ordered, ordered.dropFirst()).allSatisfy { $0.pValue >= $1.pValue },
        "a higher score never has a higher p-value",
        sourceLocation: sourceLocation
    )

    // The same bytes from a second fit, whatever the number of threads.
    let second = try configuration.fitted(to: training, shape: shape, threadCount: 3)
    #expect(try detector.encoded() == second.encoded(), sourceLocation: sourceLocation)
    #expect(
        try detector.scores(of: images, threadCount: 2) == scores,
        "thread-invariant",
        sourceLocation: sourceLocation
    )

    // Each image by itself, and in another order.
    for row in [0, 1, 63, 64, 65] {
        let one = try detector.scores(of: images.rows(row..<row + 1))
        #expect(one == [scores[row]], "image \(row) by itself", sourceLocation: sourceLocation)
    }
    let order = Array((0..<count).reversed())
    let reversed = try detector.scores(of: images.rows(at: order))
    #expect(reversed.reversed() == scores, "in reverse", sourceLocation: sourceLocation)

    // Heat maps and reconstructions.
    let explained = try detector.explained(of: images, threadCount: 2)
    #expect(explained.map(\.score) == scores, sourceLocation: sourceLocation)
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
        let oddest = image.oddestPlace.row * shape.width + image.oddestPlace.column
        #expect(image.heatMap[oddest] == image.heatMap.max(), sourceLocation: sourceLocation)
    }

    // Through its file.
    let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var named = detector
    named.decisionRule = .score(3)
    named.trainingSource = "squares"
    try named.write(to: path)
    let restored = try FittedImageDetector(reading: path)
    #expect(try restored.scores(of: images) == scores, sourceLocation: sourceLocation)
    #expect(try restored.encoded() == named.encoded(), sourceLocation: sourceLocation)
    #expect(restored.shape == shape && restored.decisionRule == .score(3))
    #expect(try DetectorKind(ofModelAt: path) == .images, sourceLocation: sourceLocation)
    #expect(throws: (any Error).self, sourceLocation: sourceLocation) {
        try FittedTableDetector(reading: path)
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
