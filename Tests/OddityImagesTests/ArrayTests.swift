import Foundation
import OddityImages
import Testing

@Suite("Arrays of images")
struct ArrayTests {
    @Test(
        "numbers are divided by the full scale of their type",
        arguments: [
            ("u1", 255), ("little-u2", 65_535), ("big-u2", 65_535), ("i1", 127),
            ("little-i4", 255), ("big-i8", 255), ("little-f4", 32), ("big-f4", 32),
            ("little-f8", 32),
        ] as [(String, Float)]
    )
    func readsTypes(name: String, fullScale: Float) throws {
        let collection = try ImageCollection(path: fixture(name + ".npy"))
        #expect(collection.count == 3)
        for i in 0..<3 {
            let image = try collection.image(at: i)
            #expect(image.size == ImageSize(width: 4, height: 2) && image.channelCount == 1)
            #expect(image.elements == (8 * i..<8 * i + 8).map { Float($0) / fullScale })
        }
    }

    @Test("booleans are black and white, and a full scale can be given")
    func readsBooleans() throws {
        #expect(try read(fixture("bool.npy")).elements == [0, 1, 0, 1, 0, 1, 0, 1])
        let options = ImageReadingOptions(fullScale: 7)
        #expect(try read(fixture("u1.npy"), options).elements == (0..<8).map { Float($0) / 7 })
        let last = try ImageCollection(path: fixture("u1.npy"), options: options)
        #expect(try code { _ = try last.image(at: 2) } == .invalidValue)
        let none = ImageReadingOptions(fullScale: 0)
        #expect(try code { _ = try read(fixture("u1.npy"), none) } == .invalidOption)
    }

    @Test(
        "Fortran order and archives give the same images",
        arguments: ["fortran.npy", "fortran.npz", "arrays.npz"]
    )
    func readsOrders(name: String) throws {
        let collection = try ImageCollection(path: fixture(name))
        #expect(collection.count == 3)
        for i in [2, 0, 1] {
            let image = try collection.image(at: i)
            #expect(image.channelCount == 3)
            #expect(image.elements == (24 * i..<24 * i + 24).map { Float($0) / 255 })
        }
        #expect(collection.name(at: 2).hasSuffix("\(name)[2]"))
    }

    @Test("IDX files are read, compressed or not", arguments: ["idx3-ubyte", "idx3-ubyte.gz"])
    func readsIDX(name: String) throws {
        let collection = try ImageCollection(path: fixture(name))
        #expect(collection.count == 3)
        #expect(try collection.image(at: 2).elements == (16..<24).map { Float($0) / 255 })
    }

    @Test("an archive of several arrays asks for a name")
    func choosesArray() throws {
        let path = try fixture("two.npz")
        #expect(try code { _ = try ImageCollection(path: path) } == .ambiguousArray)
        #expect(try read(path, ImageReadingOptions(arrayName: "b")).size.width == 4)
        let unknown = ImageReadingOptions(arrayName: "c")
        #expect(try code { _ = try read(path, unknown) } == .ambiguousArray)
    }

    @Test("a large file is read where it is asked for, not from its start")
    func readsLazily() throws {
        let folder = try ImageFolder()
        let path = try folder.write(header("(4000000, 128, 128)"), as: "large.npy")
        // A file of holes: 65 GB that take no space.
        #expect(truncate(path, 128 + 4_000_000 * 128 * 128) == 0)
        let collection = try ImageCollection(path: path)
        #expect(collection.count == 4_000_000)
        #expect(try collection.image(at: 3_999_999).elements.allSatisfy { $0 == 0 })
    }

    @Test("arrays that contradict themselves are errors")
    func refuses() throws {
        let folder = try ImageFolder()
        func code(_ bytes: [UInt8]) throws -> ImageError.Code? {
            let path = try folder.write(bytes, as: "a.npy")
            return try OddityImagesTests.code { _ = try ImageCollection(path: path) }
        }
        #expect(try code(header("(3, 2, 4)")) == .truncated)
        #expect(try code(header("(3, 2, 4)") + Array(repeating: 1, count: 23)) == .truncated)
        #expect(try code(header("(3, 2, 4)") + Array(repeating: 1, count: 24)) == nil)
        #expect(try code(header("(0, 2, 4)")) == .noImages)
        #expect(try code(header("(3, 0, 4)")) == .empty)
        #expect(try code(header("(3, 4)") + Array(repeating: 1, count: 12)) == .invalidShape)
        #expect(try code(header("(1, 3, 2, 9)") + Array(repeating: 1, count: 54)) == .invalidShape)
        #expect(try code(header("(4611686018427387904, 4, 4)")) == .invalidHeader)
        #expect(try code(header("(-3, 2, 4)")) == .invalidHeader)
        #expect(try code(header("3")) == .invalidHeader)
        let limit = ImageReadingOptions(maximumPixelCount: 7)
        #expect(
            try OddityImagesTests.code {
                _ = try ImageCollection(path: fixture("u1.npy"), options: limit)
            }
                == .tooManyPixels
        )
        #expect(try code(Array(header("(3, 2, 4)")[..<20])) == .invalidHeader)
        #expect(
            try code([0x93] + Array("NUMPY".utf8) + [9, 0, 4, 0, 1, 1, 1, 1]) == .invalidHeader
        )
        #expect(try code([0, 0, 8, 3, 0, 0]) == .invalidHeader)
        #expect(try code([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 7]) == .truncated)
        #expect(
            try OddityImagesTests.code { _ = try ImageCollection(path: fixture("complex.npy")) }
                == .unsupportedElement
        )
        #expect(
            try OddityImagesTests.code { _ = try ImageCollection(path: fixture("table.npz")) }
                == .invalidShape
        )
    }

    @Test(
        "an alpha that is none is an error of its image",
        arguments: [-0.25, 1.5, 1e30] as [Float]
    )
    func refusesWrongAlpha(alpha: Float) throws {
        let folder = try ImageFolder()
        let numbers: [Float] = [1e30, 0.5, 0.25, alpha]
        let bytes = numbers.withUnsafeBytes { Array($0) }
        let path = try folder.write(header("(2, 1, 1, 2)", type: "<f4") + bytes, as: "a.npy")
        let collection = try ImageCollection(path: path)
        #expect(try collection.image(at: 0).elements == [5e29])
        do {
            _ = try collection.image(at: 1)
            Issue.record("the alpha \(alpha) was taken")
        } catch {
            #expect(error.code == .invalidValue && error.file == "\(path)[1]")
            #expect(error.message.hasPrefix("an alpha is \(alpha), outside 0 to 1.0"))
        }
    }

    @Test("floats that are no numbers are an error of their image")
    func refusesNaN() throws {
        let folder = try ImageFolder()
        let numbers: [Float] = [0, 1, .nan, 0.5, 0.25, 2]
        let bytes = numbers.withUnsafeBytes { Array($0) }
        let path = try folder.write(header("(3, 1, 2)", type: "<f4") + bytes, as: "a.npy")
        let collection = try ImageCollection(path: path)
        #expect(try collection.image(at: 2).elements == [0.25, 2])
        do {
            _ = try collection.image(at: 1)
            Issue.record("NaN was read")
        } catch {
            #expect(error.code == .invalidValue && error.file == "\(path)[1]")
        }
    }

    @Test("compressed arrays decompress to no more than they promise and the limit allows")
    func limitsDecompression() throws {
        let options = ImageReadingOptions(maximumDecompressedSize: 100_000)
        let promise = try fixture("promise.npy.gz")
        // Refused by its header, before anything is decompressed.
        let few = ImageReadingOptions(maximumPixelCount: 1_000)
        #expect(try code { _ = try ImageCollection(path: promise, options: few) } == .tooManyPixels)
        #expect(try code { _ = try ImageCollection(path: promise, options: options) } == .tooLarge)
        #expect(try code { _ = try ImageCollection(path: promise) } == .truncated)
        // What follows the promised numbers is not even read.
        #expect(try ImageCollection(path: fixture("bomb.npy.gz"), options: options).count == 2)
        let small = ImageReadingOptions(maximumDecompressedSize: 100)
        #expect(
            try code { _ = try ImageCollection(path: fixture("arrays.npz"), options: small) }
                == .tooLarge
        )
    }

    @Test(
        "damaged and truncated archives are errors, never a crash",
        arguments: ["arrays.npz", "idx3-ubyte.gz", "u1.npy", "idx3-ubyte"]
    )
    func survivesMutations(name: String) throws {
        let folder = try ImageFolder()
        let bytes = try fixtureBytes(name)
        for count in stride(from: bytes.count - 1, through: 0, by: -3) {
            let path = try folder.write(Array(bytes[..<count]), as: "short")
            #expect(throws: ImageError.self) {
                let collection = try ImageCollection(path: path)
                _ = try collection.image(at: collection.count - 1)
            }
        }
        for i in stride(from: 0, to: bytes.count, by: 2) {
            var changed = bytes
            changed[i] ^= 0x41
            let path = try folder.write(changed, as: "changed")
            _ = try? ImageCollection(path: path).image(at: 0)
        }
    }

    /// An NPY header of 128 bytes.
    private func header(_ shape: String, type: String = "|u1") -> [UInt8] {
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
        let padded = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    }
}
