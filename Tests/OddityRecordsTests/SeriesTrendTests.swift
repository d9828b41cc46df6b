import OddityDatasets
import Testing

@testable import OddityRecords

@Suite("Trends of a training")
struct SeriesTrendTests {
    /// A season of 24 steps and noise.
    private func wave(_ count: Int, slope: Double = 0) -> [Double] {
        (0..<count).map { step in
            let season = [0.0, 1, 3, 4, 3, 1][step % 24 / 4]
            return season + Double(step * 7_919 % 101) / 101 + slope * Double(step)
        }
    }

    @Test("are told where each tenth goes on in the direction of a straight line")
    func findsTrends() throws {
        let rising = try #require(SeriesTrend("load", wave(600, slope: 0.05)))
        #expect(rising.rises && rising.explainedShare > 0.9)
        #expect(
            rising.line.hasPrefix(
                "warning      load rises all through the training (a straight line explains 9"
            )
        )
        #expect(try #require(SeriesTrend("load", wave(600, slope: -0.05))).rises == false)
    }

    @Test("are none in seasons, levels that jump, or a few steps")
    func leavesOthers() throws {
        #expect(SeriesTrend("load", wave(600)) == nil)
        #expect(SeriesTrend("load", wave(600, slope: 0.0005)) == nil)
        #expect(SeriesTrend("load", (0..<600).map { $0 < 300 ? 0 : 9 }) == nil)
        #expect(SeriesTrend("load", wave(49, slope: 1)) == nil)
        #expect(SeriesTrend("load", [Double](repeating: 4, count: 600)) == nil)
        let table = try Table(columns: [
            Column("a", wave(600, slope: 0.05)), Column("b", wave(600)),
            Column("c", categories: [String?](repeating: "x", count: 600)),
        ])
        #expect(SeriesTrend.all(in: table, channels: ["a", "b", "c"]).map(\.channel) == ["a"])
    }
}
