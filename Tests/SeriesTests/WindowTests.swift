import Datasets
import Foundation
import Series
import Testing

@Suite("Windows")
struct WindowTests {
    private func append(
        _ value: Float,
        _ buffer: inout WindowBuffer,
        _ placement: StepPlacement = .continues,
        to entity: Int = 0
    ) -> Bool {
        [value, -value].withUnsafeBufferPointer { buffer.append($0, to: entity, placement) }
    }

    private func window(_ buffer: WindowBuffer, of entity: Int = 0) -> [Float] {
        buffer.withWindow(of: entity) { Array($0) }
    }

    @Test("a window is the last steps of a segment in one piece, of each series by itself")
    func keepsLastSteps() {
        for length in [1, 2, 3, 7] {
            var buffer = WindowBuffer(length: length, featureCount: 2)
            for step in 0..<50 {
                let isWhole = append(Float(step), &buffer, step == 0 ? .starts : .continues)
                #expect(isWhole == (step + 1 >= length) && buffer.hasWindow(of: 0) == isWhole)
                if step % 3 == 0 { _ = append(Float(1_000 + step), &buffer, to: 4) }
                guard isWhole else { continue }
                let expected = (step - length + 1...step).flatMap { [Float($0), -Float($0)] }
                #expect(window(buffer) == expected)
            }
            #expect(window(buffer, of: 4).suffix(2) == [1_048, -1_048])
            #expect(!buffer.hasWindow(of: 3) && !buffer.hasWindow(of: 99))
        }
    }

    @Test("a start begins anew, and a revised step takes the place of the last one")
    func startsAndRevises() {
        for length in [1, 2, 5] {
            var buffer = WindowBuffer(length: length, featureCount: 2)
            var expected: [Float] = []
            var draws = Draws(state: UInt64(length))
            for step in 0..<500 {
                let kinds: [StepPlacement] = [
                    .continues, .continues, .continues, .revises, .starts,
                ]
                let draw = Int(draws.next() % 40)
                let placement = draw < 5 ? kinds[draw] : kinds[draw % 4]
                if placement == .starts { expected = [] }
                if placement == .revises { expected = expected.dropLast() }
                expected.append(Float(step))
                let isWhole = append(Float(step), &buffer, placement)
                #expect(isWhole == (expected.count >= length))
                #expect(buffer.stepCount(of: 0) == min(expected.count, length))
                if isWhole {
                    #expect(window(buffer) == expected.suffix(length).flatMap { [$0, -$0] })
                }
            }
        }
    }

    @Test("a written buffer goes on where it stopped; one that contradicts itself is refused")
    func roundTrips() throws {
        var buffer = WindowBuffer(length: 3, featureCount: 2)
        for step in 0..<8 {
            _ = append(Float(step), &buffer)
            let data = try JSONEncoder().encode(buffer)
            buffer = try JSONDecoder().decode(WindowBuffer.self, from: data)
        }
        #expect(window(buffer) == [5, -5, 6, -6, 7, -7])
        let text = String(decoding: try JSONEncoder().encode(buffer), as: UTF8.self)
        for (from, to) in [
            ("\"length\":3", "\"length\":4"), ("\"length\":3", "\"length\":0"),
            ("\"featureCount\":2", "\"featureCount\":9223372036854775807"),
            ("\"count\":4", "\"count\":5"), ("\"end\":4", "\"end\":2"), ("\"end\":4", "\"end\":7"),
        ] {
            #expect(text.contains(from), "\(from) in \(text)")
            let changed = Data(text.replacingOccurrences(of: from, with: to).utf8)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(WindowBuffer.self, from: changed)
            }
        }
    }

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
