import OddityDatasets
import OddityImages
import OdditySeries

/// Readers of arrays, as series and as images.
enum ArrayFuzzing {
    static func run(_ bytes: [UInt8], beginningWith mark: [UInt8]) {
        FuzzFile.with(mark + bytes.dropFirst(mark.count)) { path in
            if var series = try? ArraySeries(path: path), series.rowCount < 1_000_000 {
                while let chunk = try? series.nextChunk() {
                    precondition(chunk.rowCount > 0, "an empty chunk")
                }
            }
            // Arrays of floats may go beyond white.
            ImageFuzzing.read(path) { $0.isFinite }
        }
    }
}

/// Readers of images.
enum ImageFuzzing {
    static func run(_ bytes: [UInt8], beginningWith mark: [UInt8]) {
        FuzzFile.with(mark + bytes.dropFirst(mark.count)) { path in read(path) { 0...1 ~= $0 } }
    }

    static func read(_ path: String, isSound: (Float) -> Bool) {
        let options = ImageReadingOptions(
            maximumPixelCount: 100_000,
            maximumDecompressedSize: 1 << 20
        )
        guard let images = try? ImageCollection(path: path, options: options) else { return }
        for index in 0..<min(images.count, 4) {
            guard let image = try? images.image(at: index) else { continue }
            precondition(image.elements.allSatisfy(isSound), "a sample that is none")
        }
        _ = try? images.survey()
    }
}
