import Foundation
import OddityDetectors
import OddityImages
import OddityLinearAlgebra

/// A folder of grey images of 16 bits, removed with the last reference to it.
final class ImageFolder {
    let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("oddity-\(UUID().uuidString)")

    init(_ images: Matrix, shape: ImageShape) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for index in 0..<images.rowCount {
            var bytes = Array("P5 \(shape.width) \(shape.height) 65535\n".utf8)
            for number in images.row(index) {
                let word = UInt16((number * 65_535).rounded())
                bytes += [UInt8(word >> 8), UInt8(word & 255)]
            }
            let name = "\(1000 + index).pgm"
            try Data(bytes).write(to: url.appendingPathComponent(name))
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var collection: ImageCollection {
        get throws { try ImageCollection(path: url.path) }
    }
}
