import Detectors
import Foundation
import Images
import LinearAlgebra

/// A folder of grey pictures of 16 bits, removed with the last reference to it.
final class PictureFolder {
    let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("oddity-\(UUID().uuidString)")

    init(_ pictures: Matrix, shape: ImageShape) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for index in 0..<pictures.rowCount {
            var bytes = Array("P5 \(shape.width) \(shape.height) 65535\n".utf8)
            for number in pictures.row(index) {
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
