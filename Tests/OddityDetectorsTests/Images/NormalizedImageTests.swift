import Foundation
import OddityImages
import OddityLinearAlgebra
import Testing

@testable import OddityDetectors

/// Images that are normalized before they are judged.
@Suite struct NormalizedImageTests {
    private static let shape = ImageShape(height: 16, width: 16)

    private func images(count: Int, seed: UInt64, light: Float) -> Matrix {
        var images = ImageSamples.squares(count: count, shape: Self.shape, seed: seed)
        images.withUnsafeMutableElements { elements in
            for i in elements.indices { elements[i] *= light }
        }
        return images
    }

    /// Scores of a folder of images by a detector that was fitted to others.
    private func scores(
        _ normalization: ImageNormalization,
        light: Float
    ) throws -> (scores: [Double], batch: ImageBatch, detector: FittedImageDetector) {
        let training = try ImageFolder(
            images(count: 30, seed: 1, light: 1),
            shape: Self.shape
        )
        let detector = try ImageSamples.detector.fitted(
            to: training.collection,
            preparation: ImagePreparation(normalization: normalization)
        ).detector
        let preparer = try #require(detector.preparer)
        #expect(preparer.normalization == normalization)
        #expect(preparer.deviationRange == (normalization == .none ? nil : 4))
        let folder = try ImageFolder(
            images(count: 6, seed: 2, light: light),
            shape: Self.shape
        )
        let batch = try preparer.applied(to: folder.collection, in: 0..<6)
        return (try detector.scores(of: batch).map(\.score), batch, detector)
    }

    @Test(arguments: [ImageNormalization.perImage, .perChannel])
    func lightNoLongerCounts(normalization: ImageNormalization) throws {
        let bright = try scores(normalization, light: 1).scores
        let dark = try scores(normalization, light: 0.3).scores
        #expect(zip(bright, dark).allSatisfy { abs($0 - $1) < 0.05 })
        let plain = try scores(.none, light: 0.3).scores
        #expect(zip(plain, dark).allSatisfy { $0 > $1 + 1 })
    }

    @Test func lightCountsBesideThatOfTheDataSet() throws {
        let bright = try scores(.perDataset, light: 1).scores
        let dark = try scores(.perDataset, light: 0.3).scores
        #expect(zip(bright, dark).allSatisfy { $1 > $0 + 1 })
    }

    @Test(arguments: ImageNormalization.allCases)
    func reconstructionsAreInTheUnitsOfTheImage(normalization: ImageNormalization) throws {
        let (_, batch, detector) = try scores(normalization, light: 1)
        #expect(batch.matrix.elements.allSatisfy { $0 >= 0 && $0 <= 1 })
        let original = images(count: 6, seed: 2, light: 1)
        for image in batch.images {
            let explained = try detector.explained(image, of: batch)
            let shown = image.image(of: explained.reconstruction).elements
            let given = image.image(of: Array(batch.matrix.row(image.index))).elements
            let errors = zip(shown, original.row(image.index)).map { abs($0 - $1) }
            #expect(errors.reduce(0, +) / Float(errors.count) < 0.1)
            #expect(zip(given, original.row(image.index)).allSatisfy { abs($0 - $1) < 1e-4 })
        }
    }

    @Test func theModelKeepsIt() throws {
        let (scores, batch, detector) = try scores(.perDataset, light: 0.9)
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try detector.write(to: path)
        let restored = try FittedImageDetector(reading: path)
        #expect(restored.preparer == detector.preparer)
        #expect(try restored.scores(of: batch).map(\.score) == scores)
    }
}
