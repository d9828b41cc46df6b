import Foundation
import OddityImages
import Testing

@Suite("Changing sizes")
struct ResizingTests {
    private struct Reference: Decodable {
        var width: Int
        var height: Int
        var values: [Float]
        var cases: [Case]

        struct Case: Decodable {
            var width: Int
            var height: Int
            var filter: ResizeFilter
            var values: [Float]
        }
    }

    @Test("the filters give Pillow's numbers")
    func equalsPillow() throws {
        let reference = try JSONDecoder().decode(
            Reference.self,
            from: Data(fixtureBytes("resizing.json"))
        )
        let image = Image(
            size: ImageSize(width: reference.width, height: reference.height),
            channelCount: 1,
            elements: reference.values
        )
        #expect(reference.cases.count == 10)
        for one in reference.cases {
            let result = image.resized(
                to: ImageSize(width: one.width, height: one.height),
                filter: one.filter
            )
            try #require(result.elements.count == one.values.count)
            // Sums of at most 17 + 11 products below 1, and Pillow's other order of the two directions:
            // each product and sum rounds by half an ulp (6e-8); the file keeps 7 digits.
            let tolerance: Float = 28 * 6e-8 + 1e-7
            let distance = zip(result.elements, one.values).map { abs($0 - $1) }.max() ?? 1
            #expect(distance <= tolerance, "\(one.width) × \(one.height), \(one.filter)")
        }
    }

    @Test("one brightness stays, and channels do not mix", arguments: ResizeFilter.allCases)
    func keepsBrightness(filter: ResizeFilter) {
        var image = Image(size: ImageSize(width: 13, height: 9), channelCount: 3)
        for i in 0..<117 {
            image.elements[3 * i] = 0.25
            image.elements[3 * i + 1] = 1
        }
        for (width, height) in [(4, 4), (30, 2), (1, 1), (26, 18)] {
            let result = image.resized(to: ImageSize(width: width, height: height), filter: filter)
            for i in 0..<width * height {
                #expect(abs(result.elements[3 * i] - 0.25) < 1e-6)
                #expect(abs(result.elements[3 * i + 1] - 1) < 1e-6)
                #expect(result.elements[3 * i + 2] == 0)
            }
        }
    }

    @Test("a fine pattern becomes grey, not stripes")
    func avoidsAliasing() {
        var image = Image(size: ImageSize(width: 96, height: 96), channelCount: 1)
        for i in image.elements.indices { image.elements[i] = Float((i % 96 + i / 96) % 2) }
        let result = image.resized(to: ImageSize(width: 12, height: 12))
        #expect(result.elements.allSatisfy { abs($0 - 0.5) < 0.02 })
    }
}
