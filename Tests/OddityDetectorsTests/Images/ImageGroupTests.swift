import OddityImages
import OddityLinearAlgebra
import Testing

@testable import OddityDetectors

/// Images of which several show one piece.
@Suite struct ImageGroupTests {
    private static let shape = ImageShape(height: 12, width: 12)
    private let detector = ImageSamples.detector
    private let images = ImageSamples.squares(count: 24, shape: shape, seed: 1)
    /// Groups of 1 to 5 images.
    private let groups = (0..<24).map { $0 * $0 % 11 }

    private func error(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func groupsChangeWhatIsHeldOutAndAreKept() throws {
        let fitted = try detector.fitted(to: images, shape: Self.shape, groups: groups)
        let plain = try detector.fitted(to: images, shape: Self.shape)
        #expect(fitted.trainingHeldOut.errors != plain.trainingHeldOut.errors)
        #expect(fitted.provenance.groupCount == Set(groups).count)
        #expect(plain.provenance.groupCount == nil)
        let read = try FittedImageDetector(fitted.archive())
        #expect(read.provenance == fitted.provenance)
        // A group for each is as none.
        let single = try detector.fitted(
            to: images,
            shape: Self.shape,
            groups: Array(0..<24)
        )
        #expect(single.trainingHeldOut.errors == plain.trainingHeldOut.errors)
        #expect(single.provenance.groupCount == 24)
    }

    @Test func theModelDependsNeitherOnThreadsNorOnMemory() throws {
        let folder = try ImageFolder(images, shape: Self.shape)
        let size = ImageSize(width: 6, height: 6)
        for tiling in [nil, try ImageTiling(tileSize: size, stride: size)] {
            let preparation = ImagePreparation(
                size: ImageSize(width: 12, height: 12),
                tiling: tiling
            )
            let models = try [(1, 256 << 20), (3, 256 << 20), (2, 0)].map { threads, limit in
                try detector.fitted(
                    to: folder.collection,
                    preparation: preparation,
                    groups: groups,
                    memoryLimit: limit,
                    threadCount: threads
                ).detector.encoded()
            }
            #expect(models[1] == models[0] && models[2] == models[0])
            let found = try detector.findings(
                in: folder.collection,
                preparation: preparation,
                groups: groups
            )
            #expect(try found.detector.encoded() == models[0])
        }
    }

    @Test func groupsThatCannotBeHeldOutAreRefused() {
        func fit(_ groups: [Int], folds: Int = 2) -> String {
            var detector = detector
            detector.folds = folds
            return error { _ = try detector.fitted(to: images, shape: Self.shape, groups: groups) }
        }
        #expect(
            fit([1, 2])
                == "the number of images with a group is 2: give a group for each of the 24"
        )
        #expect(
            fit((0..<24).map { $0 % 3 }, folds: 4)
                == "the number of groups is 3: 4 folds need images of at least as many"
        )
        #expect(
            fit((0..<24).map { $0 < 20 ? 0 : $0 })
                == "the images cannot be used: one group has 20 of the 24 images, so that 4 would be left "
                + "to learn from without it; give images of more pieces"
        )
        // One image is enough of a fold.
        #expect(fit((0..<24).map { $0 < 10 ? 0 : $0 < 23 ? 1 : 2 }, folds: 3) == "none")
    }
}
