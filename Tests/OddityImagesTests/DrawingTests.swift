import Foundation
import OddityImages
import TestSupport
import Testing

@Suite("Writing and drawing images")
struct DrawingTests {
    @Test("a PNG is read back as it was written", arguments: [1, 3])
    func writesPNG(channelCount: Int) throws {
        let folder = try TemporaryFolder()
        let image = sample(width: 19, height: 11, channelCount: channelCount)
        let path = folder.path + "/a.png"
        try image.writePNG(to: path)
        #expect(try read(path) == image)
        #expect(folder.names == ["a.png"])
        #expect(try code { try image.writePNG(to: folder.path + "/no/a.png") } == .notFound)
    }

    @Test("what is beyond black and white is written as black or white")
    func clamps() throws {
        let folder = try TemporaryFolder()
        let values: [Float] = [-1, .nan, 0.2, 7, .infinity, -.infinity]
        let image = Image(size: ImageSize(width: 6, height: 1), channelCount: 1, elements: values)
        try image.writePNG(to: folder.path + "/a.png")
        #expect(try read(folder.path + "/a.png").elements == [0, 0, 0.2, 1, 1, 0])
    }

    @Test("color maps run from dark to light", arguments: ColorMap.allCases)
    func growsLighter(map: ColorMap) {
        let light = (0...100).map { i -> Float in
            let (red, green, blue) = map.color(Float(i) / 100)
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue
        }
        #expect(zip(light, light.dropFirst()).allSatisfy { $0 < $1 })
        #expect(map.color(-1) == map.color(0) && map.color(2) == map.color(1))
        #expect(map.color(.nan) == map.color(0))
        if map == .inferno { #expect(map.color(0.5).red == 188.0 / 255) }
    }

    @Test("text is drawn where it was asked for, and cut off at the edge")
    func draws() {
        var image = Image(size: ImageSize(width: 8, height: 6), channelCount: 1)
        image.draw("1", x: 0, y: 0)
        #expect(
            image.elements.enumerated().filter { $0.element == 1 }.map(\.offset) == [
                1, 8, 9, 17, 25, 32, 33, 34,
            ]
        )
        image.draw("888888", x: -2, y: 3, scale: 2)
        image.draw("ä", x: 100, y: 100)
    }

    @Test("a strip has a panel for each view, and a contour around what is odd")
    func stitchesStrip() throws {
        let size = ImageSize(width: 28, height: 28)
        var original = Image(size: size, channelCount: 1)
        var map = [Float](repeating: 0.02, count: size.pixelCount)
        for y in 0..<28 {
            for x in 0..<28 {
                let (dx, dy) = (Float(x) - 14, Float(y) - 14)
                original[x, y, 0] = dx * dx + dy * dy < 100 ? 0.8 : 0.15
                let (ex, ey) = (Float(x) - 18, Float(y) - 10)
                map[y * 28 + x] += 0.9 * Float(exp(Double(-(ex * ex + ey * ey) / 12)))
            }
        }
        let reconstruction = original
        for y in 8..<13 { for x in 16..<21 { original[x, y, 0] = 0.3 } }
        let strip = ImageStrip(
            original: original,
            reconstruction: reconstruction,
            heatMap: map,
            contourLevel: 0.4,
            caption: "score 4.31  p = 0.002"
        ).image
        #expect(strip.channelCount == 3)
        #expect(strip.size == ImageSize(width: 4 * (140 + 4) + 4, height: 140 + 8 + 15 + 8))
        // The heat map's hottest pixel has the last color.
        let (red, green, blue) = ColorMap.inferno.color(1)
        let (x, y) = (4 + 2 * 144 + 18 * 5 + 2, 4 + 10 * 5 + 2)
        #expect([strip[x, y, 0], strip[x, y, 1], strip[x, y, 2]] == [red, green, blue])
        let contour = (0..<strip.size.pixelCount).filter {
            strip.elements[3 * $0] == 0.2 && strip.elements[3 * $0 + 1] == 1
        }
        #expect(contour.count > 60)
        #expect(contour.allSatisfy { $0 % strip.size.width >= 4 + 3 * 144 })
        if let path = ProcessInfo.processInfo.environment["ODDITY_STRIP"] {
            try strip.writePNG(to: path)
        }
        // The least there can be.
        let tiny = ImageStrip(
            original: Image(size: ImageSize(width: 1, height: 1), channelCount: 1),
            heatMap: [.nan],
            contourLevel: 0
        )
        #expect(tiny.image.size == ImageSize(width: 3 * 164 + 4, height: 168))
    }
}
