import OddityImages
import Testing

/// BMP files, made here byte by byte.
@Suite struct BitmapTests {
    private let folder: ImageFolder

    init() throws { folder = try ImageFolder() }

    /// A file of 2 × 2 pixels of 8 bits with a palette, but for what is changed.
    struct Bitmap {
        var headerSize = 40
        var width = 2
        var height = 2
        var bits = 8
        var compression = 0
        var colorCount = 3
        var dataOffset: Int?
        var colors: [[UInt8]] = [[10, 10, 10], [20, 20, 20], [30, 30, 30]]
        var pixels: [UInt8] = [0, 1, 0, 0, 2, 1, 0, 0]

        var bytes: [UInt8] {
            func number(_ value: Int, _ count: Int) -> [UInt8] {
                (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            }
            let palette = colors.flatMap { (color: [UInt8]) -> [UInt8] in
                [color[2], color[1], color[0], 0]
            }
            let offset = dataOffset ?? 14 + headerSize + palette.count
            var bytes = Array("BM".utf8) + number(offset + pixels.count, 4) + number(0, 4)
            bytes += number(offset, 4) + number(headerSize, 4)
            bytes += number(width, 4) + number(height, 4) + number(1, 2) + number(bits, 2)
            bytes += number(compression, 4) + [UInt8](repeating: 0, count: 12)
            bytes += number(colorCount, 4) + number(0, 4)
            bytes += [UInt8](repeating: 0, count: max(0, headerSize - 40))
            return bytes + palette + pixels
        }
    }

    private func elements(_ bitmap: Bitmap) throws -> [Float] {
        try read(folder.write(bitmap.bytes, as: "a.bmp")).elements.map { ($0 * 255).rounded() }
    }

    private func code(_ bitmap: Bitmap) throws -> ImageError.Code? {
        let path = try folder.write(bitmap.bytes, as: "a.bmp")
        return try OddityImagesTests.code { _ = try read(path) }
    }

    @Test func rowsGoFromBottomToTop() throws {
        #expect(try elements(Bitmap()) == [30, 20, 10, 20])
        var longer = Bitmap(headerSize: 108)
        #expect(try elements(longer) == [30, 20, 10, 20])
        longer.colorCount = 0
        #expect(try elements(longer) == [30, 20, 10, 20])
    }

    @Test func colorsOfThePaletteAndOfPixelsAreRedGreenBlue() throws {
        let colored = Bitmap(colors: [[1, 2, 3], [4, 5, 6], [7, 8, 9]])
        #expect(try elements(colored) == [7, 8, 9, 4, 5, 6, 1, 2, 3, 4, 5, 6])
        let direct = Bitmap(
            width: 1,
            bits: 24,
            colorCount: 0,
            colors: [],
            pixels: [3, 2, 1, 0, 6, 5, 4, 0]
        )
        #expect(try elements(direct) == [4, 5, 6, 1, 2, 3])
        let padded = Bitmap(
            width: 1,
            bits: 32,
            colorCount: 0,
            colors: [],
            pixels: [3, 2, 1, 9, 6, 5, 4, 9]
        )
        #expect(try elements(padded) == [4, 5, 6, 1, 2, 3])
    }

    @Test func whatIsWrongHasItsError() throws {
        #expect(try code(Bitmap(height: -2)) == .unsupportedFormat)
        #expect(try code(Bitmap(bits: 4)) == .unsupportedFormat)
        #expect(try code(Bitmap(compression: 1)) == .unsupportedFormat)
        #expect(try code(Bitmap(headerSize: 5_000)) == .unsupportedFormat)
        #expect(try code(Bitmap(width: 0)) == .empty)
        #expect(try code(Bitmap(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF)) == .tooManyPixels)
        #expect(try code(Bitmap(width: -1)) == .tooManyPixels)
        #expect(try code(Bitmap(height: 3)) == .truncated)
        #expect(try code(Bitmap(pixels: [0, 3, 0, 0, 2, 1, 0, 0])) == .damaged)
        #expect(try code(Bitmap(colorCount: 300)) == .damaged)
        #expect(try code(Bitmap(dataOffset: 10)) == .damaged)
        #expect(try code(Bitmap(dataOffset: 1 << 30)) == .damaged)
    }
}
