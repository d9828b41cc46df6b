internal import Detectors
internal import Files
internal import Images
internal import LinearAlgebra

/// Draws pictures with what was expected and where they are odd.
struct HeatMaps {
    /// The heat from which on a place is outlined, in standard deviations of normal pictures.
    static let contourLevel: Float = 3
    /// The heat that gets the last color; the same for all pictures, so that they can be compared.
    static let brightest: Float = 8

    let detector: FittedImageDetector

    /// The strip of a picture: as it is, as expected, the heat map, and both with an outline.
    func strip(
        of picture: ExplainedPicture,
        original: MatrixRow,
        rule: DecisionRule
    ) -> Image {
        let shape = detector.shape
        let size = ImageSize(width: shape.width, height: shape.height)
        func image(_ elements: [Float]) -> Image {
            Image(
                size: size,
                channelCount: shape.channels,
                elements: elements.map { min(max($0, 0), 1) }
            )
        }
        return ImageStrip(
            original: image(Array(original)),
            reconstruction: image(picture.reconstruction),
            heatMap: picture.heatMap,
            range: 0...HeatMaps.brightest,
            contourLevel: HeatMaps.contourLevel,
            caption:
                "SCORE \(decimals(picture.score.score, 2)) P \(decimals(picture.score.pValue, 4))"
        ).picture
    }
}

/// Writes a strip for each odd picture into a folder.
final class HeatMapWriter {
    private(set) var count = 0
    private let folder: String
    private let maps: HeatMaps
    private let rule: DecisionRule

    /// Makes the folder if it is not there.
    init(folder: String, detector: FittedImageDetector) throws {
        self.folder = folder
        maps = HeatMaps(detector: detector)
        rule = detector.decisionRule
        try Folder(path: folder).make()
    }

    /// Writes the strips of the odd ones among some pictures.
    func write(
        _ batch: ImageBatch,
        scores: [RowScore],
        names: (Int) -> String,
        threadCount: Int
    ) throws {
        let odd = scores.indices.filter { rule.isAnomaly(scores[$0]) }
        // A few at a time: heat maps and reconstructions are as large as the pictures.
        for start in stride(from: 0, to: odd.count, by: 64) {
            let rows = Array(odd[start..<min(start + 64, odd.count)])
            let pictures = batch.matrix.rows(at: rows)
            let explained = try maps.detector.explained(of: pictures, threadCount: threadCount)
            for (place, picture) in explained.enumerated() {
                let index = batch.pictures[rows[place]].index
                let strip = maps.strip(of: picture, original: pictures.row(place), rule: rule)
                try strip.writePNG(to: folder + "/" + fileName(index, names(index)))
                count += 1
            }
        }
    }

    /// The number of the picture and its name, without what a file name cannot have.
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
