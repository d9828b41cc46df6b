import Foundation
import OddityDatasets
import OdditySeries
import Testing

@Suite("Lengths of windows")
struct WindowLengthTests {
    private func suggested(_ columns: [[Double]], segments: [Range<Int>]? = nil) throws
        -> WindowLength
    {
        let table = try Table(columns: columns.enumerated().map { Column("x\($0)", $1) })
        let entity = TimeSeries.Entity(name: "", segments: segments ?? [0..<table.rowCount])
        return WindowLength.suggested(for: table, entities: [entity])
    }

    private func wave(_ period: Double, _ count: Int, noise: Double = 0.3) -> [Double] {
        var draws = Draws(state: UInt64(period))
        return (0..<count).map {
            sin(2 * .pi * Double($0) / period) + noise * (draws.uniform() - 0.5) * 3.46
        }
    }

    @Test(
        "a period is found under noise, steps of a saw and a trend",
        arguments: [10, 24, 60, 100]
    )
    func findsPeriods(period: Int) throws {
        let count = 3_000
        let trend = wave(Double(period), count).enumerated().map { $1 + 0.01 * Double($0) }
        let saw = (0..<count).map { Double($0 % period) }
        for channel in [wave(Double(period), count), trend, saw] {
            let result = try suggested([channel])
            #expect(abs(result.steps - period) <= max(1, period / 25))
            #expect(result.reason.hasPrefix("the channel repeats every"))
        }
        let two = try suggested(
            [wave(Double(period), count), wave(Double(period), count, noise: 0.1)],
            segments: [0..<1_500, 1_700..<2_800]
        )
        #expect(abs(two.steps - period) <= max(1, period / 25))
    }

    @Test("without a period it is twice the time after which little is left")
    func findsDecorrelation() throws {
        var draws = Draws(state: 7)
        var value = 0.0
        // r(k) = 0.95^k falls below 1/e at 20 steps.
        let slow = (0..<20_000).map { _ in
            value = 0.95 * value + draws.uniform() - 0.5
            return value
        }
        let result = try suggested([slow])
        #expect(30...50 ~= result.steps, "\(result)")
        #expect(result.reason.hasPrefix("no period"))
        let noise = (0..<5_000).map { _ in draws.uniform() }
        #expect(try suggested([noise]).steps == WindowLength.minimum)
    }

    @Test("the length is clamped to the data and says so")
    func clamps() throws {
        let short = try suggested([wave(20, 60)])
        #expect(short.steps == 6 && short.reason.contains("a tenth of the 60 steps"))
        #expect(try suggested([wave(20, 3)]).steps == 2)
        let long = try suggested([wave(200, 9_000)])
        #expect(long.steps == WindowLength.maximum && long.reason.contains("at most 128"))
        let constant = try suggested([Array(repeating: 1e9, count: 500)])
        #expect(constant.steps == 8 && constant.reason == "no numeric channel varies.")
        let missing = try suggested([Array(repeating: .nan, count: 500), wave(30, 500)])
        #expect(29...31 ~= missing.steps)
        #expect(WindowLength.suggested(for: try Table(columns: []), entities: []).steps == 2)
    }
}
