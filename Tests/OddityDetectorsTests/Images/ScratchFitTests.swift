import Foundation
import OddityImages
import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

@testable import OddityDetectors

/// Images and features that memory shall not hold lie in files, and nobody can tell.
@Suite struct ScratchFitTests {
    private static let shape = ImageShape(height: 21, width: 24)

    private static let detectors: [ImageDetector] = [
        ImageSamples.detector,
        ConvolutionalSamples.detector { detector, network in
            detector.pixelScore.summary = .topShare(0.1)
            network.augmentation.flipsHorizontally = true
            network.augmentation.shift = 1
        },
        ConvolutionalSamples.detector { detector, network in
            detector.measures = .all
            network.loss = .binaryCrossEntropy
        },
    ]

    @Test(arguments: detectors.indices)
    func modelsAreTheSameBytes(index: Int) throws {
        let detector = Self.detectors[index]
        let images = ImageSamples.squares(count: 24, shape: Self.shape, seed: 1)
        let folder = try ImageFolder(images, shape: Self.shape)
        let tiles = try ImageTiling(
            tileSize: ImageSize(width: 12, height: 12),
            stride: ImageSize(width: 6, height: 9)
        )
        for tiling in [nil, tiles] {
            let size = ImageSize(width: 24, height: 21)
            let preparation = ImagePreparation(size: size, tiling: tiling)
            let collection = try folder.collection
            let memory = try detector.fitted(to: collection, preparation: preparation)
            for threadCount in [1, 3] {
                let scratch = try detector.fitted(
                    to: collection,
                    preparation: preparation,
                    memoryLimit: 0,
                    threadCount: threadCount
                )
                #expect(try scratch.detector.encoded() == memory.detector.encoded())
                #expect(scratch.detector.provenance.trainingCount == 24)
            }
        }
    }

    @Test func imagesTakenInByChunksAreThoseTakenInAtOnce() throws {
        let images = ImageSamples.stripes(count: 11, shape: Self.shape, seed: 1)
        let memory = try TrainingImages(images, shape: Self.shape, threadCount: 1)
        var intake = try ImageIntake(ImageDetector(), shape: Self.shape, inFile: true)
        for chunk in [0..<4, 4..<5, 5..<11] {
            try intake.add(images.rows(chunk), threadCount: 2)
        }
        let scratch = intake.finished()
        #expect(scratch.alignment == memory.alignment)
        #expect(scratch.lights == memory.lights)
        #expect(scratch.basis.leastLength == memory.basis.leastLength)
        for (one, other) in [
            (scratch.images, memory.images), (scratch.descriptors, memory.descriptors),
            (scratch.pooled, memory.pooled), (scratch.cells, memory.cells),
        ] {
            #expect(try all(one) == all(other) && one.rowCount == 11)
        }
    }

    @Test func rowsComeInAnyOrder() throws {
        // Rows that are larger than what is read at a time.
        let width = 150_000
        for inFile in [false, true] {
            var rows = try StoredRows(capacity: 5, columnCount: width, inFile: inFile)
            for row in 0..<5 {
                let numbers = (0..<width).map { Float(row * 10 + $0 % 10) }
                try rows.append(numbers, count: 1)
            }
            var found = [Float](repeating: 0, count: 3 * width)
            try rows.write(rows: [4, 0, 4], into: &found)
            #expect(found[0] == 40 && found[width + 9] == 9 && found[3 * width - 1] == 49)
            var sums: [Float] = []
            try rows.forEachRow { sums.append($0[0]) }
            #expect(sums == [0, 10, 20, 30, 40])
        }
    }

    @Test func tooFewImagesAndWrongSettingsAreRefused() throws {
        let images = ImageSamples.squares(count: 9, shape: Self.shape, seed: 1)
        let folder = try ImageFolder(images, shape: Self.shape)
        #expect(throws: DetectorError.tooFewImages(count: 9, needed: 10)) {
            try ImageSamples.detector.fitted(to: folder.collection, memoryLimit: 0)
        }
        var detector = ImageSamples.detector
        detector.folds = 1
        #expect(throws: DetectorError.self) {
            try detector.fitted(to: folder.collection, memoryLimit: 0)
        }
    }

    private func all(_ rows: StoredRows) throws -> [Float] {
        var numbers: [Float] = []
        try rows.forEachRow { numbers += UnsafeBufferPointer(start: $0, count: rows.columnCount) }
        return numbers
    }
}
