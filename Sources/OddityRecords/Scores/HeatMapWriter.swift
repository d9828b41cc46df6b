package import OddityDetectors
internal import OddityFiles
package import OddityImages
internal import OddityLinearAlgebra

/// Draws images with what was expected and where they are odd.
package struct HeatMaps {
    /// The heat from which on a place is outlined, in standard deviations of normal images.
    package static let contourLevel: Float = 3
    /// The heat that gets the last color; the same for all images, so that they can be compared.
    package static let brightest: Float = 8

    /// What the parts of a strip are, from left to right.
    package static let parts = ["the image", "expected", "where it is odd", "outlined"]

    package let detector: FittedImageDetector

    /// The strip of an image: as it is, as expected, the heat map, and both with an outline.
    package func strip(
        of image: ImageBatch.Entry,
        in batch: ImageBatch,
        threadCount: Int = 1
    ) throws -> Image {
        let rows = image.rows.map { Array(batch.matrix.row($0)) }
        let original = rows.count == 1 ? rows[0] : stitched(rows, image.size)
        let explained = try detector.explained(image, of: batch, threadCount: threadCount)
        return ImageStrip(
            original: image.image(of: original),
            reconstruction: image.image(of: explained.reconstruction),
            heatMap: explained.heatMap,
            range: 0...HeatMaps.brightest,
            contourLevel: HeatMaps.contourLevel,
            caption: "SCORE \(decimals(explained.score.score, 2)) P "
                + decimals(explained.score.pValue, 4)
        ).image
    }

    private func stitched(_ rows: [[Float]], _ size: ImageSize) -> [Float] {
        detector.preparer?.stitcher(for: size).map(ofTiles: rows) ?? rows[0]
    }
}

/// Writes a strip for each odd image into a folder.
package final class HeatMapWriter {
    package private(set) var count = 0
    private let folder: String
    private let maps: HeatMaps

    /// Makes the folder if it is not there.
    package init(folder: String, detector: FittedImageDetector) throws {
        self.folder = folder
        maps = HeatMaps(detector: detector)
        try Folder(path: folder).make()
    }

    /// Writes the strips of the odd ones among some images.
    package func write(
        _ batch: ImageBatch,
        scores: [RowScore],
        names: (Int) -> String,
        threadCount: Int
    ) throws {
        for (image, score) in zip(batch.images, scores) where maps.detector.isAnomaly(score) {
            let strip = try maps.strip(of: image, in: batch, threadCount: threadCount)
            try strip.writePNG(to: folder + "/" + fileName(image.index, names(image.index)))
            count += 1
        }
    }

    /// The number of the image and its name, without what a file name cannot have.
    private func fileName(_ index: Int, _ name: String) -> String {
        let number = String(index + 1)
        let padded = String(repeating: "0", count: max(0, 6 - number.count)) + number
        var text = name.split(separator: "/").suffix(2).joined(separator: "-")
        if let dot = text.lastIndex(of: "."), text[dot...].count <= 5 {
            text = String(text[..<dot])
        }
        let kept = text.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "_" }
        return "\(padded)-\(String(kept.suffix(80))).png"
    }
}
