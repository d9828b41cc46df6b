import Foundation
import OddityImages
import OddityLinearAlgebra
import Testing

@Suite("Preparing images")
struct PreparationTests {
    private let folder: ImageFolder

    init() throws { folder = try ImageFolder() }

    private func collection(_ images: [Image]) throws -> ImageCollection {
        for (i, image) in images.enumerated() {
            try folder.write(image, as: "\(i / 100)\(i / 10 % 10)\(i % 10).png")
        }
        return try ImageCollection(path: folder.path)
    }

    private func size(_ width: Int, _ height: Int) -> ImageSize {
        ImageSize(width: width, height: height)
    }

    @Test("without options, small images of one size stay as they are")
    func keepsSmall() throws {
        let images = (0..<5).map { sample(width: 64, height: 20, seed: $0) }
        let all = try collection(images)
        let preparer = try ImagePreparation().fitted(to: all)
        #expect(preparer.size == size(64, 20) && preparer.color == .grey)
        #expect(preparer.suggestedChunkSize == 4_096)
        let batch = try preparer.applied(to: all, in: 1..<4)
        #expect(batch.matrix.rowCount == 3 && batch.matrix.columnCount == 1_280)
        #expect(batch.images.map(\.rows) == [0..<1, 1..<2, 2..<3])
        for i in 0..<3 { #expect(batch.matrix.row(i).elementsEqual(images[i + 1].elements)) }
    }

    @Test("without options, other images get a longer side of 64 and the median ratio")
    func choosesSize() throws {
        let large = try ImagePreparation().fitted(to: collection([sample(width: 200, height: 100)]))
        #expect(large.size == size(64, 32))
        let mixed = try collection([
            sample(width: 10, height: 40), sample(width: 20, height: 40),
            sample(width: 90, height: 50, channelCount: 3),
        ])
        let preparer = try ImagePreparation().fitted(to: mixed)
        #expect(preparer.size == size(32, 64))
        // Grey among color: one has color, so all get three channels.
        #expect(preparer.color == .color && preparer.columnCount == 32 * 64 * 3)
        let batch = try preparer.applied(to: mixed, in: 0..<3)
        let grey = Array(batch.matrix.row(0))
        for i in 0..<32 * 64 {
            #expect(grey[3 * i] == grey[3 * i + 1] && grey[3 * i] == grey[3 * i + 2])
        }
    }

    @Test("color among grey is weighted as by ITU-R BT.601")
    func convertsColor() {
        let color = Image(size: size(2, 1), channelCount: 3, elements: [1, 0, 0, 0.5, 0.5, 0.5])
        #expect(abs(color.inGrey.elements[0] - 0.299) < 1e-7)
        #expect(color.inGrey.elements[1] == 0.5)
        #expect(color.inGrey.inColor.channelCount == 3)
    }

    @Test("framing, crop and their errors")
    func crops() throws {
        let image = sample(width: 40, height: 10)
        let all = try collection([image])
        let crop = ImagePreparation(size: size(10, 10), framing: .crop)
        let row = try crop.fitted(to: all).applied(to: all, in: 0..<1).matrix.row(0)
        #expect(row.elementsEqual(image.cropped(x: 15, y: 0, size: size(10, 10)).elements))
        let middle = ImagePreparation(size: size(40, 10), centerCrop: size(4, 2))
        let cut = try middle.fitted(to: all).applied(to: all, in: 0..<1).matrix
        #expect(cut.row(0).elementsEqual(image.cropped(x: 18, y: 4, size: size(4, 2)).elements))
        for wrong in [
            ImagePreparation(size: size(4, 4), centerCrop: size(5, 4)),
            ImagePreparation(size: size(0, 4)),
            ImagePreparation(
                size: size(4, 4),
                tiling: try ImageTiling(tileSize: size(8, 8))
            ),
        ] {
            #expect(try code { _ = try wrong.fitted(to: all) } == .invalidOption)
        }
        #expect(
            try code { _ = try ImageTiling(tileSize: size(4, 4), stride: size(5, 4)) }
                == .invalidOption
        )
    }

    @Test("normalizations give mean 0 and deviation 1 over what they say")
    func normalizes() throws {
        let images = (0..<3).map { sample(width: 8, height: 6, channelCount: 3, seed: $0 * 5) }
        let all = try collection(images)
        func rows(_ normalization: ImageNormalization) throws -> ([[Float]], ImageBatch) {
            let preparation = ImagePreparation(normalization: normalization)
            let preparer = try preparation.fitted(to: all)
            let batch = try preparer.applied(to: all, in: 0..<3)
            return ((0..<3).map { Array(batch.matrix.row($0)) }, batch)
        }
        func check(_ values: [Float]) {
            let mean = values.reduce(0, +) / Float(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            #expect(abs(mean) < 1e-5)
            #expect(abs(squares / Float(values.count) - 1) < 1e-4)
        }
        func channel(_ c: Int, _ row: [Float]) -> [Float] {
            row.enumerated().filter { $0.offset % 3 == c }.map(\.element)
        }
        for row in try rows(.perImage).0 { check(row) }
        for row in try rows(.perChannel).0 { for c in 0..<3 { check(channel(c, row)) } }
        let (dataset, batch) = try rows(.perDataset)
        for c in 0..<3 { check(dataset.flatMap { channel(c, $0) }) }
        // And back.
        for (i, image) in batch.images.enumerated() {
            let back = image.image(of: dataset[i])
            #expect(zip(back.elements, images[i].elements).allSatisfy { abs($0 - $1) < 1e-6 })
        }
        let flat = try collection([Image(size: size(8, 6), channelCount: 3, brightness: 0.5)])
        let preparer = try ImagePreparation(normalization: .perImage).fitted(to: flat)
        #expect(try preparer.prepared(flat.image(at: 0)).elements.allSatisfy { abs($0) < 1e-4 })
    }

    @Test("a range of deviations brings normalized numbers to 0 to 1, and back")
    func bringsDeviationsToRange() throws {
        let images = (0..<3).map { sample(width: 8, height: 6, channelCount: 3, seed: $0 * 5) }
        let all = try collection(images)
        var mask = Image(size: size(8, 6), channelCount: 1)
        mask[2, 1, 0] = 1
        let ignored = 3 * (8 + 2)..<3 * (8 + 3)
        for normalization in ImageNormalization.allCases {
            var preparation = ImagePreparation(
                normalization: normalization,
                mask: try ImageMask(mask)
            )
            let plain = try preparation.fitted(to: all)
            preparation.deviationRange = 1.5
            let preparer = try preparation.fitted(to: all)
            let coded = try JSONEncoder().encode(preparer)
            #expect(try JSONDecoder().decode(ImagePreparer.self, from: coded) == preparer)
            #expect((preparer == plain) == (normalization == .none))
            for image in images {
                let (z, found) = (try plain.prepared(image), try preparer.prepared(image))
                let back = found.image().elements
                for (i, value) in found.elements.enumerated() {
                    let expected = normalization == .none ? z.elements[i] : 0.5 + z.elements[i] / 3
                    #expect(abs(value - min(max(expected, 0), 1)) < 1e-6)
                    if ignored.contains(i) {
                        #expect(value == (normalization == .none ? 0 : 0.5))
                    } else if 0...1 ~= expected {
                        #expect(abs(back[i] - image.elements[i]) < 1e-5)
                    }
                }
            }
        }
        for range: Float in [0, -1, .nan, .infinity] {
            let preparation = ImagePreparation(normalization: .perImage, deviationRange: range)
            #expect(try code { _ = try preparation.fitted(to: all) } == .invalidOption)
        }
    }

    @Test("ignored pixels are 0 and do not count")
    func masks() throws {
        var mask = Image(size: size(8, 4), channelCount: 1)
        for y in 0..<4 { for x in 4..<8 { mask[x, y, 0] = 1 } }
        var image = Image(size: size(16, 8), channelCount: 1, brightness: 0.25)
        for y in 0..<8 {
            for x in 8..<16 { image[x, y, 0] = 1 }
            image[y, y, 0] = 0.75
        }
        let all = try collection([image])
        let preparation = ImagePreparation(
            size: size(16, 8),
            normalization: .perDataset,
            mask: try ImageMask(mask)
        )
        let preparer = try preparation.fitted(to: all)
        let prepared = try preparer.prepared(image)
        #expect(prepared.ignored == (0..<128).map { $0 % 16 >= 8 })
        for i in 0..<128 where i % 16 >= 8 { #expect(prepared.elements[i] == 0) }
        let mean = try #require(preparer.datasetScale?.shifts.first)
        // 8 of the 64 pixels that count are 0.75; stored in steps of 1/255.
        #expect(abs(mean - (0.25 + 0.5 / 8)) < 0.5 / 255)
        #expect(try preparer.pixels(markedIn: mask) == prepared.ignored)
        let everything = Image(size: size(2, 2), channelCount: 1, brightness: 1)
        #expect(try code { _ = try ImageMask(everything) } == .invalidOption)
    }

    @Test("tiles cover the image, and the stitcher puts them back")
    func tiles() throws {
        let tiling = try ImageTiling(tileSize: size(6, 4), stride: size(4, 3))
        let positions = tiling.positions(in: size(13, 9))
        #expect(Set(positions.map(\.x)) == [0, 4, 7] && Set(positions.map(\.y)) == [0, 3, 5])
        #expect(tiling.positions(in: size(5, 9)) == [])
        let image = sample(width: 13, height: 9, channelCount: 3)
        let all = try collection([image, sample(width: 6, height: 4, channelCount: 3)])
        let preparer = try ImagePreparation(tiling: tiling).fitted(to: all)
        #expect(preparer.size == nil && preparer.rowSize == size(6, 4))
        #expect(preparer.suggestedChunkSize == (64 << 20) / (64 * 72 * 4))
        let batch = try preparer.applied(to: all, in: 0..<2)
        #expect(batch.images.map(\.rows) == [0..<9, 9..<10])
        let rows = (0..<9).map { Array(batch.matrix.row($0)) }
        let stitcher = preparer.stitcher(for: batch.images[0].size)
        let whole = stitcher.map(ofTiles: rows)
        #expect(zip(whole, image.elements).allSatisfy { abs($0 - $1) < 1e-6 })
        // Pixel (5, 0) is in the tiles at x = 0 and x = 4 of the first row, pixel (0, 0) in one.
        let constants = [1, 3, 5, 0, 0, 0, 0, 0, 0].map { [Float](repeating: $0, count: 6 * 4) }
        let map = stitcher.map(ofTiles: constants)
        #expect(map[0] == 1 && map[5] == 2 && map[12] == 5)
        #expect(try code { _ = try preparer.prepared(sample(width: 5, height: 5)) } == .wrongSize)
    }

    @Test("the number of threads changes nothing")
    func ignoresThreads() throws {
        let all = try collection((0..<70).map { sample(width: 30 + $0, height: 40, seed: $0) })
        let preparation = ImagePreparation(size: size(16, 12), normalization: .perDataset)
        let one = try preparation.fitted(to: all, threadCount: 1)
        let four = try preparation.fitted(to: all, threadCount: 4)
        #expect(one == four)
        let rows = try one.applied(to: all, in: 0..<70, threadCount: 1).matrix
        #expect(try one.applied(to: all, in: 0..<70, threadCount: 4).matrix == rows)
        #expect(try one.applied(to: all, in: 20..<25, threadCount: 2).matrix == rows.rows(20..<25))
    }

    @Test("a preparer is stored and read back, and one that contradicts itself is refused")
    func codes() throws {
        let images = (0..<3).map { sample(width: 20, height: 20, seed: $0) }
        let preparer = try ImagePreparation(
            size: size(12, 12),
            centerCrop: size(10, 10),
            normalization: .perDataset,
            mask: try ImageMask(sample(width: 9, height: 9)),
            tiling: try ImageTiling(tileSize: size(4, 4), stride: size(3, 3))
        ).fitted(to: collection(images))
        let data = try JSONEncoder().encode(preparer)
        #expect(try JSONDecoder().decode(ImagePreparer.self, from: data) == preparer)
        let text = String(decoding: data, as: UTF8.self)
        for (old, new) in [
            ("\"color\":\"grey\"", "\"color\":\"color\""),
            ("\"normalization\":\"perDataset\"", "\"normalization\":\"none\""),
            ("\"centerCrop\":{\"width\":10", "\"centerCrop\":{\"width\":0"),
            ("\"centerCrop\":{\"height\":10", "\"centerCrop\":{\"height\":13"),
            ("\"runs\":[", "\"runs\":[-1,"), ("\"runs\":[", "\"runs\":[9223372036854775807,"),
        ] where text.contains(old) {
            let changed = Data(text.replacingOccurrences(of: old, with: new).utf8)
            #expect(throws: ImageError.self, "\(new)") {
                try JSONDecoder().decode(ImagePreparer.self, from: changed)
            }
        }
    }
}
