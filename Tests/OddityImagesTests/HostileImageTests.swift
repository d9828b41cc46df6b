import Foundation
import OddityImages
import Testing

@Suite("Images that cannot be read")
struct HostileImageTests {
    private let folder: ImageFolder

    init() throws { folder = try ImageFolder() }

    private func code(_ bytes: [UInt8], _ name: String = "a.png") throws -> ImageError.Code? {
        let path = try folder.write(bytes, as: name)
        return try OddityImagesTests.code { _ = try read(path) }
    }

    @Test("each has its own error")
    func refuses() throws {
        #expect(try code([]) == .notAImage)
        #expect(try code(Array("no image at all, but text".utf8)) == .notAImage)
        #expect(try code(fixtureBytes("zero.png")) == .empty)
        #expect(try code(fixtureBytes("bomb.png")) == .tooManyPixels)
        #expect(try code(Array("P5 0 4 255\n".utf8)) == .empty)
        #expect(try code(Array("P5 30000 30000 255\n1234".utf8)) == .tooManyPixels)
        #expect(try code(Array("P6 99999999999999999999 3 255\n".utf8)) == .damaged)
        for text in [
            "P5 2 1 0\n12", "P5 2 1 65536\n1212", "P5 2 1 100\n1\u{7F}", "P2 2 1 255 1 256",
            "P2 2 1 255 1 x", "P5 2 1 ?\n12", "P2 2 1 255 1 99999999999999999999",
        ] {
            #expect(try code(Array(text.utf8)) == .damaged, "\(text)")
        }
        for text in [
            "P5 2", "P5 2 1", "P5 2 1 255", "P5 2 1 255\n1", "P5 2 1 65535\n123", "P2 2 1 255 1",
            "P2 2 1 255 1 ", "P3 1 1 9 1 2 # no third", "P6 40000 1000 255\n123",
        ] {
            #expect(try code(Array(text.utf8)) == .truncated, "\(text)")
        }
        #expect(try code(Array("P2 2147483647 2147483647 255 1".utf8)) == .tooManyPixels)
        for name in ["image.gif", "image.tif", "bits.pbm"] {
            #expect(try code(fixtureBytes(name)) == .unsupportedFormat)
        }
    }

    @Test("an image beyond the limit of pixels is refused, one at the limit is not")
    func limitsPixels() throws {
        for name in ["grey8.png", "grey.bmp", "grey.pgm"] {
            let path = try fixture(name)
            var options = ImageReadingOptions(maximumPixelCount: 35)
            #expect(try read(path, options).size.pixelCount == 35)
            options.maximumPixelCount = 34
            #expect(try OddityImagesTests.code { _ = try read(path, options) } == .tooManyPixels)
        }
        let options = ImageReadingOptions(maximumPixelCount: 100)
        let path = try fixture("color.jpg")
        #expect(try OddityImagesTests.code { _ = try read(path, options) } == .tooManyPixels)
    }

    @Test(
        "an image that ends too early is an error, wherever it ends",
        arguments: [
            "grey8.png", "color.jpg", "progressive.jpg", "grey.bmp", "color.ppm", "alpha8.png",
        ]
    )
    func refusesTruncated(name: String) throws {
        let bytes = try fixtureBytes(name)
        for count in 0..<bytes.count where count < 80 || count % 7 == 0 {
            // The two bytes at the end of a JPEG only say that it has ended.
            if name.hasSuffix("jpg"), count >= bytes.count - 2 { continue }
            #expect(try code(Array(bytes[..<count]), name) != nil, "\(count) bytes")
        }
        #expect(try code(Array(bytes.dropLast(14)), name) == .truncated)
    }

    /// Fuzzing found files of 57 and of 42 bytes for which libpng made room for a gigabyte.
    @Test("a chunk is as long as the file has bytes for it")
    func checksWhatChunksClaim() throws {
        let bytes = try fixtureBytes("grey8.png")
        func with(_ name: String, length: UInt32, count: Int) -> [UInt8] {
            let head = (0..<4).map { UInt8(length >> (24 - 8 * $0) & 0xFF) } + Array(name.utf8)
            // Behind the header; a wrong checksum costs no more than the chunk.
            return bytes[..<33] + head + [UInt8](repeating: 65, count: count + 4) + bytes[33...]
        }
        let claim = with("eXIf", length: 1 << 30, count: 20)
        // The file may end anywhere behind the chunk's name.
        for count in [41, 42, 45, 57, claim.count] {
            #expect(try code(Array(claim[..<count])) == .truncated, "\(count) bytes")
        }
        for count in [20, 200_000, 9_000_000] {
            #expect(try code(with("oDDy", length: UInt32(count), count: count)) == nil, "\(count)")
        }
    }

    @Test(
        "a changed byte gives an image or an error",
        arguments: [
            "grey8.png", "palette.png", "color.jpg", "progressive.jpg", "grey.bmp", "color.bmp",
            "color.ppm", "orientation6.jpg", "orientation6.png",
        ]
    )
    func survivesMutations(name: String) throws {
        let bytes = try fixtureBytes(name)
        // Room for what a changed size asks for, in time for many changes.
        let options = ImageReadingOptions(maximumPixelCount: 20_000)
        // Headers byte by byte, pixels now and then.
        for i in bytes.indices where i < 80 || i % 7 == 0 {
            var changed = bytes
            changed[i] ^= [0x01, 0x80, 0xFF][i % 3]
            let path = try folder.write(changed, as: "changed.png")
            guard let image = try? read(path, options) else { continue }
            #expect(image.elements.allSatisfy { $0 >= 0 && $0 <= 1 })
        }
    }

    @Test("files that are no files are errors of reading")
    func refusesFiles() throws {
        #expect(
            try OddityImagesTests.code { _ = try ImageCollection(path: folder.path + "/none") }
                == .notFound
        )
        mkfifo(folder.path + "/pipe.png", 0o600)
        let collection = try ImageCollection(path: folder.path)
        #expect(try OddityImagesTests.code { _ = try collection.image(at: 0) } == .notAFile)
        let path = try folder.write(fixtureBytes("grey8.png"), as: "secret.png")
        chmod(path, 0)
        // The administrator may read everything.
        let expected: ImageError.Code? = geteuid() == 0 ? nil : .permissionDenied
        #expect(try OddityImagesTests.code { _ = try read(path) } == expected)
        chmod(path, 0o600)
    }

    @Test("errors name the file, and say what and how to fix it, in one line")
    func describes() throws {
        let path = try folder.write(Array("text".utf8), as: "a.png")
        do {
            _ = try read(path)
        } catch {
            #expect(
                "\(error)"
                    == "\(path): this is no image (PNG, JPEG, BMP, PGM or PPM); remove the file"
            )
        }
    }
}
