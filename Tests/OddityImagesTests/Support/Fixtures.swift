import Foundation
import OddityImages
import Testing

/// The path of an image that `scripts/make_image_fixtures.py` made.
func fixture(_ name: String) throws -> String {
    let folder = try #require(Bundle.module.resourceURL)
    return folder.appendingPathComponent("Fixtures/" + name).path
}

func fixtureBytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: fixture(name))))
}

/// The one image of a file.
func read(
    _ path: String,
    _ options: ImageReadingOptions = ImageReadingOptions()
) throws -> Image {
    try ImageCollection(path: path, options: options).image(at: 0)
}

/// The pattern of the fixtures, in bytes.
func pattern(channelCount: Int, keeping kept: Int? = nil) -> [Float] {
    var values: [Float] = []
    for y in 0..<5 {
        for x in 0..<7 {
            for c in 0..<(kept ?? channelCount) {
                values.append(Float((37 * x + 59 * y + 101 * c + 11) % 256))
            }
        }
    }
    return values
}

/// The code of the ``ImageError`` that `body` throws; nil for none.
func code(_ body: () throws -> Void) throws -> ImageError.Code? {
    do {
        try body()
        return nil
    } catch let error as ImageError {
        // One line that says more than the code.
        #expect(!error.message.contains("\n") && error.message.contains(";"))
        return error.code
    }
}

/// A folder with folders in it, which lasts as long as this object.
final class ImageFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("oddity-images-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ bytes: [UInt8], as name: String) throws -> String {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: url)
        return url.path
    }

    @discardableResult
    func write(_ image: Image, as name: String) throws -> String {
        try write(image.pngBytes(), as: name)
    }
}

/// An image whose numbers all differ somewhat, of whole steps of 8 bits.
func sample(width: Int, height: Int, channelCount: Int = 1, seed: Int = 0) -> Image {
    let count = width * height * channelCount
    let elements = (0..<count).map { Float(($0 * 31 + seed * 47 + $0 / 7) % 256) / 255 }
    return Image(
        size: ImageSize(width: width, height: height),
        channelCount: channelCount,
        elements: elements
    )
}
