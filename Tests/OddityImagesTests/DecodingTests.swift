import OddityImages
import Testing

@Suite("Reading images")
struct DecodingTests {
    @Test(
        "what is lossless comes out as it was stored",
        arguments: [
            ("grey8.png", 1), ("color8.png", 3), ("grey16.png", 1), ("grey.bmp", 1),
            ("color.bmp", 3), ("grey.pgm", 1), ("color.ppm", 3),
        ]
    )
    func readsLossless(name: String, channelCount: Int) throws {
        let image = try read(fixture(name))
        #expect(image.size == ImageSize(width: 7, height: 5))
        #expect(image.channelCount == channelCount)
        #expect(image.elements == pattern(channelCount: channelCount).map { $0 / 255 })
    }

    @Test("fewer bits and palettes are expanded")
    func expands() throws {
        let bits = try read(fixture("bits1.png"))
        #expect(bits.elements == pattern(channelCount: 1).map { $0 > 127 ? 1 : 0 })
        let palette = try read(fixture("palette.png"))
        #expect(palette.elements == (try fixtureBytes("palette.png.raw")).map { Float($0) / 255 })
    }

    @Test("all bits of PGM and PPM count, in binary and text, whatever is white")
    func keepsBitsOfPNM() throws {
        let folder = try ImageFolder()
        func elements(_ text: String, _ binary: [UInt8] = []) throws -> [Float] {
            try read(folder.write(Array(text.utf8) + binary, as: "a.pnm")).elements
        }
        let words: [Float] = [0, 1, 256, 65_535].map { $0 / 65_535 }
        #expect(try elements("P5 4 1 65535\n", [0, 0, 0, 1, 1, 0, 255, 255]) == words)
        #expect(try elements("P2\n# all\n2 2 # size\n65535\n0 1\n256 #\n65535") == words)
        #expect(try elements("P5\t2 1\r4095 ", [0, 7, 15, 255]) == [7 / 4095, 1])
        #expect(try elements("P6 1 1 1000\n", [0, 1, 1, 0, 3, 232]) == [0.001, 0.256, 1])
        #expect(try elements("P3 1 1 3 0 3 1 9") == [0, 1, 1 / Float(3)])
        #expect(try elements("P5 2 1 10\n", [5, 10]) == [0.5, 1])
        // A second image behind the first is not looked at.
        #expect(try elements("P5 1 1 255\n", [51] + Array("P5 1 1 255\n7".utf8)) == [0.2])
    }

    @Test("opaque alpha is dropped, other alpha is laid on black")
    func composites() throws {
        let opaque = try read(fixture("opaque8.png"))
        #expect(opaque.channelCount == 3)
        #expect(opaque.elements == pattern(channelCount: 4, keeping: 3).map { $0 / 255 })
        let stored = pattern(channelCount: 4).map { $0 / 255 }
        let image = try read(fixture("alpha8.png"))
        #expect(image.channelCount == 3)
        for i in 0..<35 {
            for c in 0..<3 {
                #expect(image.elements[3 * i + c] == stored[4 * i + c] * stored[4 * i + 3])
            }
        }
    }

    @Test(
        "JPEG is decoded as by Pillow",
        arguments: ["color.jpg", "grey.jpg", "progressive.jpg", "cmyk.jpg"]
    )
    func readsJPEG(name: String) throws {
        let expected = try fixtureBytes(name + ".raw").map { Float($0) / 255 }
        let image = try read(fixture(name))
        #expect(image.size == ImageSize(width: 16, height: 12))
        try #require(image.elements.count == expected.count)
        let distance = zip(image.elements, expected).map { abs($0 - $1) }.max() ?? 1
        // Versions of the library may round one step apart; CMYK rounds once more.
        #expect(distance <= (name == "cmyk.jpg" ? 2.01 : 1.01) / 255)
    }

    @Test("all orientations are turned upright", arguments: 1...8)
    func turnsUpright(number: Int) throws {
        let upright = try read(fixture("orientation1.jpg"))
        let image = try read(fixture("orientation\(number).jpg"))
        #expect(image.size == ImageSize(width: 12, height: 8))
        // Each is compressed anew, in blocks that lie otherwise; neighbors differ by 8 steps and more.
        let distance = zip(image.elements, upright.elements).map { abs($0 - $1) }.max() ?? 1
        #expect(distance <= 3.0 / 255)
        // Without compression it is exact, and stored as the numbers say.
        let orientation = try #require(ImageOrientation(rawValue: number))
        let turned = sample(width: 5, height: 3).oriented(orientation)
        #expect(orientation.swapsSides == (number > 4))
        #expect(turned.size.width == (number > 4 ? 3 : 5))
        #expect(turned.elements.sorted() == sample(width: 5, height: 3).elements.sorted())
    }

    @Test("a PNG can have an orientation too, and headers know the turned size")
    func turnsPNG() throws {
        let collection = try ImageCollection(path: fixture("orientation6.png"))
        let size = ImageSize(width: 12, height: 8)
        #expect(try collection.image(at: 0).size == size)
        #expect(try collection.survey().commonSize == size)
        #expect(try ImageCollection(path: fixture("orientation7.jpg")).survey().commonSize == size)
    }

    @Test("the first bytes tell the kind, not the name")
    func ignoresEndings() throws {
        let folder = try ImageFolder()
        let path = try folder.write(fixtureBytes("grey8.png"), as: "image.jpg")
        #expect(try read(path) == read(fixture("grey8.png")))
    }

    @Test("headers tell size and color before any pixel is decoded")
    func surveys() throws {
        for (name, hasColor) in [
            ("grey8.png", false), ("color8.png", true), ("grey.bmp", false), ("color.bmp", true),
            ("grey.pgm", false), ("color.ppm", true), ("palette.png", true),
        ] {
            let survey = try ImageCollection(path: fixture(name)).survey()
            #expect(survey.commonSize == ImageSize(width: 7, height: 5))
            #expect(survey.hasColor == hasColor, "\(name)")
        }
    }
}
